"""The text of an article in a feed says what its page says."""

import pytest

from articles import review
from articles.readiness import blockers
from articles.withdrawing import withdraw_source
from tests.articles.public.feed_stories import items, later
from tests.articles.public.stories import ANALYSIS, long_story
from tests.articles.rendering.html import read
from tests.making import Desk, cite, make_source

pytestmark = pytest.mark.django_db


def test_the_day_on_which_a_confidential_source_went_is_the_newsrooms_west_of_greenwich_too(
    client, clock, settings
):
    settings.NEWSROOM_TIME_ZONE = "America/New_York"
    desk = Desk(slug="a-treaty")
    hidden = make_source(desk.reporter, confidential=True, public_label="a diplomat", title="", url="")
    cite(desk.claim, hidden, by=desk.reporter)
    desk.save(body=desk.body())
    desk.publish()
    for source in (hidden, desk.second):
        withdraw_source(
            source, by=desk.duty, now=later(days=9), withdrawn_by="newsroom", reason="It was forged."
        )
    clock.move_to(later(days=10))
    said = "Withdrawn by us on 10 June 2026:"
    page = read(client.get("/articles/a-treaty/").text)
    assert [told.text for told in page.one(id="sources").all("strong")] == [said] * 2
    assert items(client)[0]["content_html"].count(said) == 2


def test_a_headline_that_nobody_has_checked_says_so(client):
    desk = Desk(slug="a-treaty")
    desk.save(headline_rests_on=[])
    desk.check_all()
    for blocker in blockers(desk.reload()):
        if not blocker.absolute:
            review.waive(
                desk.article,
                code=blocker.code,
                place=blocker.place,
                fingerprint=blocker.fingerprint,
                reason="breaking news",
                repair_by=later(days=1),
                by=desk.duty,
                now=desk.now,
            )
    desk.publish()
    assert "[headline not yet checked]" in client.get("/articles/a-treaty/").text
    html = items(client)[0]["content_html"]
    assert html.startswith("<p><small>[headline not yet checked]</small></p>")


def test_a_sentence_that_needs_no_source_says_why(client, clock):
    story = long_story()
    clock.move_to(later(days=1))
    assert "[our own analysis]" in client.get(story.path).text
    assert f"{ANALYSIS}</span> <small>[our own analysis]</small>" in items(client)[0]["content_html"]
