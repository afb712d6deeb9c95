"""Feeds: what is public, in full."""

import gzip
import json
from datetime import timedelta

import pytest
from django.utils.http import http_date
from lxml import etree

from articles import addresses
from articles.models import Rendering
from articles.public import feeds
from articles.withdrawing import withdraw_source
from tests.articles.public.feed_stories import (
    ALL,
    ATOM,
    FORMS,
    NOTE,
    SIGNED,
    atom,
    corrected,
    end,
    id_of,
    items,
    later,
)
from tests.articles.public.stories import UNCHECKED, long_story, polish_story
from tests.articles.standards import validate
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def test_every_feed_is_as_its_standard_says_whatever_there_is_to_tell(client, clock, tmp_path):
    def check():
        for path in ALL:
            file = tmp_path / "feed"
            file.write_bytes(client.get(path).content)
            assert (path, validate(FORMS[path.rpartition("/")[2]], file)) == (path, [])

    check()
    story = long_story()
    polish_story()
    for number, how in enumerate(("retract", "unpublish", "take_down")):
        end(corrected(slug=f"gone-{number}"), how)
    clock.move_to(later(days=1))
    withdraw_source(
        story.edition.statements.first().citations.first().source,
        by=story.desk.duty,
        now=later(days=1),
        withdrawn_by="publisher",
        reason="It was <forged>.",
    )
    check()


def test_an_entry_has_the_whole_text_with_its_groups_and_sources(client, clock):
    story = long_story()
    clock.move_to(later(days=1))
    (item,) = items(client)
    assert item["title"] == "Britain and Poland sign a treaty on defence and security"
    assert [author["name"] for author in item["authors"]] == ["Rita Reporter", "Ewa Żółć-Example"]
    html = item["content_html"]
    detail = client.get(f"/api/v1/articles/{story.article.public_id}/").json()
    for source in detail["sources"]:
        assert source["title"] in html
    first = detail["statements"][0]
    numbers = sorted({cited["source"] for cited in first["evidence"] if cited["stance"] == "supports"})
    assert f"{numbers}.</p>" in html or f" {numbers}" in html
    assert f"{UNCHECKED}</span> <small>[not yet checked]</small>" in html
    assert 'id="' not in html
    assert 'href="/' not in html
    entry = atom(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == html
    rss = etree.fromstring(client.get("/feeds/rss.xml").content)
    assert rss.findtext(".//{http://purl.org/rss/1.0/modules/content/}encoded") == html


def test_a_correction_stands_first_and_moves_updated_but_a_minor_edit_does_not(client):
    desk = corrected()
    html = items(client)[0]["content_html"]
    assert html.index("Correction") < html.index(NOTE) < html.index(SIGNED)
    assert atom(client).find(f"{ATOM}entry").findtext(f"{ATOM}summary") == NOTE
    desk.now = later(minutes=20)
    desk.save(standfirst="Two states sign.")
    desk.publish(kind="minor")
    (item,) = items(client)
    assert item["date_published"] == "2026-06-01T12:00:00Z"
    assert item["date_modified"] == "2026-06-01T12:10:00Z"
    assert NOTE in item["content_html"]
    assert item["_newsroom"]["kind"] == "minor"


def test_a_receipt_in_a_feed_is_the_one_the_api_tells(client):
    desk = corrected()
    detail = client.get(f"/api/v1/articles/{desk.article.public_id}/").json()
    assert items(client)[0]["_newsroom"]["corrections"] == detail["corrections"]
    (logged,) = client.get("/api/v1/corrections/").json()["results"]
    told = items(client, "/feeds/corrections/feed.json")[0]["_newsroom"]["correction"]
    assert told == {name: logged[name] for name in told}


def test_the_newest_fifty_stand_by_the_moment_of_their_current_editions(client, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    desks = [Desk(now=NOW - timedelta(hours=hours)) for hours in range(3)]
    for desk in desks:
        desk.publish()
    desks[2].now = later(minutes=5)
    desks[2].save(headline="A treaty was signed")
    desks[2].publish()
    assert [item["id"] for item in items(client)] == [id_of(desks[2]), id_of(desks[0])]


def test_an_id_stays_when_the_address_changes(client, settings):
    desk = corrected()
    before = items(client)[0]
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=later(minutes=30))
    settings.NEWSROOM_ORIGIN = "https://news.example"
    after = items(client)[0]
    assert after["id"] == before["id"] == id_of(desk)
    assert before["url"] == "http://testserver/articles/a-treaty/"
    assert after["url"] == "https://news.example/articles/the-treaty/"
    feed = client.get("/feeds/feed.json").json()
    assert feed["feed_url"] == "https://news.example/feeds/feed.json"


@pytest.mark.parametrize("path", ALL)
def test_what_waits_is_in_no_feed_until_its_moment(client, clock, path):
    desk = corrected(slug="known", at=later(hours=3), embargoed=True)
    Desk(slug="secret").publish(at=later(hours=3))
    clock.move_to(later(hours=3, seconds=-1))
    before = client.get(path)
    assert "secret" not in before.text
    assert "28 May" not in before.text
    clock.move_to(later(hours=3, seconds=1))
    after = client.get(path)
    assert "28 May" in after.text
    assert ("secret" in after.text) == ("corrections" not in path)
    assert before["ETag"] != after["ETag"]
    assert desk.article.public_id


def test_the_corrections_feed_tells_what_was_said_and_what_is_said(client):
    desk = corrected()
    (item,) = items(client, "/feeds/corrections/feed.json")
    receipt = desk.article.editions.get(number=2).correction
    assert item["id"] == f"tag:localhost,2026:correction-{receipt.public_id}"
    assert item["title"] == "Correction: A treaty is signed"
    assert NOTE in item["content_html"]
    assert f"<del>Two states signed a treaty on 27 May 2026</del> <ins>{SIGNED}</ins>" in item["content_html"]
    end(desk, "retract")
    titles = [item["title"] for item in items(client, "/feeds/corrections/feed.json")]
    assert titles == ["Retraction: A treaty is signed", "Correction: A treaty is signed"]


def test_a_polish_entry_says_so_and_speaks_polish(client, clock):
    polish_story()
    clock.move_to(later(days=1))
    (item,) = items(client)
    assert item["language"] == "pl"
    assert "<h2>Źródła</h2>" in item["content_html"]
    entry = atom(client).find(f"{ATOM}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "pl"


def test_what_would_be_markup_is_text_and_what_xml_cannot_hold_is_left_out(client):
    desk = Desk()
    desk.save(headline="Treaty <b>signed</b> & ]]> sealed")
    desk.publish()
    (item,) = items(client)
    assert item["title"] == "Treaty <b>signed</b> & ]]> sealed"
    assert atom(client).find(f"{ATOM}entry").findtext(f"{ATOM}title") == item["title"]
    row = Rendering.objects.get(edition__article=desk.article, representation="api")
    told = json.loads(bytes(row.plain)) | {"headline": "Treaty\x00 si\ufffegned\x1f"}
    Rendering.objects.filter(pk=row.pk).update(plain=json.dumps(told).encode(), etag="other")
    for form in FORMS:
        assert client.get(f"/feeds/{form}").status_code == 200
    assert items(client)[0]["title"] == "Treaty signed"


@pytest.mark.parametrize("path", ALL)
def test_a_feed_is_not_sent_twice_and_leaves_caches_with_the_lists(client, path):
    desk = corrected()
    for coding in ({}, {"accept-encoding": "gzip"}):
        full = client.get(path, headers=coding)
        again = client.get(path, headers=coding | {"if-none-match": full["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert full["Surrogate-Key"] == again["Surrogate-Key"] == "lists"
        assert full["Cache-Control"] == "public, max-age=60, s-maxage=2"
        head = client.head(path, headers=coding)
        assert (head.content, dict(head.headers)) == (b"", dict(full.headers))
    assert gzip.decompress(full.content) == client.get(path).content
    end(desk, "retract")
    after = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": full["ETag"]})
    assert after.status_code == 200


def test_the_feed_of_everything_says_since_when_it_is_as_it_is_once_that_is_sure(client, clock):
    def since(**wait) -> str | None:
        Rendering.objects.exclude(made_at=None).update(made_at=NOW)
        clock.move_to(later(**wait))
        return client.get(path).headers.get("Last-Modified")

    path = "/feeds/atom.xml"
    assert since(hours=1) is None
    desk = corrected()
    set_right = desk.article.releases.latest("pk").showing.lower
    wait = set_right - NOW
    assert since(seconds=wait.total_seconds() + 59) is None
    told = since(seconds=wait.total_seconds() + 60)
    assert told == http_date(set_right.timestamp())
    asked = {"if-modified-since": told}
    assert client.get(path, headers=asked).status_code == 304
    end(desk, "retract")
    gone = desk.article.releases.latest("pk").showing.lower
    clock.move_to(gone)
    assert client.get(path, headers=asked).status_code == 200
    assert since(days=2) == http_date(gone.timestamp())


@pytest.mark.parametrize("path", ALL)
def test_a_feed_takes_at_most_three_queries(client, path, django_assert_max_num_queries):
    for number in range(4):
        corrected(slug=f"story-{number}")
    end(corrected(slug="gone"), "retract")
    feeds._made.clear()
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200
    with django_assert_max_num_queries(3):
        client.get(path)


def test_what_is_kept_is_bounded(client, monkeypatch):
    monkeypatch.setattr(feeds, "KEPT", 2)
    monkeypatch.setattr(feeds, "_made", {})
    for path in ALL:
        client.get(path)
    assert len(feeds._made) <= 2


def test_pages_name_the_feeds(client):
    page = client.get("/").text
    for path in ("/feeds/atom.xml", "/feeds/feed.json", "/feeds/corrections/atom.xml"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/atom", "/feeds/other.xml", "/feeds/corrections/x.json"])
def test_no_other_feed_is_there(client, path):
    assert client.get(path).status_code == 404


def test_a_feed_is_only_read(client):
    assert client.post("/feeds/atom.xml").status_code == 405
