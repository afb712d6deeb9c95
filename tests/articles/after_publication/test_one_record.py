"""One correction is one record: the page, its structured data, the feeds, the API and the change feed tell the same."""

import json
import re

import pytest
import time_machine
from django.urls import reverse

from tests.articles.after_publication.story import GONE, SLUG, Story

pytestmark = pytest.mark.django_db

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def story():
    return Story().corrected()


@pytest.fixture
def told(client, story):
    """The record as each surface tells it, by the surface's name."""
    with time_machine.travel(GONE, tick=False):
        graph = json.loads(DATA.search(client.get(reverse("article", args=[SLUG])).text)[1])["@graph"]
        (comment,) = next(node["correction"] for node in graph if "correction" in node)
        correction = reverse("api-correction", args=[story.correction.public_id])
        detail = client.get(reverse("api-article", args=[story.article.public_id])).json()
        change = client.get(reverse("api-changes"), {"after": 1}).json()["results"][0]
        feed = client.get(reverse("feed", args=["feed.json"])).json()
        log = client.get(reverse("corrections-feed", args=["feed.json"])).json()
        own = next(name for name in feed["items"][0] if name.startswith("_"))
        return {
            "structured data": json.loads(comment["encoding"]["text"]),
            "API": alone(client.get(correction).json()),
            "API's article": detail["corrections"][0],
            "API's log": alone(client.get(reverse("api-corrections")).json()["results"][0]),
            "change feed": change["correction"],
            "feed": feed["items"][0][own]["corrections"][0],
            "feed of corrections": log["items"][0][own]["correction"],
        }


def alone(entry: dict) -> dict:
    """The record without what the API tells beside it."""
    return {name: value for name, value in entry.items() if name not in {"article", "usage_terms"}}


def test_every_surface_tells_the_same(told):
    assert {name: record == told["API"] for name, record in told.items()} == dict.fromkeys(told, True)


def test_it_tells_what_was_said_and_what_is_said_of_which_kind_why_by_whom_and_when(told):
    record = told["API"]
    assert record["kind"] == "correction"
    assert record["note"] == "It was the quillwort one."
    assert record["number"] == 2
    assert record["at"] == "2026-06-01T12:10:00Z"
    assert "approved_by" in record
    (said,) = record["statements"]
    assert (said["was"], said["is"]) == ("The zephyrine treaty was signed", "The obsidian treaty was signed")


@pytest.mark.parametrize("form", ["atom.xml", "rss.xml"])
@pytest.mark.parametrize("feed", ["feed", "corrections-feed"])
def test_readers_of_every_feed_are_told_it_in_words(client, story, feed, form):
    with time_machine.travel(GONE, tick=False):
        text = client.get(reverse(feed, args=[form])).text
    for words in ("quillwort", "The zephyrine treaty was signed", "The obsidian treaty was signed"):
        assert words in text
