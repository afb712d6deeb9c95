"""How drafts stand is counted after every act that touches one or its evidence."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import assigning, corrections, evidence, legal_holds, publishing, review, standings, withdrawing
from articles.models import Article, Claim, DraftStanding
from newsroom.notices.models import Notice
from tests.articles.standing import counted, standing_of
from tests.making import NOW, Desk, draft_digest, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def after(desk, django_capture_on_commit_callbacks):
    """Count what the acts of a block touched; how the draft stands then."""

    def run(*acts):
        with counted(django_capture_on_commit_callbacks):
            for act in acts:
                act(desk)
        return standing_of(desk.article)

    return run


def submit(desk):
    review.submit(desk.reload(), by=desk.reporter, now=NOW)


def check(desk):
    desk.check_all()


def reword(desk):
    desk.save(body=desk.body(signed="Two states signed a pact on 27 May 2026"))


def withdraw_a_source(desk):
    withdrawing.withdraw_source(
        desk.first, reason="Forged.", withdrawn_by="newsroom", by=desk.editor, now=NOW
    )


def cite_more(desk):
    evidence.cite(desk.claim, make_source(desk.reporter), by=desk.reporter, now=NOW)


def waive(desk):
    desk.waive_all()


def assign(desk):
    assigning.assign(desk.reload(), to=desk.checker, task="check", by=desk.editor, now=NOW)


def hold(desk):
    legal_holds.hold_legally(desk.reload(), reason="A letter came.", by=desk.duty, now=NOW)


def publish(desk):
    desk.publish()


def unpublish_later(desk):
    now = timezone.now()
    corrections.unpublish(
        desk.reload(), by=desk.duty, now=now, reason="Rights end.", at=now + timedelta(days=9)
    )


# Acts in order → what the draft's standing says after the last of them.
TABLE = [
    ([submit], {"sentences": 2, "with_evidence": 2, "checked": 0, "lapsed": 0}),
    ([submit, check], {"checked": 2, "lapsed": 0, "codes": {"not_approved": 1}}),
    ([submit, check, reword], {"checked": 1, "lapsed": 1}),
    ([submit, check, cite_more], {"checked": 1, "lapsed": 1}),
    ([submit, check, withdraw_a_source], {"absolute": 2}),
    ([submit, hold], {"absolute": 2}),
    ([submit, waive], {"waived": 2, "repair_by": NOW + timedelta(days=1), "labelled": 0}),
    ([publish], {"blocked": 0, "codes": {}, "labelled": 0}),
]


@pytest.mark.parametrize(
    ("acts", "expected"), TABLE, ids=lambda v: "+".join(f.__name__ for f in v) if isinstance(v, list) else ""
)
def test_the_standing_is_right_after_each_act(acts, expected, after):
    found = after(*acts)
    assert {name: getattr(found, name) for name in expected} == expected


def test_who_it_is_of_and_whom_it_is_assigned_to_is_counted_too(desk, after):
    assert after(submit).people == [desk.reporter.pk]
    assert set(after(assign).people) == {desk.reporter.pk, desk.checker.pk}


def test_what_went_out_unchecked_stays_to_be_repaired_until_it_is_repaired(desk, after):
    def let_go(desk):
        desk.approve()
        desk.waive_all()
        publishing.publish(desk.reload(), by=desk.duty, now=NOW)

    found = after(let_go)
    assert (found.waived, found.labelled, found.blocked) == (2, 2, 0)
    found = after(check)
    assert (found.waived, found.labelled, found.repair_by) == (0, 2, None)
    # What will be taken from readers later is still there.
    assert after(unpublish_later).labelled == 2


def test_who_wrote_and_who_checked_hear_once_that_checks_lapsed_by_what_was_changed_elsewhere(desk, after):
    def unread():
        return {
            notice.to
            for notice in Notice.objects.filter(kind=standings.LAPSED, read_at=None).select_related("to")
        }

    after(submit, check)
    after(cite_more)
    assert unread() == {desk.reporter, desk.checker}
    after(cite_more)
    assert Notice.objects.filter(kind=standings.LAPSED).count() == 2
    after(check)
    assert unread() == set()
    # Whoever saves a draft knows that what they reworded is to be checked again.
    desk.now = NOW + timedelta(days=400)
    after(reword)
    assert unread() == set()


def test_one_count_waits_however_often_a_draft_is_touched(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(desk)
        check(desk)
        reword(desk)
    waiting = ProcrastinateJob.objects.filter(task_name=standings.COUNT, args={"article": desk.article.pk})
    assert waiting.count() == 1


def test_an_act_that_is_undone_queues_nothing(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        submit(desk)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name=standings.COUNT).exists()


def test_a_draft_that_nobody_counted_is_found(desk):
    assert standings.missed(5) == [desk.article.pk]
    standings.count_standing(desk.article.pk, now=NOW)
    assert standings.missed(5) == []
    Article.objects.filter(pk=desk.article.pk).update(saved_at=NOW + timedelta(hours=1))
    assert standings.missed(5) == [desk.article.pk]


def test_what_touches_a_shared_record_touches_the_drafts_that_rest_on_it():
    here, there = Desk(), Desk()
    assert set(standings.touched_by(here.claim)) == {here.article}
    assert set(standings.touched_by(here.quote)) == {here.article}
    assert set(standings.touched_by(here.claim.citations.first())) == {here.article}
    assert set(standings.touched_by(there.second)) == {there.article}
    assert set(standings.touched_by(Claim(public_id="unused"))) == set()


def test_a_standing_opens_nothing_and_a_count_is_repeated_safely(desk):
    first = standings.count_standing(desk.article.pk, now=NOW)
    again = standings.count_standing(desk.article.pk, now=NOW)
    assert (first, DraftStanding.objects.count()) == (again, 1)
    assert draft_digest(desk.reload())
