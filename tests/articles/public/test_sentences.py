"""Sentences at their own addresses: where they stand, or what became of them."""

from copy import deepcopy

import pytest

from articles.addresses import change_address
from tests.articles.public.followed import AT, NOTE, Followed
from tests.articles.rendering.html import read

pytestmark = pytest.mark.django_db

ARTICLE = "/articles/a-treaty/"
FIRST, SECOND = (f"{ARTICLE}sentences/{key}/" for key in Followed.KEYS)


@pytest.fixture(scope="module")
def _story(kept):
    return kept(Followed)


@pytest.fixture
def story(_story, clock):
    clock.move_to(AT[5])
    return deepcopy(_story)


def without_the_second(story, **options):
    """The next edition, in which the second sentence is gone, and another after that."""
    for signed in ("Two states signed a treaty on 27 May 2026", "Two states signed a treaty on 30 May 2026"):
        story._next_day()
        story.save(body=story.body(signed=signed).partition("</p>")[0] + "</p>")
        story.publish(**options)


def test_a_sentence_that_stands_is_led_to_also_after_its_words_changed(
    client, story, django_assert_num_queries
):
    story.correct()
    with django_assert_num_queries(1):
        answer = client.get(FIRST)
    assert (answer.status_code, answer["Location"]) == (302, f"{ARTICLE}#s-{story.KEYS[0]}")
    assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
    assert answer["Surrogate-Key"] == "article-a-treaty"


def test_a_sentence_that_is_gone_says_what_it_said_and_what_took_it_away(
    client, story, django_assert_num_queries
):
    without_the_second(story, kind="correction", note=NOTE)
    with django_assert_num_queries(2):
        answer = client.get(SECOND)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    page = read(answer.text)
    assert page.one("blockquote").text == "Ada Sample called it “a good day”"
    assert "It last stood in edition 1 of 1 June 2026, 13:00 BST." in page.one("main").text
    notice = page.one(class_="notice")
    assert notice.one("h2").text == "Gone since edition 2: Correction"
    assert NOTE in notice.text
    assert [removed.text for removed in notice.all("del")] == ["Ada Sample called it “a good day”"]
    links = [link["href"] for link in page.one("main").all("a")]
    assert links == [
        ARTICLE,
        f"{ARTICLE}editions/1/#s-{story.KEYS[1]}",
        ARTICLE,
        f"{ARTICLE}history/",
    ]


def test_a_sentence_of_a_retracted_article_says_so(client, story):
    story.retract()
    page = read(client.get(FIRST).text)
    assert page.one("blockquote").text == "Two states signed a treaty on 27 May 2026"
    assert page.one(class_="notice").one("h2").text == "Gone since edition 2: Retraction"
    assert "We were deceived." in page.one(class_="notice").text


@pytest.mark.parametrize("close", ["take_down", "unpublish"])
def test_what_cannot_be_opened_any_more_is_not_told_of(client, story, close):
    getattr(story, close)()
    answer = client.get(FIRST)
    assert answer.status_code == 410
    assert "27 May" not in answer.text


def test_what_waits_is_not_told_of(client, story, clock):
    story.now = AT[2]
    story.save(body=story.body().replace(story.KEYS[1], "cccccccccc"))
    story.publish(at=AT[4])
    clock.move_to(AT[3])
    assert client.get(f"{ARTICLE}sentences/cccccccccc/").status_code == 404
    assert client.get(SECOND).status_code == 302
    clock.move_to(AT[4])
    assert client.get(f"{ARTICLE}sentences/cccccccccc/").status_code == 302
    assert client.get(SECOND).status_code == 200


@pytest.mark.parametrize("key", ["zzzzzzzzzz", "0", "AAAAAAAAAA", "a" * 11, "%27%20OR%201", "s-aaaaaaaaaa"])
def test_a_sentence_that_never_was_is_not_found(client, story, key):
    assert client.get(f"{ARTICLE}sentences/{key}/").status_code == 404
    assert client.get(f"/articles/nothing/sentences/{story.KEYS[0]}/").status_code == 404


def test_an_article_that_moved_takes_its_sentences_along(client, story):
    change_address(story.reload(), slug="elsewhere", by=story.duty, now=AT[3])
    answer = client.get(FIRST)
    assert (answer.status_code, answer["Location"]) == (
        301,
        f"/articles/elsewhere/sentences/{story.KEYS[0]}/",
    )
