"""What feeds say of what is gone: a tombstone, or a notice under the same id."""

from datetime import datetime

import pytest
from lxml import etree

from articles.models import Rendering
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
    desk.now = later(minutes=40)
    desk.save(standfirst="Two states sign, at last")
    desk.publish(kind="reinstatement", note="It was true after all.")
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
