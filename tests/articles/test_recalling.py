"""What was found wrong is corrected once: recorded, held, told to every article, and open until nothing shows it."""

from datetime import timedelta

import pytest

from articles import recalling
from articles.corrections import retract
from articles.drafting import save_draft
from articles.models import Recall, Release
from articles.publishing import announce_due
from articles.readiness import blockers
from articles.recalling import still_showing
from articles.withdrawing import reinstate_source, withdraw_source
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.illustrating.shown import KEY, figure, keep
from tests.making import NOW, Desk, make_claim, make_speaker

pytestmark = pytest.mark.django_db
RIGHT = "Two states initialled a treaty on 27 May 2026"


def later(**delta):
    return NOW + timedelta(**delta)


def recall(found_wrong, by, **options):
    return recalling.recall(
        found_wrong, **{"reason": "It was initialled only.", "by": by, "now": later(hours=1), **options}
    )


@pytest.fixture
def desk():
    return Desk()


def article_that_says(desk, other: Desk):
    """Lets the story of ``other`` name the claim of ``desk`` in its first sentence."""
    other.claim = desk.claim
    other.save(body=other.body())
    return other


def test_a_recall_records_every_wording_that_shows_or_waits_with_its_evidence(desk):
    other = article_that_says(desk, Desk())
    desk.publish()
    waits = other.publish(at=later(days=1))
    recalled = recall(desk.claim, desk.editor)

    told = list(recalled.told.order_by("article_id"))
    assert [(said.article, said.number, said.key) for said in told] == [
        (desk.article, 1, Desk.KEYS[0]),
        (other.article, 1, Desk.KEYS[0]),
    ]
    assert {entry["source"] for entry in told[0].evidence} == {desk.first.public_id, desk.second.public_id}
    assert Release.objects.get(edition=waits).held_for == "recalled"
    entries = AuditEvent.objects.filter(act="article.correction_opened")
    assert [entry.object_id for entry in entries] == [desk.article.public_id]


def test_it_cannot_be_closed_while_one_article_still_says_it(desk):
    other = article_that_says(desk, Desk())
    desk.publish()
    other.publish()
    recalled = recall(desk.claim, desk.editor)
    for story in (desk, other):
        with pytest.raises(DomainError) as refused:
            recalling.close(recalled, by=desk.editor, now=later(hours=4))
        assert refused.value.code == "still_shown"
        assert story.article.slug in refused.value.message
        story.now = later(hours=2)
        story.save(body=story.body(signed=RIGHT))
        story.publish(kind="correction", note="The treaty was initialled, not signed.")
    assert still_showing(recalled, now=later(hours=4)) == []
    recalling.close(recalled, by=desk.editor, now=later(hours=4))
    assert Recall.objects.get().closed_by == desk.editor


def test_until_then_a_draft_that_still_says_it_is_blocked(desk):
    desk.publish()
    recall(desk.claim, desk.editor)
    assert [b.place for b in blockers(desk.reload()) if b.code == "recalled"] == [Desk.KEYS[0]]
    desk.save(body=desk.body(signed=RIGHT))
    assert not [b for b in blockers(desk.reload()) if b.code == "recalled"]


def test_a_quote_is_wrong_by_its_words_and_by_who_is_said_to_have_said_them(desk):
    desk.publish()
    recalled = recall(desk.quote, desk.editor, reason="Somebody else said it.")
    assert [b.place for b in blockers(desk.reload()) if b.code == "recalled"] == [Desk.KEYS[1]]
    desk.quote.speaker, desk.quote.role = make_speaker("Jan Example")
    desk.quote.save()
    assert not [b for b in blockers(desk.reload()) if b.code == "recalled"]
    assert [place.key for place in still_showing(recalled, now=later(hours=2))] == [Desk.KEYS[1]]
    desk.now = later(hours=3)
    desk.publish(kind="correction", note="Jan Example said it.")
    assert still_showing(recalled, now=later(hours=4)) == []


def test_an_approved_draft_that_still_says_it_goes_back_and_one_that_does_not_stays(desk):
    desk.publish()
    desk.save(headline="A treaty was signed")
    desk.check_all()
    desk.approve()
    first = recall(desk.claim, desk.editor)
    assert desk.reload().stage == "draft"
    assert not desk.article.approvals.filter(withdrawn_at=None).exists()

    Recall.objects.filter(pk=first.pk).update(closed_at=NOW, closed_by=desk.editor)
    desk.save(body=desk.body(signed=RIGHT))
    desk.check_all()
    desk.approve()
    recall(desk.claim, desk.editor)
    assert desk.reload().stage == "approved"


def test_what_was_retracted_shows_it_no_more(desk):
    desk.publish()
    recalled = recall(desk.claim, desk.editor)
    retract(desk.article, by=desk.duty, now=later(hours=2), note="It was initialled.")
    assert still_showing(recalled, now=later(hours=3)) == []


def test_withdrawing_a_source_starts_the_same_and_reinstating_it_ends_it(desk):
    desk.publish()
    source = withdraw_source(
        desk.second, by=desk.editor, now=later(hours=1), withdrawn_by="publisher", reason="It was wrong."
    )
    recalled = Recall.objects.get(source=source)
    assert {place.key for place in still_showing(recalled, now=later(hours=2))} == set(Desk.KEYS)
    with pytest.raises(DomainError) as refused:
        recalling.close(recalled, by=desk.editor, now=later(hours=2))
    assert refused.value.code == "still_shown"
    reinstate_source(source, by=desk.duty, now=later(hours=3), reason="It was right.")
    assert Recall.objects.get().closed_by == desk.duty


@pytest.mark.parametrize(
    ("change", "code"),
    [({"by": "reporter"}, "not_allowed"), ({"reason": " "}, "reason_missing"), ({}, "recalled_already")],
)
def test_what_is_refused_changes_nothing(desk, change, code):
    desk.publish()
    recall(desk.claim, desk.editor)
    target = desk.claim if code == "recalled_already" else desk.quote
    by = getattr(desk, change.pop("by", "editor"))
    with pytest.raises(DomainError) as refused:
        recall(target, by, **change)
    assert refused.value.code == code
    assert Recall.objects.count() == 1


def test_a_closed_recall_is_not_closed_again(desk):
    recalled = recall(desk.claim, desk.editor)
    recalling.close(recalled, by=desk.editor, now=later(hours=2))
    with pytest.raises(DomainError) as refused:
        recalling.close(recalled, by=desk.editor, now=later(hours=3))
    assert refused.value.code == "closed_already"


@pytest.mark.parametrize("articles", [1, 4])
def test_what_still_shows_it_is_found_by_the_same_queries_however_often_it_was_said(
    desk, articles, django_assert_max_num_queries
):
    for story in [desk, *(article_that_says(desk, Desk()) for _ in range(articles - 1))]:
        story.publish()
    recalled = recall(desk.claim, desk.editor)
    with django_assert_max_num_queries(6):
        assert len(still_showing(recalled, now=later(hours=2))) == articles


def test_the_draft_is_never_rewritten(desk):
    desk.publish()
    before = desk.reload().body
    recall(desk.claim, desk.editor)
    assert desk.reload().body == before
    save_draft(
        desk.article, by=desk.reporter, now=later(hours=2), version=desk.article.version, headline="Same text"
    )
    assert desk.reload().body == before


def test_naming_another_record_rights_nothing(desk):
    desk.publish()
    recalled = recall(desk.claim, desk.editor)
    desk.claim = make_claim(desk.reporter, desk.first, desk.second, label="The same again")
    desk.save(body=desk.body())
    assert [b.place for b in blockers(desk.reload()) if b.code == "recalled"] == [Desk.KEYS[0]]
    desk.now = later(hours=2)
    desk.check_all()
    desk.waive_all()
    desk.publish()
    assert [place.key for place in still_showing(recalled, now=later(hours=3))] == [Desk.KEYS[0]]


def test_words_that_nobody_is_said_to_have_said_are_still_the_wrong_words(desk):
    desk.publish()
    recalled = recall(desk.quote, desk.editor)
    desk.save(body=desk.body().replace(f' data-quotes="{desk.quote.public_id}"', ""))
    assert Desk.KEYS[1] in [b.place for b in blockers(desk.reload()) if b.code == "recalled"]
    assert [place.key for place in still_showing(recalled, now=later(hours=2))] == [Desk.KEYS[1]]


def test_what_another_clock_has_announced_is_told_to_its_writers_and_refuses_nothing(desk):
    desk.publish(at=later(hours=2))
    announce_due(now=later(hours=2))
    recalled = recall(desk.claim, desk.editor, now=later(hours=1))
    assert recalled.told.count() == 1
    assert not Release.objects.exclude(held_for="").exists()


def test_a_headline_that_repeats_it_word_for_word_still_shows_it(desk):
    wrong = "Two states signed a treaty on 27 May 2026"
    desk.save(headline=f"Today: {wrong}")
    desk.publish()
    recalled = recall(desk.claim, desk.editor)
    desk.now = later(hours=2)
    desk.save(body=desk.body(signed=RIGHT))
    desk.publish(kind="correction", note="It was initialled.")
    assert [place.key for place in still_showing(recalled, now=later(hours=3))] == ["headline"]
    desk.now = later(hours=4)
    desk.save(headline="Two states initial a treaty")
    desk.publish(kind="correction", note="Of the headline, too.")
    assert still_showing(recalled, now=later(hours=5)) == []


def test_a_caption_that_repeats_it_word_for_word_still_shows_it(desk):
    wrong = "Two states signed a treaty on 27 May 2026"
    image = keep(desk)
    desk.save(body=desk.body() + figure(image, f"Where {wrong}", desk.KEYS[0]))
    desk.publish()
    recalled = recall(desk.claim, desk.editor)
    desk.now = later(hours=2)
    desk.save(body=desk.body(signed=RIGHT) + figure(image, f"Where {wrong}", desk.KEYS[0]))
    desk.check_all()
    desk.waive_all()
    desk.publish(kind="correction", note="It was initialled.")
    assert [place.key for place in still_showing(recalled, now=later(hours=3))] == [f"figure:{KEY}"]
    desk.now = later(hours=4)
    desk.save(body=desk.body(signed=RIGHT) + figure(image))
    desk.publish(kind="correction", note="Of the caption, too.")
    assert still_showing(recalled, now=later(hours=5)) == []
