"""The list of what is public, newest first."""

import re
from base64 import urlsafe_b64encode
from datetime import date, timedelta

import pytest

from articles import publishing
from articles.arranging import arrange
from articles.models import Import
from articles.public import fronts
from tests.articles.illustrating.shown import addresses as addresses_of
from tests.articles.illustrating.shown import figure, keep
from tests.articles.public.people import take_away
from tests.articles.public.stories import polish_story
from tests.articles.rendering.html import read
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


def addresses(answer) -> list[str]:
    assert answer.status_code == 200
    return [heading.one("a")["href"] for heading in read(answer.text).one("main").all("h2")]


def path_of(desk: Desk) -> str:
    return f"/articles/{desk.article.slug}/"


def archived(desk: Desk, day: date):
    Import.objects.create(
        article=desk.article,
        sha256="0" * 64,
        archive="2019",
        name="story.txt",
        final_newline=True,
        report={},
        by=desk.reporter,
        at=NOW,
    )
    return publishing.release_as_archive(desk.article, published_on=day, by=desk.duty, now=NOW)


def test_before_anything_is_published_the_home_page_says_so(client):
    answer = client.get("/")
    assert addresses(answer) == []
    assert "Nothing has been published yet" in answer.text


def test_articles_stand_newest_first_and_an_update_moves_nothing(client):
    first, second = Desk(now=NOW - timedelta(days=2)), Desk(now=NOW - timedelta(days=1))
    first.publish()
    second.publish()
    assert addresses(client.get("/")) == [path_of(second), path_of(first)]
    first.save(headline="News of the first")
    first.now = NOW
    first.publish()
    home = client.get("/")
    assert addresses(home) == [path_of(second), path_of(first)]
    assert "News of the first" in home.text


def test_an_archive_story_stands_at_its_own_day(client):
    old, fresh = Desk(), Desk(now=NOW - timedelta(days=5))
    fresh.publish()
    archived(old, date(2019, 5, 3))
    home = client.get("/")
    assert addresses(home) == [path_of(fresh), path_of(old)]
    assert "3 May 2019" in home.text
    assert "From the archive" in home.text


def test_pages_together_show_every_article_once_also_those_of_one_moment(client, monkeypatch):
    monkeypatch.setattr(fronts, "ENTRIES", 2)
    fronts._made.cache_clear()
    desks = [Desk() for _ in range(5)]
    for desk in desks:
        desk.publish()
    seen, page, pages = [], client.get("/"), 1
    while following := read(page.text).all("a", rel="next"):
        seen += addresses(page)
        page = client.get(following[0]["href"])
        pages += 1
    seen += addresses(page)
    assert sorted(seen) == sorted(path_of(desk) for desk in desks)
    assert pages == 3


def test_what_comes_in_while_somebody_reads_shifts_nothing(client, monkeypatch):
    monkeypatch.setattr(fronts, "ENTRIES", 2)
    fronts._made.cache_clear()
    desks = [Desk(now=NOW - timedelta(days=n)) for n in range(1, 5)]
    for desk in desks:
        desk.publish()
    following = read(client.get("/").text).one("a", rel="next")["href"]
    Desk().publish()
    assert addresses(client.get(following)) == [path_of(desk) for desk in desks[2:]]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "x",
        "%00",
        "%ff%fe",
        "é",
        "a" * 60_000,
        urlsafe_b64encode(b"2026-06-01T12:00:00.000000+00:00 ' OR 1=1 --").decode(),
        urlsafe_b64encode(b"\xff" * 30).decode(),
        urlsafe_b64encode(b"2026-06-01T12:00:00.000000+00:00 abcdefabcdef").decode() + "==",
        urlsafe_b64encode("٢٠٢٦-06-01T12:00:00.000000+00:00 abcdefabcdef".encode()).decode(),
    ],
)
def test_a_place_nobody_gave_out_is_no_page(client, before):
    assert client.get(f"/?before={before}").status_code == 404


def test_behind_the_last_article_the_list_ends_kindly(client):
    Desk().publish()
    oldest = urlsafe_b64encode(b"0001-01-01T00:00:00.000000+00:00 000000000000").decode().rstrip("=")
    answer = client.get(f"/?before={oldest}")
    assert addresses(answer) == []
    assert "There are no earlier articles." in answer.text
    assert "noindex" in answer.text


def test_what_waits_or_was_taken_away_is_not_listed(client, clock):
    waiting, gone = Desk(), Desk()
    waiting.publish(at=NOW + timedelta(hours=2))
    edition = gone.publish()
    assert addresses(client.get("/")) == [path_of(gone)]
    take_away(edition, kind="retraction", note="Wrong.", at=NOW + timedelta(hours=2))
    clock.move_to(NOW + timedelta(hours=2) - timedelta(microseconds=1))
    assert addresses(client.get("/")) == [path_of(gone)]
    clock.move_to(NOW + timedelta(hours=2))
    assert addresses(client.get("/")) == [path_of(waiting)]


def test_the_list_takes_two_queries_however_long_it_is(client, django_assert_num_queries):
    Desk().publish()
    for _ in range(2):
        # One for what is pinned.
        with django_assert_num_queries(2):
            client.get("/")
        for _ in range(9):
            Desk().publish()


def test_an_unchanged_list_is_not_sent_again_and_a_changed_one_is(client):
    Desk().publish()
    first = client.get("/")
    headers = {"if-none-match": first["ETag"]}
    assert client.get("/", headers=headers).status_code == 304
    Desk().publish()
    assert client.get("/", headers=headers).status_code == 200


def test_an_entry_says_in_which_language_it_is_and_what_to_know_before_reading(client):
    polish_story()
    entry = read(client.get("/").text).one("main").one("article")
    assert entry["lang"] == "pl"
    details = re.sub(r"\s+", " ", entry.one("p", class_="byline").text)
    assert (
        details
        == "Ewa Żółć-Example and Jan Przykład · 1 June 2026, 13:00 BST · Polski · Not all of it checked yet"
    )


def test_a_corrected_article_is_marked_in_the_list(client):
    desk = Desk()
    desk.publish()
    desk.save(headline="Another headline")
    desk.publish(kind="correction", note="It was wrong.", now=NOW + timedelta(minutes=1))
    assert "Corrected" in client.get("/").text


def lead_pictures(client, path="/") -> list[tuple[str, str]]:
    """Headline and picture of every entry that has one."""
    entries = read(client.get(path).text).one("main").all("article")
    return [(entry.one("h2").text.strip(), entry.one("img")["alt"]) for entry in entries if entry.all("img")]


def test_what_leads_the_home_page_stands_there_with_its_picture_and_credit(client):
    pictured, plain = Desk(now=NOW - timedelta(days=2)), Desk(now=NOW - timedelta(days=1))
    image = keep(pictured)
    pictured.save(headline="With a map", body=figure(image) + pictured.body())
    pictured.publish()
    assert lead_pictures(client) == [("With a map", image.alt)]
    lead = read(client.get("/").text).one("figure")
    assert lead.one("figcaption").text == f"Picture: {image.credit}"
    assert {source["srcset"].split(" ")[0] for source in lead.all("source")} < set(addresses_of(image))
    assert lead.one("img")["fetchpriority"] == "high"
    # It leads no longer: another is newer, which has none.
    plain.publish()
    assert lead_pictures(client) == []
    editor = make_user("editor")
    for number, leads in enumerate((True, False)):
        arrange(None, articles=[pictured.article], leads=leads, after=number, by=editor, now=NOW)
        assert lead_pictures(client) == ([("With a map", image.alt)] if leads else [])
    newest = urlsafe_b64encode(b"9999-01-01T00:00:00.000000+00:00 000000000000").decode().rstrip("=")
    assert lead_pictures(client, f"/?before={newest}") == []
    told = {entry["slug"]: entry["picture"] for entry in client.get("/api/v1/articles/").json()["results"]}
    assert told[plain.article.slug] is None
    assert told[pictured.article.slug]["alt"] == image.alt
    urls = {each["url"] for each in told[pictured.article.slug]["renditions"]}
    assert urls == set(addresses_of(image))
