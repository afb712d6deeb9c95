"""Tasks: who gets one, who gives one, and when it ends."""

from datetime import timedelta

import pytest

from articles import assigning, publishing, review
from articles.models import Assignment, Scope
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db

DUE = NOW + timedelta(hours=2)


@pytest.fixture
def desk():
    return Desk()


def give(desk, task="check", **options):
    options = {"to": desk.checker, "by": desk.editor, "due_at": DUE, "now": NOW} | options
    return assigning.assign(desk.reload(), task=task, **options)


def test_a_task_has_a_person_a_moment_and_a_note(desk):
    task = give(desk, note="Mind the date.")
    assert (task.to, task.by, task.due_at, task.note) == (desk.checker, desk.editor, DUE, "Mind the date.")
    told = AuditEvent.objects.get(act="article.assigned")
    assert told.data == {"to": desk.checker.username, "task": "check", "due_at": DUE.isoformat()}


# Who gives which task to whom → the refusal's code, None: given.
REFUSALS = [
    ("editor", "checker", "check", None),
    ("editor", "reporter", "write", None),
    ("duty", "editor", "review", None),
    ("checker", "checker", "check", None),
    ("checker", "reporter", "write", "not_allowed"),
    ("reporter", "checker", "check", "not_allowed"),
    ("editor", "reporter", "check", "assignee_cannot"),
    ("editor", "checker", "review", "assignee_cannot"),
    ("editor", "checker", "edit", "task_unknown"),
]


@pytest.mark.parametrize(("by", "to", "task", "code"), REFUSALS)
def test_who_may_give_what_to_whom(desk, by, to, task, code):
    try:
        give(desk, task, by=getattr(desk, by), to=getattr(desk, to))
        refused = None
    except DomainError as error:
        refused = error.code
    assert refused == code


def test_nobody_gets_a_task_with_what_they_do_not_work_on_or_the_review_of_their_own(desk):
    Scope.objects.create(user=desk.checker, language="pl")
    author = make_user("editor", "reporter")
    desk.article.byline_set.all().delete()
    type(desk.article).objects.update(created_by=author)
    for to, task in ((desk.checker, "check"), (author, "review")):
        with pytest.raises(DomainError) as refused:
            give(desk, task, to=to, by=desk.duty)
        assert refused.value.code == "assignee_cannot"


def test_a_task_is_given_once_and_in_time(desk):
    give(desk)
    with pytest.raises(DomainError) as twice:
        give(desk)
    with pytest.raises(DomainError) as late:
        give(desk, to=desk.duty, task="write", due_at=NOW)
    assert (twice.value.code, late.value.code) == ("assigned_already", "moment_passed")


def test_a_task_is_taken_back_by_those_concerned(desk):
    task = give(desk)
    with pytest.raises(DomainError) as refused:
        assigning.unassign(task, by=desk.reporter, now=NOW)
    assert refused.value.code == "not_allowed"
    assert assigning.unassign(task, by=desk.checker, now=NOW).ended_at == NOW
    with pytest.raises(DomainError) as ended:
        assigning.unassign(task, by=desk.checker, now=NOW)
    assert ended.value.code == "ended_already"


def test_a_draft_that_moves_on_ends_what_was_to_be_done(desk):
    give(desk, "write", to=desk.reporter)
    give(desk, "check")
    give(desk, "review", to=desk.editor)

    def open_tasks():
        return set(Assignment.objects.filter(ended_at=None).values_list("task", flat=True))

    review.submit(desk.reload(), by=desk.reporter, now=NOW)
    assert open_tasks() == {"check", "review"}
    desk.check_all()
    review.send_to_review(desk.reload(), by=desk.checker, now=NOW)
    assert open_tasks() == {"review"}
    desk.approve()
    assert open_tasks() == set()
    give(desk, "write", to=desk.reporter)
    publishing.publish(desk.reload(), by=desk.duty, now=NOW)
    assert open_tasks() == set()
