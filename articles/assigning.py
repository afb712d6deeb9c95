"""Give a draft to a person, with what is to be done and until when; a draft that moves on ends what was done."""

from datetime import datetime

from django.db import transaction

from articles.access import may, raise_if_may_not
from articles.draft_locks import lock
from articles.models import Article, Assignment, Task
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import tell

NOTE_LENGTH = 500
# Who gives tasks to others; everybody takes one on.
ASSIGNERS = frozenset({Role.EDITOR, Role.DUTY_EDITOR})
# What somebody must be allowed who is given the task.
ASKED = {Task.WRITE: "save", Task.CHECK: "check", Task.REVIEW: "approve"}
# Moves of the draft, and the tasks that are done with it then.
ENDED_BY = {
    "submit": {Task.WRITE},
    "send_to_review": {Task.CHECK},
    "send_back": {Task.CHECK, Task.REVIEW},
    "approve": {Task.CHECK, Task.REVIEW},
    "publish": set(Task),
}


@transaction.atomic
def assign(
    article: Article, *, to, task: str, due_at: datetime | None = None, note: str = "", by, now: datetime
) -> Assignment:
    """Give ``to`` the ``task``, due at ``due_at`` (aware; None: nobody says when).

    Raises DomainError ``not_allowed``, ``task_unknown``, ``assignee_cannot``, ``assigned_already``,
    ``moment_passed``, ``text_too_long``.
    """
    article = lock(article)
    raise_if_may_not(by, "assign", article)
    if to != by and not by.roles & ASSIGNERS:
        raise DomainError(
            "not_allowed", "An editor gives tasks to others; you can take it on yourself.", "to"
        )
    if task not in Task.values:
        raise DomainError("task_unknown", "There is no such task.", "task")
    if not can_be_given(article, to, task):
        raise DomainError("assignee_cannot", "This person cannot do that with this article.", "to")
    if due_at and due_at <= now:
        raise DomainError("moment_passed", "The moment it is due at has passed.", "due_at")
    if Assignment.objects.filter(article=article, to=to, task=task, ended_at=None).exists():
        raise DomainError("assigned_already", "This person has this task already.", "to")
    note = typed(note, "note", limit=NOTE_LENGTH, lines=False)
    given = Assignment.objects.create(
        article=article, to=to, task=task, due_at=due_at, note=note, by=by, at=now
    )
    due = {"due_at": due_at.isoformat()} if due_at else {}
    record("article.assigned", article, by=by, now=now, to=to.username, task=task, **due)
    tell([to], "article.assigned", article, by=by, now=now, task=str(Task(task).label), words=note)
    return given


@transaction.atomic
def unassign(assignment: Assignment, *, by, now: datetime) -> Assignment:
    """Take a task back: who has it, who gave it, or an editor.

    Raises DomainError ``not_allowed``, ``ended_already``.
    """
    article = lock(assignment.article)
    raise_if_may_not(by, "unassign", article)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if by.pk not in (assignment.to_id, assignment.by_id) and not by.roles & ASSIGNERS:
        raise DomainError("not_allowed", "Who has the task, who gave it, or an editor takes it back.")
    if assignment.ended_at:
        raise DomainError("ended_already", "This task has ended.")
    assignment.ended_at, assignment.ended_by = now, by
    assignment.save(update_fields=["ended_at", "ended_by"])
    to = assignment.to.username
    record("article.unassigned", article, by=by, now=now, to=to, task=assignment.task)
    return assignment


def can_be_given(article: Article, person, task: str) -> bool:
    """Whether ``person`` may do the task with this article, whatever stage it is in now."""
    if not person.is_staff or not may(person, ASKED[Task(task)]) or not article.is_in_scope_of(person):
        return False
    return task != Task.REVIEW or not article.is_own_of(person)


def move_on(article: Article, act: str, *, by, now: datetime) -> None:
    """A step of acts that move the draft: what was to be done before is done."""
    done = Assignment.objects.filter(article=article, task__in=ENDED_BY.get(act, ()), ended_at=None)
    done.update(ended_at=now, ended_by=by)
