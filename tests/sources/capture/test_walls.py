"""Walls are known for what they are, and articles with a banner, a login link or little text are not taken for them."""

import pytest

from sources.capture.fetching import Fetched
from sources.capture.walls import LONG, SHORT, obstacle_of
from tests.making import NOW

ASKED = "https://press.example/news/treaty"
NEWS = "Two states signed a treaty on Tuesday, both governments said in a joint statement from the palace. "
BRIEF = NEWS + "Parliament is to vote on it in June."
ARTICLE = NEWS * (SHORT // len(NEWS.split()) + 1)
PASSWORD = '<form action="/login"><input name="user"><input type="password" name="word"></form>'


def met(
    text=BRIEF, *, title="A treaty is signed | The Sample", markup="", status=200, url=ASKED, kind="text/html"
) -> str:
    """What a page of this extracted text, title and further markup is taken for."""
    body = f"<!doctype html><title>{title}</title>{markup}<p>{text}</p>".encode()
    page = Fetched(ASKED, [], url, status, [], body, body, kind, NOW, "192.0.2.1")
    return obstacle_of(page, text)


@pytest.mark.parametrize(
    ("status", "obstacle"),
    [
        (200, ""),
        (203, ""),
        (302, "error_page"),
        (304, "error_page"),
        (400, "error_page"),
        (401, "login_wall"),
        (402, "login_wall"),
        (403, "error_page"),
        (404, "error_page"),
        (410, "error_page"),
        (429, "error_page"),
        (451, "error_page"),
        (503, "error_page"),
        (999, "error_page"),
    ],
)
def test_the_status_says_it_first(status, obstacle):
    assert met(ARTICLE, status=status) == obstacle


@pytest.mark.parametrize(
    ("url", "obstacle"),
    [
        ("https://press.example/login?next=/news/treaty", "login_wall"),
        ("https://press.example/account/signin.php", "login_wall"),
        ("https://login.press.example/", "login_wall"),
        ("https://sso.press.example/oauth2", "login_wall"),
        ("https://prasa.example/zaloguj-sie", "login_wall"),
        ("https://prasa.example/logowanie.html", "login_wall"),
        ("https://prasa.example/prenumerata/", "login_wall"),
        ("https://consent.press.example/collect", "consent_wall"),
        ("https://press.example/cookie-consent?to=%2Fnews", "consent_wall"),
        ("https://prasa.example/zgoda/", "consent_wall"),
        ("https://press.example/captcha/", "error_page"),
        ("https://press.example/news/login-now-needs-a-passkey", ""),
        ("https://press.example/consent-law-passes", ""),
        ("https://press.example/news/treaty?utm_source=login", ""),
        ("https://www.press.example/news/treaty", ""),
        ("https://authors.example/signing", ""),
    ],
)
def test_a_redirect_to_where_people_are_asked_something_is_known(url, obstacle):
    assert met(url=url) == obstacle


def test_an_address_that_is_called_a_login_itself_or_brings_a_whole_document_is_none():
    assert met(NEWS * (LONG // 10), url="https://press.example/subscribe/report") == ""
    body = b"<!doctype html><title>x</title>"
    login = "https://press.example/login"
    assert obstacle_of(Fetched(login, [], login, 200, [], body, body, "text/html", NOW, ""), BRIEF) == ""


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404",
        "404 Not Found",
        "404 - Page not found",
        "Page not found | The Sample",
        "The Sample – Page Not Found",
        "Oops! Page not found",
        "Sorry, this page does not exist",
        "This page is no longer available",
        "The page you requested could not be found",
        "500 Internal Server Error",
        "503 Service Unavailable",
        "Service Unavailable",
        "Access Denied",
        "Just a moment...",
        "Attention Required! | Shield",
        "Are you a robot?",
        "Nie znaleziono strony - Prasa",
        "Strona nie istnieje",
        "Strona nie została znaleziona",
        "Błąd 404",
        "Błąd 404 - strona nie istnieje",
        "Nie ma takiej strony :: Prasa",
        "Odmowa dostępu",
        "Serwis chwilowo niedostępny",
        "Page&nbsp;not found &#8211; The Sample",
    ],
)
def test_an_error_page_that_says_all_is_well_is_known_by_its_title(title):
    assert met("You may want to go back to the front page.", title=title) == "error_page"


def test_an_error_is_known_by_the_first_line_too():
    assert met("Page not found\nGo back to the front page.", title="The Sample") == "error_page"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Log in\nYou must log in to read this article.", {"markup": PASSWORD}),
        ("Welcome back.\nForgot your password?", {"markup": PASSWORD}),
        ("Please sign in to continue.", {"title": "Sign in - The Sample"}),
        ("Welcome.", {"markup": PASSWORD, "title": "Log in or register | The Sample"}),
        ("Zaloguj się, aby przeczytać artykuł.", {"markup": PASSWORD}),
        ("Nie pamiętasz hasła? Załóż konto.", {"title": "Logowanie | Prasa"}),
        (BRIEF + "\nSubscribe to continue reading.", {}),
        (BRIEF + "\nThis article is for subscribers.", {}),
        (BRIEF + "\nContinue reading with a free trial", {}),
        (BRIEF + "\nArtykuł dostępny tylko dla subskrybentów", {}),
        (BRIEF + "\nPozostało 85% artykułu", {}),
        (BRIEF + "\nAby czytać dalej, wykup dostęp.", {}),
        (BRIEF, {"markup": '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'}),
    ],
)
def test_a_login_or_payment_wall_is_known(text, more):
    assert met(text, **more) == "login_wall"


@pytest.mark.parametrize(
    "text",
    [
        "Before you continue\nWe use cookies and data to deliver our services.\nAccept all\nReject all",
        "Your privacy\nWe and our 842 partners store cookies on your device.\nI agree\nManage options: consent",
        "Szanujemy Twoją prywatność\nMy i nasi partnerzy przechowujemy pliki cookies.\nPrzejdź do serwisu\nZgadzam się",
        "Zanim przejdziesz dalej\nUżywamy plików cookie i danych osobowych.\nAkceptuję wszystkie cookies",
    ],
)
def test_a_consent_page_is_known(text):
    assert met(text) == "consent_wall"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", {}),
        ("  \n ", {}),
        ("Menu", {}),
        ("", {"kind": "application/pdf"}),
        ("You need to enable JavaScript to run this app.", {}),
        ("Ta strona wymaga włączonej obsługi JavaScript.", {}),
    ],
)
def test_a_page_without_text_is_known(text, more):
    assert met(text, **more) == "no_text"


BANNER = "\nWe use cookies. Accept all. Manage options."


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (BRIEF, {}),
        ("A treaty was signed.", {}),
        ("Podpisano traktat.", {"kind": "text/plain"}),
        (BRIEF, {"markup": PASSWORD}),
        (BRIEF, {"markup": PASSWORD + '<a href="/login">Log in</a><a href="/subscribe">Subscribe</a>'}),
        (BRIEF + BANNER, {}),
        (BRIEF + "\nUżywamy plików cookies. Akceptuję.", {}),
        (BRIEF + "\nSign in", {}),
        (BRIEF + "\nSubscribe to our newsletter", {}),
        (BRIEF + "\nKup prenumeratę", {}),
        (BRIEF, {"markup": '{"isAccessibleForFree": true}'}),
        (BRIEF, {"title": "Log in to the archive: how a treaty was found | The Sample"}),
        (BRIEF, {"title": "Page not found: the missing annex of a treaty"}),
        (BRIEF, {"title": "Not found in translation | The Sample"}),
        (BRIEF, {"title": "404 days until the treaty enters into force"}),
        (BRIEF, {"title": "Fortune – 500"}),
        (BRIEF, {"title": "Subscribe or else: what publishers plan"}),
        ("Readers without account now see “subscribe to continue reading” below the first lines of every "
         "article, the paper told its staff on Monday, three years after it gave up its first wall for good.", {}),
        ("Parliament passed a law on cookies. Sites must ask for consent.\nThe vote was close.", {}),
        ("The ministry said it would enable JavaScript-free forms.\n" + BRIEF, {}),
        (ARTICLE + BANNER * 3, {}),
        (ARTICLE, {"title": "404 Not Found"}),
        (ARTICLE, {"markup": PASSWORD, "title": "Log in"}),
        (ARTICLE + "\nSubscribe to continue reading.", {}),
        (ARTICLE, {"markup": '{"isAccessibleForFree": false}'}),
    ],
)  # fmt: skip
def test_an_ordinary_document_is_the_document(text, more):
    assert met(text, **more) == ""


def test_a_page_in_an_older_charset_is_understood():
    body = "<!doctype html><meta charset=iso-8859-2><title>Błąd 404 - strona nie istnieje</title>".encode(
        "iso-8859-2"
    )
    page = Fetched(ASKED, [], ASKED, 200, [], body, body, "text/html", NOW, "")
    assert obstacle_of(page, "Wróć do strony głównej serwisu.") == "error_page"


@pytest.mark.parametrize(
    "piece", ["<title", "<title>a - ", "type = ", "log in or a", "40", "we and our ", "cookies ", "oops "]
)
def test_no_page_keeps_the_signs_looking_for_long(piece):
    """Patterns that take time by the square of the length would not come back from this."""
    text = piece * (1_000_000 // len(piece))
    body = text.encode()
    page = Fetched(ASKED, [], ASKED, 200, [], body, body, "text/html", NOW, "")
    assert obstacle_of(page, "".join(text.split())) in (
        "",
        "no_text",
        "error_page",
        "consent_wall",
        "login_wall",
    )
    assert obstacle_of(page, text[:700]) in ("", "no_text", "error_page", "consent_wall", "login_wall")
