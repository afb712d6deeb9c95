"""Articles by treaty, party, author, tag, section, language and month."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import translation

from articles.models import Section, Treaty
from articles.public import fronts, indexes
from newsroom.accounts.models import Person
from newsroom.core.cursors import cursor_after
from tests.articles.public.people import take_away
from tests.articles.public.stories import polish_story
from tests.articles.rendering.html import read
from tests.articles.standards import linked_data_problems
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db
_numbers = count(1)


def addresses(answer) -> list[str]:
    assert answer.status_code == 200, answer.status_code
    return [heading.one("a")["href"] for heading in read(answer.text).one("main").all("h2")]


def path_of(desk: Desk) -> str:
    return f"/articles/{desk.article.slug}/"


def treaty(**fields) -> Treaty:
    number = next(_numbers)
    fields = {"title": f"Treaty {number}", "slug": f"treaty-{number}", "parties": ["Łódź", "—"]} | fields
    return Treaty.objects.create(**fields)


def story(about: Treaty, section: Section, *, minutes: int = 0, **fields) -> Desk:
    """Published so many minutes after noon."""
    desk = Desk(now=NOW + timedelta(minutes=minutes))
    desk.save(treaties=[about], section=section, tags=["Law of the sea"], **fields)
    desk.publish()
    return desk


@pytest.fixture
def section():
    return Section.objects.create(name="World", slug="world")


@pytest.fixture
def pages(section):
    """Two stories about one treaty, and what lists them."""
    about = treaty(title="Treaty of Nancy", slug="nancy", signed_at="Nancy")
    older, newer = story(about, section), story(about, section, minutes=1)
    shared = ["/treaties/nancy/", "/parties/lodz/", "/tags/law-of-the-sea/", "/sections/world/"]
    return older, newer, [*shared, "/languages/en/", "/archive/2026/06/"]


def test_each_list_has_the_articles_about_it_newest_first(client, pages):
    older, newer, paths = pages
    for path in paths:
        assert addresses(client.get(path)) == [path_of(newer), path_of(older)], path
    author = older.article.bylines.get()
    answer = client.get(f"/authors/{author.slug}/")
    assert addresses(answer) == [path_of(older)]
    assert read(answer.text).one("h1").text == author.name


def test_a_list_says_what_it_is_of(client, pages):
    _older, _newer, paths = pages
    headings = [read(client.get(path).text).one("h1").text for path in paths]
    assert headings == ["Treaty of Nancy", "Łódź", "Law of the sea", "World", "English", "June 2026"]
    page = read(client.get("/treaties/nancy/").text)
    assert [link["href"] for link in page.one("dl").all("a")] == ["/parties/lodz/"]
    assert "Łódź, —" in page.one("dl").text
    assert "Nancy" in page.one("dl").text
    assert page.one("link", rel="canonical")["href"].endswith("/treaties/nancy/")


def test_the_sections_are_those_that_have_something_in_the_order_of_the_desk(
    client, pages, section, django_assert_num_queries
):
    Section.objects.create(name="Nothing yet", slug="nothing")
    first = Section.objects.create(name="Law", slug="law")
    Section.objects.filter(pk=section.pk).update(position=1)
    story(treaty(), first)
    with django_assert_num_queries(1):
        answer = client.get("/sections/")
    assert addresses(answer) == ["/sections/law/", "/sections/world/"]
    assert answer["Surrogate-Key"] == "lists"


def test_what_no_listed_article_is_about_has_no_page(client, pages, section):
    older, newer, paths = pages
    waiting = Desk()
    waiting.save(treaties=[treaty(slug="secret")], section=section, tags=["Secret"])
    waiting.publish(at=NOW + timedelta(days=1))
    Person.objects.create(name="Nobody", slug="nobody")
    for path in ("/treaties/secret/", "/tags/secret/", "/authors/nobody/", "/parties/nowhere/"):
        for asked in (path, f"{path}?before=x"):
            answer = client.get(asked)
            assert answer.status_code == 404, asked
        assert client.get(path)["Surrogate-Key"] == "lists"
    for path in (
        "/languages/xx/",
        "/languages/pl/",
        "/archive/2026/07/",
        "/archive/2026/13/",
        "/archive/0000/01/",
    ):
        assert client.get(path).status_code == 404, path
    for desk in (older, newer):
        take_away(
            desk.article.editions.get(), kind="retraction", note="Wrong.", at=NOW + timedelta(minutes=30)
        )
    for path in paths:
        assert client.get(path).status_code == 404, path


def test_pages_go_on_behind_one_another_and_end_kindly(client, section, monkeypatch):
    monkeypatch.setattr(fronts, "ENTRIES", 2)
    fronts._made.cache_clear()
    about = treaty(slug="nancy")
    told = [path_of(story(about, section, minutes=minute)) for minute in range(4)][::-1]
    for path in ("/treaties/nancy/", "/tags/law-of-the-sea/", "/archive/2026/06/"):
        first = client.get(path)
        following = read(first.text).one("a", rel="next")["href"]
        last = client.get(following)
        assert (addresses(first), addresses(last)) == (told[:2], told[2:])
        assert "Nothing earlier" not in last.text
        assert "noindex" in last.text
        assert read(last.text).one("nav", class_="pages").all("a")[0]["href"] == path
    # The place behind the last one, which a reader may have kept.
    end = cursor_after("0001-01-01T00:00:00.000000+00:00 000000000000")
    behind = client.get(f"/treaties/nancy/?before={end}")
    assert addresses(behind) == []
    assert "There are no earlier articles." in behind.text


def test_a_list_is_two_queries_however_long_and_is_not_sent_again(
    client, pages, section, django_assert_max_num_queries
):
    about = Treaty.objects.get(slug="nancy")
    for _ in range(2):
        for path in pages[2]:
            # The front of a section asks what is pinned, too.
            with django_assert_max_num_queries(3 if path.startswith("/sections/") else 2):
                answer = client.get(path)
            assert answer["Surrogate-Key"] == "lists"
            assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
            assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
        with django_assert_max_num_queries(1):
            client.get("/treaties/")
        with django_assert_max_num_queries(1):
            client.get("/authors/")
        story(about, section, minutes=2)


def test_treaties_and_authors_stand_in_an_index_in_bounded_pages(client, section, monkeypatch):
    assert "No article is about a treaty yet." in client.get("/treaties/").text
    assert "No article has a byline yet." in client.get("/authors/").text
    monkeypatch.setattr(indexes, "MOST", 2)
    desks = [story(treaty(slug=slug), section) for slug in ("alpha", "beta", "gamma")]
    treaty(slug="unheard-of")
    make_user("reporter")
    by_line = sorted(desk.article.bylines.get().slug for desk in desks)
    for path, slugs in {"/treaties/": ["alpha", "beta", "gamma"], "/authors/": by_line}.items():
        first = client.get(path)
        assert addresses(first) == [f"{path}{slug}/" for slug in slugs[:2]]
        following = read(first.text).one("a", rel="next")["href"]
        assert addresses(client.get(following)) == [f"{path}{slugs[2]}/"]
        assert client.get(f"{path}?after=zzz").status_code == 200
        for asked in ("", "%00", "z" * 81, "a/b", "ż", "%27%20OR%201=1", "z" * 9000):
            assert client.get(f"{path}?after={asked}").status_code == 404, asked


def test_months_lead_to_the_nearest_that_have_an_article(client, section, clock):
    about = treaty()
    months = [story(about, section, minutes=minutes) for minutes in (0, 70 * 24 * 60)]
    clock.move_to(NOW + timedelta(days=80))
    assert client.get("/archive/")["Location"] == "/archive/2026/08/"
    august = client.get("/archive/2026/08/")
    assert addresses(august) == [path_of(months[1])]
    assert [a["href"] for nav in read(august.text).all("nav", class_="pages") for a in nav.all("a")] == [
        "/archive/2026/06/"
    ]
    june = read(client.get("/archive/2026/06/").text)
    assert [a["href"] for nav in june.all("nav", class_="pages") for a in nav.all("a")] == [
        "/archive/2026/08/"
    ]


def test_a_month_begins_at_midnight_in_the_newsroom(client, section, clock):
    """NOW is noon UTC of 1 June; half past midnight of that day in London was still May in UTC."""
    desk = Desk(now=NOW - timedelta(hours=12, minutes=30))
    desk.publish()
    assert addresses(client.get("/archive/2026/06/")) == [path_of(desk)]
    assert client.get("/archive/2026/05/").status_code == 404


def test_a_newsroom_that_speaks_polish_has_polish_lists(client, pages, settings):
    settings.LANGUAGE_CODE = "pl"
    fronts._made.cache_clear()
    with translation.override("pl"):
        for path, told in {
            "/treaties/nancy/": "Traktat",
            "/tags/law-of-the-sea/": "Tag",
            "/archive/2026/06/": "Czerwiec 2026",
        }.items():
            page = read(client.get(path).text)
            assert page.one("html")["lang"] == "pl"
            assert told in page.one("header", class_="top").text
            assert {entry["lang"] for entry in page.all("article")} == {"en"}
            assert "Nothing" not in page.text
    fronts._made.cache_clear()


def test_pages_in_no_language_of_their_own_speak_that_of_their_address_and_so_do_their_links(
    client, section, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(fronts, "ENTRIES", 1)
    about = treaty(slug="nancy")
    desks = [story(about, section, minutes=minutes) for minutes in (0, 1)]
    desk = desks[1]
    records = [
        f"/authors/{desk.article.bylines.get().slug}/",
        f"/speakers/{desk.quote.speaker.slug}/",
        f"/claims/{desk.claim.public_id}/",
        f"/quotes/{desk.quote.public_id}/",
        f"/sources/{desk.first.public_id}/",
    ]
    lists = ["/", "/treaties/nancy/", "/parties/lodz/", "/tags/law-of-the-sea/", "/sections/world/"]
    lists += ["/languages/en/", "/archive/2026/06/"]
    for path in [*lists, *records, "/treaties/", "/authors/", "/sections/", "/corrections/", "/challenges/"]:
        with django_assert_max_num_queries(3):
            polish = client.get(f"{path}?lang=pl")
        page, english = read(polish.text), client.get(path)
        assert (page.one("html")["lang"], read(english.text).one("html")["lang"]) == ("pl", "en"), path
        menu = page.one("nav", class_="main-nav").all("a")
        assert [a.text for a in menu][:3] == ["Artykuły", "Działy", "Traktaty"]
        assert {"lang=pl" in a["href"] for a in menu[:-1]} == {True}
        switch = page.one(class_="also-in")
        assert (switch.one("span").text, switch.one("a")["href"]) == ("Polski", path)
        assert read(english.text).one(class_="also-in").one("a")["href"] == f"{path}?lang=pl"
        assert "lang=" not in "".join(link["href"] for link in page.all("link", rel="canonical"))
        assert "lang=" not in "".join(data.text for data in page.all("script", type="application/ld+json"))
        assert client.get(f"{path}?lang=de").status_code == 404
        if path in lists:
            following = client.get(page.one("a", rel="next")["href"])
            assert read(following.text).one("html")["lang"] == "pl"
    assert client.get("/archive/?lang=pl")["Location"] == "/archive/2026/06/?lang=pl"


def test_a_polish_article_leads_to_polish_pages(client):
    article = read(client.get(polish_story().path).text).one("main")
    ours = [a["href"] for a in article.all("a") if a["href"].startswith("/")]
    kinds = ("/authors/", "/speakers/", "/claims/", "/quotes/", "/sources/")
    led = [href.partition("#")[0] for href in ours if href.startswith(kinds)]
    assert [href for href in led if "/snapshots/" in href]
    assert len({href.split("/")[1] for href in led}) == len(kinds)
    assert {href.endswith("/?lang=pl") for href in led} == {True}


def test_treaties_and_authors_are_told_to_machines(client, section, tmp_path, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    desk = story(treaty(slug="nancy"), section)
    for path in ("/treaties/nancy/", f"/authors/{desk.article.bylines.get().slug}/"):
        assert linked_data_problems(client.get(path).text, tmp_path) == [], path
