"""An edition as JSON, and its place in lists."""

import json
from datetime import UTC, datetime

from articles.models import Edition
from articles.reading import LIST_KEY
from articles.rendering import make_renderings
from articles.rendering.entries import card, detail, list_key
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, shown


def document(**more):
    return Draft().says("It was signed", evidence(1)).quotes("a good day").document(**more)


def test_the_entry_in_lists_says_what_where_and_since_when():
    entry = card(document(number=2, kind="update", note="x"), shown(LATER, NOON))
    assert entry["address"] == "/articles/a-treaty/"
    assert entry["headline"] == "A treaty is signed"
    assert (entry["kind"], entry["number"]) == ("update", 2)
    assert entry["first_published_at"] == "2026-05-27T11:00:00Z"
    assert entry["changed_at"] == "2026-05-29T08:30:00Z"


def test_the_detail_has_every_sentence_with_its_address_and_state():
    told = detail(document(not_yet_checked=["sentenceab"]), shown(), "d" * 64)
    assert told["digest"] == "d" * 64
    assert [(s["address"], s["not_yet_checked"]) for s in told["statements"]] == [
        ("/articles/a-treaty/#s-sentenceaa", False),
        ("/articles/a-treaty/#s-sentenceab", True),
    ]
    assert told["statements"][0]["evidence"][0]["source"] == told["sources"][0]["number"] == 1
    assert [quote["words"] for quote in told["quotes"]] == ["a good day"]


def test_what_is_newer_sorts_behind_by_its_key_and_an_archive_story_by_its_own_day():
    keys = [
        list_key(document(archive={"published_on": "0987-05-03"}), shown()),
        list_key(document(archive={"published_on": "2019-05-03"}), shown()),
        list_key(document(), shown(NOON)),
        list_key(document(), shown(NOON.replace(microsecond=1))),
        list_key(document(), shown(LATER)),
    ]
    assert keys == sorted(keys)
    assert all(LIST_KEY.fullmatch(key) for key in keys)
    longest = Edition._meta.get_field("renderings").related_model._meta.get_field("list_key").max_length
    assert max(map(len, keys)) <= longest


def test_an_archive_story_of_a_day_to_come_stands_where_it_was_released():
    future = document(archive={"published_on": "2999-01-01"})
    assert list_key(future, shown()) == list_key(document(), shown())


def test_a_later_edition_keeps_the_articles_place():
    assert list_key(document(number=2, kind="update"), shown(LATER, NOON)) == list_key(
        document(), shown(NOON)
    )


def test_an_edition_that_takes_an_article_away_has_a_notice_and_no_entry():
    gone = document(number=2, kind="retraction", note="It was wrong.")
    page, api = make_renderings(Edition(number=2, digest="d" * 64), gone, shown(LATER, NOON))
    assert (page.representation, api.representation) == ("page", "api")
    for word in ("It was signed", "a good day", "Two states sign"):
        assert word not in page.plain.decode()
        assert word not in api.plain.decode()
    assert "It was wrong." in page.plain.decode()
    assert "<h1>RETRACTED: A treaty is signed</h1>" in page.plain.decode()
    problem = json.loads(api.plain)
    assert (problem["status"], problem["notice"]) == (410, "It was wrong.")
    assert problem["gone_at"] == "2026-05-29T08:30:00Z"


def test_the_same_edition_is_the_same_bytes():
    edition = Edition(number=1, digest="d" * 64)
    made = [make_renderings(edition, document(), shown(datetime(2026, 5, 27, tzinfo=UTC))) for _ in range(2)]
    assert [(r.etag, r.plain, r.gzipped) for r in made[0]] == [(r.etag, r.plain, r.gzipped) for r in made[1]]
    assert len({r.etag for r in made[0]}) == 3
