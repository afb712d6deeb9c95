"""What we may print of a source, and when: quotation allowances and embargoes hold an edition back."""

from datetime import timedelta

import pytest

from articles import publishing
from articles.models import Citation, Quote
from articles.readiness import NotReady, blockers
from sources.models import Source
from tests.making import NOW, Desk, archive

pytestmark = pytest.mark.django_db

UNTIL = NOW + timedelta(hours=1)


@pytest.fixture
def desk():
    """A story that lacks nothing but its approval."""
    desk = Desk()
    desk.check_all()
    return desk


def under_embargo(desk):
    Source.objects.filter(pk=desk.second.pk).update(embargoed_until=UNTIL)


def codes(desk, **options):
    return [b.code for b in blockers(desk.reload(), **options) if b.code != "not_approved"]


def test_an_embargo_is_over_at_its_moment(desk):
    under_embargo(desk)
    tick = timedelta(microseconds=1)
    refused = ["source_embargoed"]
    assert codes(desk, now=NOW) == refused
    assert codes(desk, now=UNTIL - tick) == refused
    assert codes(desk, now=UNTIL) == []
    assert codes(desk, now=NOW, shows_from=UNTIL - tick) == refused
    assert codes(desk, now=NOW, shows_from=UNTIL) == []


def test_an_edition_may_be_scheduled_for_the_end_of_an_embargo_and_not_before(desk):
    under_embargo(desk)
    desk.approve()
    for at in (None, UNTIL - timedelta(seconds=1)):
        with pytest.raises(NotReady) as refused:
            publishing.publish(desk.article, by=desk.duty, now=NOW, at=at)
        assert [b.code for b in refused.value.blockers] == ["source_embargoed"]
    assert publishing.publish(desk.article, by=desk.duty, now=NOW, at=UNTIL).number == 1


def allow(desk, words):
    Source.objects.filter(pk=desk.second.pk).update(quotation_allowance=words)


def test_an_allowance_is_held_against_the_words_the_article_prints(desk):
    Citation.objects.filter(claim=desk.claim, source=desk.second).delete()
    desk.check_all()
    allow(desk, 3)
    assert codes(desk) == []
    allow(desk, 2)
    [blocker] = [b for b in blockers(desk.reload()) if b.code == "allowance_exceeded"]
    assert (blocker.place, blocker.excerpt) == (f"source:{desk.second.public_id}", "[2] 3 of 2 words")


@pytest.mark.parametrize(
    ("change", "count"),
    [
        # The quote, three words; the claim's passage is "Source 2 reports what was agreed".
        (lambda desk: None, 9),
        (lambda desk: desk.save(body=desk.reload().body + again(desk)), 12),
        (lambda desk: archive(desk.quote.citations.get(), "What a good day this was"), 12),
        (lambda desk: Quote.objects.update(original="to był bardzo dobry dzień, mówię wam"), 13),
        (lambda desk: only_reported(desk.quote), 6),
    ],
    ids=["quote and passage", "printed twice", "longer passage", "longer original", "only reported"],
)
def test_what_counts_of_a_source(desk, change, count):
    Quote.objects.update(original_language="pl", translator="us", original="dobry dzień")
    archive(desk.quote.citations.get())
    change(desk)
    allow(desk, 0)
    [excerpt] = [b.excerpt for b in blockers(desk.reload()) if b.code == "allowance_exceeded"]
    assert excerpt == f"[2] {count} of 0 words"


def only_reported(quote):
    without_passage = {"snapshot": None, "start": None, "exact": "", "prefix": "", "suffix": ""}
    Citation.objects.filter(quote=quote).update(carries="report", **without_passage)


def again(desk):
    quote = desk.quote.public_id
    return (
        f'<p><span data-segment="cccccccccc" data-quotes="{quote}">“<span data-words="{quote}">a good day</span>”'
        "</span>.</p>"
    )
