"""A reader says what is wrong with a sentence, without account or cookie, and follows it by a private link."""

import re
from copy import deepcopy
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.challenging import deciding
from articles.corrections import retract, take_down
from articles.models import Challenge
from articles.public import challenges as door
from articles.public.signed_forms import comes_from_here
from tests.articles.challenges import READ, SAID, WRONG, corrected, doubted, published, resolved, told
from tests.making import Desk

pytestmark = pytest.mark.django_db
HERE = {"headers": {"sec-fetch-site": "same-origin"}}


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


@pytest.fixture(scope="module")
def _desk(kept):
    return kept(published)


@pytest.fixture
def desk(_desk, clock):
    clock.move_to(READ)
    return deepcopy(_desk)


def at(key: str = Desk.KEYS[0], slug: str = "a-treaty") -> str:
    return reverse("report-sentence", args=[slug, key])


def form_on(html: str) -> str:
    return unescape(re.search(r'name="form" value="([^"]+)"', html)[1])


def opened(client=None, url: str = "") -> str:
    return form_on((client or Client()).get(url or at()).text)


def send(clock, *, form: str = "", after: float = 10, client=None, url: str = "", about=HERE, **typed):
    """Open the form, take one's time, and send it as a browser does: with what it says of where it comes from."""
    client = client or Client(enforce_csrf_checks=True)
    form = form or opened(client, url)
    clock.shift(timedelta(seconds=after))
    return client.post(url or at(), "&".join(encoded(SAID | {"form": form} | typed)), door.TYPE, **about)


def encoded(fields: dict):
    from urllib.parse import quote_plus  # noqa: PLC0415

    return [f"{name}={quote_plus(value)}" for name, value in fields.items()]


def test_it_is_sent_without_a_cookie_and_followed_by_a_link_that_nobody_else_has(desk, clock):
    client = Client(enforce_csrf_checks=True)
    page = client.get(at())
    assert WRONG in page.text
    assert (page["Cache-Control"], page["X-Robots-Tag"][:7]) == ("private, no-store", "noindex")
    answer = send(clock, client=client)
    assert answer.status_code == 303
    assert (client.cookies, answer["Referrer-Policy"]) == ({}, "no-referrer")
    challenge = Challenge.objects.get()
    assert (challenge.words, challenge.wording, challenge.edition.number) == (SAID["words"], WRONG, 1)
    link = answer["Location"]
    followed = Client().get(link)
    assert followed["Cache-Control"] == "private, no-store"
    assert "noarchive" in followed["X-Robots-Tag"]
    assert 'data-state="waiting"' in followed.text
    deciding.take(challenge, by=desk.checker, now=READ)
    assert 'data-state="taken"' in Client().get(link).text
    resolved(desk, challenge)
    html = Client().get(link).text
    assert 'data-state="resolved"' in html
    assert "The treaty itself bears that date." in html
    # Nothing in the database leads to the link.
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(Challenge.objects.values().get())
    assert (
        Client()
        .get(reverse("challenge", args=[token[:-1] + ("1" if token.endswith("0") else "0")]))
        .status_code
        == 404
    )
    assert Client().get(reverse("challenge", args=["x" * 500])).status_code == 404


def test_a_second_click_leads_to_the_same_link(desk, clock):
    form = opened()
    first, second = send(clock, form=form), send(clock, form=form)
    assert first["Location"] == second["Location"]
    assert Challenge.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"headers": {"sec-fetch-site": "cross-site"}}, 403),
        ({"headers": {"sec-fetch-site": "same-site"}}, 403),
        ({"headers": {"origin": "https://evil.example"}}, 403),
        ({"headers": {"origin": "null"}}, 403),
        ({"headers": {"origin": "http://["}}, 403),
        ({"headers": {"referer": "https://evil.example/testserver"}}, 403),
        ({}, 403),
        ({"headers": {"sec-fetch-site": "cross-site", "origin": "http://testserver"}}, 403),
        ({"headers": {"origin": "http://testserver"}}, 303),
        ({"headers": {"referer": "http://testserver/articles/a-treaty/"}}, 303),
    ],
)
def test_what_another_site_lets_a_browser_send_is_not_taken(desk, clock, about, status):
    answer = send(clock, about=about, words="Buy our treaties")
    assert answer.status_code == status
    assert Challenge.objects.exists() is (status == 303)
    # Nor does the page offer what another site has typed.
    assert status == 303 or "Buy our treaties" not in answer.text


def test_a_form_may_also_come_from_the_name_that_is_set(rf, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example:8443"
    for origin, ours in (("https://news.example:8443", True), ("https://news.example", False)):
        assert comes_from_here(rf.post("/", headers={"origin": origin})) is ours


def test_a_machine_is_too_quick_or_fills_in_everything_and_a_person_sends_once_more(desk, clock):
    quick = send(clock, after=1)
    assert (quick.status_code, Challenge.objects.exists()) == (400, False)
    assert SAID["words"] in quick.text
    assert 'role="alert"' in quick.text
    trapped = send(clock, form=form_on(quick.text), after=3, website="https://spam.example")
    assert (trapped.status_code, Challenge.objects.exists()) == (400, False)
    assert "spam.example" not in trapped.text
    assert send(clock, form=form_on(trapped.text)).status_code == 303


def test_a_form_is_good_for_its_sentence_and_its_day(desk, clock):
    form = opened()
    for url in (at(Desk.KEYS[1]), at(slug=published("another-treaty").article.slug)):
        assert send(clock, form=form, url=url).status_code == 400
    for forged in ("", "x", form[:-1], form * 20, "é" * 30, "\x00"):
        assert send(clock, form=forged or "-").status_code == 400
    late = send(clock, form=form, after=13 * 3600)
    assert (late.status_code, Challenge.objects.exists()) == (400, False)
    assert send(clock, form=form_on(late.text)).status_code == 303


def test_what_was_read_counts_also_when_the_next_edition_has_come_out_since(desk, clock):
    form = opened()
    corrected(desk, now=READ + timedelta(minutes=1))
    assert send(clock, form=form, after=300).status_code == 303
    assert (Challenge.objects.get().wording, Challenge.objects.get().edition.number) == (WRONG, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"doubt": ""}, "Say what is wrong with it."),
        ({"words": ""}, "Say in a few words"),
        ({"words": "x" * 2001}, "more than 2000 characters"),
        ({"words": "a\x00b"}, "cannot be shown"),
        ({"evidence_url": "javascript:alert(1)"}, "This is no web address"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "This is no e-mail address."),
        ({"words": "<script>alert(1)</script>", "email": "x"}, "This is no e-mail address."),
    ],
)
def test_what_is_refused_is_shown_again_with_the_reason(desk, clock, typed, said):
    answer = send(clock, **typed)
    assert answer.status_code == 400
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert not Challenge.objects.exists()


def test_what_is_no_form_is_not_even_read(desk, clock):
    client, url = Client(enforce_csrf_checks=True), at()
    assert client.post(url, {"words": "x"}, **HERE).status_code == 415
    assert client.post(url, "words=" + "x" * 64_000, door.TYPE, **HERE).status_code == 413
    assert client.post(url, "words=x", f"{door.TYPE}; charset=utf-16", **HERE).status_code == 400
    assert client.put(url).status_code == 405


def test_who_sends_too_much_waits_and_no_address_is_kept(desk, clock, settings):
    settings.ACCOUNT_RATE_LIMITS = {"challenge": "2/h/key"}
    answers = [send(clock, words=f"No {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "No 2" in answers[2].text
    other = {"headers": HERE["headers"], "REMOTE_ADDR": "192.0.2.7"}
    assert send(clock, about=other).status_code == 303
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM newsroom_cache")
        keys = str(cursor.fetchall())
    assert "challenge" in keys
    assert "192.0.2.7" not in keys


def test_no_one_sender_takes_the_room_that_a_sentence_has(desk, clock):
    # What was not taken is not counted.
    refused = [send(clock, words="") for _each in range(3)]
    assert {answer.status_code for answer in refused} == {400}
    answers = [send(clock, words=f"No {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "about this sentence already" in answers[2].text
    other = {"headers": HERE["headers"], "REMOTE_ADDR": "192.0.2.7"}
    assert send(clock, about=other).status_code == 303
    elsewhere = at(Desk.KEYS[1])
    assert send(clock, form=opened(url=elsewhere), url=elsewhere).status_code == 303


def test_neighbours_in_one_network_of_the_new_kind_count_as_one(rf):
    def sender(address):
        return door._sender(rf.get("/", REMOTE_ADDR=address), READ)

    assert sender("2001:db8::1") == sender("2001:db8::2") != sender("2001:db8:0:1::1")
    assert door._sender(rf.get("/"), READ) != door._sender(rf.get("/"), READ + timedelta(days=1))


def test_of_what_nobody_can_read_there_is_no_form(desk, clock):
    assert Client().get(at("zzzzzzzzzz")).status_code == 404
    assert Client().get(at(slug="no-such-story")).status_code == 404
    form = opened()
    retract(desk.article, by=desk.duty, now=READ, note="All of it was wrong.")
    assert Client().get(at()).status_code == 404
    assert send(clock, form=form).status_code == 404
    assert not Challenge.objects.exists()


def test_the_form_and_the_link_cost_few_queries_whatever_there_is(desk):
    for number in range(3):
        doubted(desk, token=f"token {number}")
    with CaptureQueriesContext(connection) as form:
        assert Client().get(at()).status_code == 200
    with CaptureQueriesContext(connection) as link:
        assert Client().get(reverse("challenge", args=["token 0"])).status_code == 200
    assert (len(form), len(link)) == (2, 2)


def test_what_was_let_out_is_there_for_everybody_and_the_log_leads_to_it(desk, clock):
    url = reverse("challenges")
    assert "No outcome has been made public yet." in Client().get(url).text
    challenge = doubted(desk, words="Secret words of a reader")
    correction = corrected(desk, now=READ + timedelta(minutes=1))
    resolved(desk, challenge, outcome="corrected", correction=correction, now=READ + timedelta(minutes=2))
    outcome = told(desk, challenge, now=READ + timedelta(minutes=3))
    clock.move_to(READ + timedelta(minutes=4))
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(url)
    html = answer.text
    assert len(queries) == 1
    assert answer["Surrogate-Key"] == "lists"
    assert f'id="challenge-{outcome.public_id}"' in html
    assert (WRONG in html, "The treaty itself bears that date." in html) == (True, True)
    assert reverse("edition", args=["a-treaty", 2]) in html
    assert "Secret words" not in html
    again = Client().get(url, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    for place in (reverse("corrections"), at()):
        assert f"{url}#challenge-{outcome.public_id}" in Client().get(place).text
    take_down(desk.article, by=desk.duty, now=READ + timedelta(minutes=4), reason="A court order.")
    clock.shift(timedelta(seconds=1))
    assert WRONG not in Client().get(url).text
    gone = Client().get(reverse("challenge", args=["token"])).text
    assert (WRONG in gone, "Secret words" in gone) == (False, False)


def test_the_list_goes_on_where_a_page_ended(desk, monkeypatch):
    monkeypatch.setattr("articles.public.outcomes.ENTRIES", 1)
    for number in range(2):
        challenge = resolved(desk, doubted(desk, token=f"token {number}"), answer=f"Answer {number}.")
        told(desk, challenge, now=READ + timedelta(hours=3, minutes=number))
    first = Client().get(reverse("challenges")).text
    assert ("Answer 1." in first, "Answer 0." in first) == (True, False)
    following = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])
    second = Client().get(following).text
    assert ("Answer 0." in second, 'rel="next"' in second) == (True, False)
    assert Client().get(reverse("challenges") + "?before=x").status_code == 404
