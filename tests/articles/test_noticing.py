"""Who hears of which act."""

from datetime import timedelta

import pytest

from articles import fact_checking, recalling, review, scheduling
from articles.corrections import confirm_removal, retract
from articles.dossier import open_dossier
from newsroom.notices.models import Notice
from tests.making import NOW, Desk, draft_digest, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("to__username", flat=True))


def names(*users):
    return {user.username for user in users}


def waiting(user):
    return list(Notice.objects.filter(to=user, read_at=None).order_by("pk").values_list("kind", flat=True))


def test_each_step_tells_those_who_take_the_next_and_is_over_once_they_did(desk):
    review.submit(desk.article, by=desk.reporter, now=NOW)
    assert waiting(desk.checker) == ["article.submitted"]
    review.send_to_review(desk.article, by=desk.checker, now=NOW)
    assert waiting(desk.checker) == []
    assert waiting(desk.editor) == ["article.sent_to_review"]
    desk.check_all()
    review.approve(desk.article, by=desk.editor, now=NOW, digest=draft_digest(desk.reload()))
    assert waiting(desk.editor) == []
    assert told("article.approved") == names(desk.reporter, desk.duty)
    desk.publish()
    assert waiting(desk.duty) == []
    assert told("article.published") == names(desk.reporter)


def test_an_editor_is_not_asked_to_approve_their_own_article(desk):
    desk.reporter.groups.add(*desk.editor.groups.all())
    review.submit(desk.article, by=desk.reporter, now=NOW)
    review.send_to_review(desk.article, by=desk.checker, now=NOW)
    assert told("article.sent_to_review") == names(desk.editor)


def test_the_writers_hear_why_it_came_back(desk):
    review.submit(desk.article, by=desk.reporter, now=NOW)
    review.send_back(desk.article, by=desk.editor, now=NOW, reason="The date is missing.")
    notice = Notice.objects.get(kind="article.sent_back")
    assert (notice.to, notice.facts["words"]) == (desk.reporter, "The date is missing.")


def test_who_approved_hears_that_it_no_longer_holds(desk):
    desk.check_all()
    desk.approve()
    desk.save(headline="Another headline")
    assert told("article.changed_after_approval") == names(desk.editor)
    desk.check_all()
    desk.approve()
    review.withdraw_approval(desk.article, by=desk.duty, now=NOW, reason="Wait.")
    assert told("article.approval_withdrawn") == names(desk.reporter, desk.editor)


def test_only_a_negative_check_is_told_to_the_writers(desk):
    seen = open_dossier(desk.article).segments[0]
    for verdict in ("supports", "unsure", "does_not"):
        fact_checking.record_check(
            desk.article, seen.key, verdict=verdict, by=desk.checker, now=NOW, fingerprint=seen.fingerprint,
            note="It says May.",
        )  # fmt: skip
    notice = Notice.objects.get()
    assert (notice.to, notice.kind) == (desk.reporter, "segment.checked_negative")
    assert notice.facts == {"place": seen.key, "words": "It says May."}


def test_a_waiting_edition_that_moves_or_is_held_is_told(desk):
    edition = desk.publish(at=NOW + timedelta(days=1))
    scheduling.reschedule(edition, at=NOW + timedelta(days=2), by=desk.duty, now=NOW)
    scheduling.cancel(edition, by=desk.duty, now=NOW)
    assert told("article.scheduled") == told("edition.rescheduled") == names(desk.reporter)
    assert told("edition.held") == names(desk.reporter)  # The only duty editor did it.


def test_a_removal_asks_for_a_second_person_until_one_confirms(desk):
    desk.publish()
    second = make_user("duty_editor")
    later = NOW + timedelta(hours=1)
    retract(desk.article, by=desk.duty, now=later, note="Wrong.")
    assert told("article.removal_to_confirm") == names(desk.editor, second)
    assert told("article.removed") == names(desk.reporter)
    confirm_removal(desk.article, by=second, now=later)
    assert "article.removal_to_confirm" not in waiting(desk.editor)


def test_a_recall_tells_the_writers_of_what_shows_it(desk):
    desk.publish()
    recalling.recall(desk.claim, reason="Not signed.", by=desk.editor, now=NOW + timedelta(hours=1))
    assert told("article.correction_opened") == names(desk.reporter)
