"""One person writes a draft at a time: who has it open, when that lapses, and how it is taken over."""

from datetime import timedelta

import pytest

from articles import draft_locks, drafting
from articles.models import DraftLock
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.notices.models import Notice
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PAGE, OTHER_PAGE = "000000000001", "000000000002"


@pytest.fixture
def desk():
    return Desk()


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_while_one_person_has_the_draft_open_nobody_else_opens_or_saves_it(desk):
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW, page=PAGE)
    with refused("locked"):
        draft_locks.hold(desk.article, by=desk.editor, now=NOW + MINUTE)
    with refused("locked"):
        drafting.save_draft(desk.article, by=desk.editor, now=NOW + MINUTE, version=1, headline="Mine")
    saved = drafting.save_draft(desk.article, by=desk.reporter, now=NOW + MINUTE, version=1, headline="Hers")
    assert saved.headline == "Hers"


def test_a_shell_is_held_off_like_a_person(desk):
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    desk.editor.acting_through = "shell"
    with refused("locked"):
        drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=1, headline="By shell")


def test_the_lock_lapses_some_minutes_after_the_last_sign_of_life(desk):
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW + 4 * MINUTE)
    with refused("locked"):
        draft_locks.hold(desk.article, by=desk.editor, now=NOW + 8 * MINUTE)
    lock = draft_locks.hold(desk.article, by=desk.editor, now=NOW + 9 * MINUTE)
    assert (lock.holder, lock.taken_at) == (desk.editor, NOW + 9 * MINUTE)
    with refused("locked"):
        drafting.save_draft(desk.article, by=desk.reporter, now=NOW + 9 * MINUTE, version=1, headline="Late")


def test_a_page_that_is_left_lets_go_of_its_own_lock_only(desk):
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW, page=PAGE)
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW, page=OTHER_PAGE)
    draft_locks.let_go(desk.article, by=desk.reporter, page=PAGE)
    draft_locks.let_go(desk.article, by=desk.editor, page=OTHER_PAGE)
    assert draft_locks.holder_of(desk.article, now=NOW).holder == desk.reporter
    draft_locks.let_go(desk.article, by=desk.reporter, page=OTHER_PAGE)
    assert draft_locks.holder_of(desk.article, now=NOW) is None


def test_a_draft_is_taken_over_with_a_reason_and_the_former_holder_is_told_why(desk):
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    with refused("reason_missing"):
        draft_locks.take_over(desk.article, by=desk.editor, now=NOW, reason="  ")
    draft_locks.take_over(desk.article, by=desk.editor, now=NOW + MINUTE, reason="She is on a train.")
    event = AuditEvent.objects.get(act="article.taken_over")
    assert (event.by, event.data) == (
        desk.editor,
        {"taken_from": str(desk.reporter), "reason": "She is on a train."},
    )
    with refused("locked") as told:
        draft_locks.hold(desk.article, by=desk.reporter, now=NOW + MINUTE)
    assert "She is on a train." in told.value.message
    assert str(desk.editor) in told.value.message
    notice = Notice.objects.get(kind="article.taken_over")
    assert (notice.to, notice.facts["words"]) == (desk.reporter, "She is on a train.")
    drafting.save_draft(desk.article, by=desk.editor, now=NOW + MINUTE, version=1, headline="The editor's")


@pytest.mark.parametrize(
    ("who", "code"), [("reporter", "not_allowed"), ("fact_checker", "not_allowed"), ("editor", "not_locked")]
)
def test_a_draft_is_not_taken_over(desk, who, code):
    """Not by those who may not, and not from nobody."""
    if code == "not_allowed":
        draft_locks.hold(desk.article, by=desk.duty, now=NOW)
    with refused(code):
        draft_locks.take_over(desk.article, by=make_user(who), now=NOW, reason="Please.")
    assert AuditEvent.objects.filter(act="article.taken_over").count() == 0


def test_who_may_not_write_holds_nobody_off(desk):
    with refused("not_allowed"):
        draft_locks.hold(desk.article, by=desk.checker, now=NOW)
    assert not DraftLock.objects.exists()
