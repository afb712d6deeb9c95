"""What feeds say of what is gone: a tombstone, or a notice under the same id."""

from datetime import datetime

import pytest
from lxml import etree

from articles import corrections, following
from articles.models import Edition, Rendering
from articles.public import feeds
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
    tombstones,
)

pytestmark = pytest.mark.django_db
CORRECTIONS = "/feeds/corrections/"


def reinstate(desk, *, minutes: int):
    desk.now = later(minutes=minutes)
    desk.save(standfirst="Two states sign, at last")
    desk.publish(kind="reinstatement", note="The court lifted its order.")


@pytest.mark.parametrize("closes", [False, True])
def test_a_retracted_article_is_a_tombstone_or_a_notice_under_its_id(client, closes):
    desk = corrected()
    before = items(client)[0]["id"]
    end(desk, "retract", closes_history=closes)
    assert atom(client).findall(f"{ATOM}entry") == []
    assert tombstones(client) == {before: "It was made up."}
    (item,) = items(client)
    assert (item["id"], item["title"]) == (before, "RETRACTED: A treaty is signed")
    assert item["content_text"] == "It was made up."
    assert "content_html" not in item
    rss = etree.fromstring(client.get("/feeds/rss.xml").content)
    assert rss.findtext(".//item/guid") == before
    assert rss.findtext(".//item/title") == "RETRACTED: A treaty is signed"
    for form in FORMS:
        assert SIGNED not in client.get(f"/feeds/{form}").text


@pytest.mark.parametrize("how", ["unpublish", "take_down"])
def test_of_what_is_unpublished_or_taken_down_no_word_is_left(client, how):
    desk = corrected()
    end(desk, how)
    (item,) = items(client)
    assert (item["id"], item["title"]) == (id_of(desk), "No longer available")
    assert item["content_text"] == "This article is no longer available"
    assert list(tombstones(client)) == [id_of(desk)]
    for path in ALL:
        answer = client.get(path)
        for word in ("signed", "28 May", "Rita", "Rights", "court"):
            assert word not in answer.text
        if how == "take_down":
            assert "a-treaty" not in answer.text


def test_a_sealed_article_still_leaves_its_tombstone(client):
    desk = corrected()
    gone = end(desk, "take_down")
    Rendering.objects.filter(edition__article=desk.article).delete()
    assert list(tombstones(client)) == [id_of(desk)]
    assert gone.kind == "take_down"


def test_a_tombstone_stands_for_thirty_days(client, clock):
    desk = corrected()
    end(desk, "retract")
    clock.move_to(later(minutes=30, days=30))
    assert list(tombstones(client)) == [id_of(desk)]
    clock.move_to(later(minutes=30, days=30, seconds=1))
    assert tombstones(client) == {}


def test_what_comes_back_is_an_entry_again_and_newer_than_its_tombstone_was(client):
    desk = corrected()
    end(desk, "retract")
    reinstate(desk, minutes=40)
    assert tombstones(client) == {}
    entry = atom(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == id_of(desk)
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == later(minutes=40)


@pytest.mark.parametrize("how", ["unpublish", "take_down"])
def test_a_correction_that_went_with_its_article_is_told_as_gone(client, clock, how):
    desk = corrected()
    path = "/feeds/corrections/{}".format
    before = items(client, path("feed.json"))[0]["id"]
    end(desk, how)
    assert list(tombstones(client, path("atom.xml"))) == [before]
    (item,) = items(client, path("feed.json"))
    assert (item["id"], item["title"]) == (before, "No longer available")
    assert NOTE not in client.get(path("rss.xml")).text
    clock.move_to(later(days=31))
    assert items(client, path("feed.json")) == []


@pytest.mark.parametrize("how", ["unpublish", "take_down"])
def test_a_correction_that_stays_closed_is_told_as_gone_though_its_article_is_back(client, clock, how):
    desk = corrected()
    before = items(client, f"{CORRECTIONS}feed.json")[0]["id"]
    end(desk, how)
    reinstate(desk, minutes=40)
    if how == "unpublish":
        # What was only out of sight is in sight again.
        assert tombstones(client, f"{CORRECTIONS}atom.xml") == {}
        assert [item["id"] for item in items(client, f"{CORRECTIONS}feed.json")] == [before]
        return
    assert list(tombstones(client, f"{CORRECTIONS}atom.xml")) == [before]
    (item,) = items(client, f"{CORRECTIONS}feed.json")
    assert (item["title"], item["date_published"]) == ("No longer available", "2026-06-01T12:30:00Z")
    clock.move_to(later(minutes=30, days=30))
    assert list(tombstones(client, f"{CORRECTIONS}atom.xml")) == [before]
    clock.move_to(later(minutes=30, days=30, seconds=1))
    assert items(client, f"{CORRECTIONS}feed.json") == []


def test_a_correction_went_with_the_first_take_down_behind_it(client, clock):
    desk = corrected()
    end(desk, "take_down")
    reinstate(desk, minutes=40)
    desk.now = later(minutes=50)
    desk.save(body=desk.body(signed="Two states signed a treaty on 30 May 2026"))
    desk.publish(kind="correction", note="It was signed on 30 May.")
    desk.now = later(minutes=60)
    corrections.take_down(desk.reload(), by=desk.duty, now=desk.now, reason="A court said so again.")
    clock.move_to(later(minutes=61))
    went = [item["date_published"] for item in items(client, f"{CORRECTIONS}feed.json")]
    assert went == ["2026-06-01T13:00:00Z", "2026-06-01T12:30:00Z"]


def test_what_is_told_as_gone_is_bounded_to_the_newest(client, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_GONE", 2)
    desks = [corrected(slug=f"gone-{number}") for number in range(3)]
    for minutes, desk in enumerate(desks, start=20):
        corrections.take_down(desk.reload(), by=desk.duty, now=later(minutes=minutes), reason="A court.")
    assert list(tombstones(client)) == [id_of(desks[2]), id_of(desks[1])]
    numbers = [desk.article.editions.get(number=2).correction.public_id for desk in (desks[2], desks[1])]
    told = list(tombstones(client, f"{CORRECTIONS}atom.xml"))
    assert told == [f"tag:localhost,2026:correction-{number}" for number in numbers]


def test_what_goes_while_somebody_looks_is_told_once(client, monkeypatch):
    desk = corrected()
    found = following.corrections

    def looked(**options):
        logged = found(**options)
        end(desk, "take_down")
        return logged

    monkeypatch.setattr(following, "corrections", looked)
    (item,) = items(client, f"{CORRECTIONS}feed.json")
    assert item["title"] == "No longer available"


@pytest.mark.parametrize("how", ["retract", "retract_closing", "unpublish", "take_down"])
def test_what_can_no_longer_be_opened_has_a_moment_since_which_and_nothing_else_has(how):
    desk = corrected()
    end(desk, how.partition("_closing")[0], **({"closes_history": True} if "closing" in how else {}))
    for minutes in (35, 45):
        released = Edition.objects.released(later(minutes=minutes))
        closed = released.with_closed_at(later(minutes=minutes)).exclude(closed_at=None)
        readable = Edition.objects.readable(later(minutes=minutes))
        assert set(closed) == set(released) - set(readable)
        assert {edition.closed_at for edition in closed} <= {later(minutes=30)}
        if minutes == 35:
            reinstate(desk, minutes=40)
