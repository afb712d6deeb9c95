"""Queue work as part of the act that asks for it (design, rule 1)."""

from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager


def defer(
    task: str,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    queueing_lock: str | None = None,
    priority: int | None = None,
    **arguments,
) -> int:
    """Queue the task of this dotted name for ``at`` (aware; None: at once) with JSON ``arguments``; returns its job.

    Jobs of one ``lock`` run one after another, in the order they were queued in: one that waits for its moment holds
    up those behind it. Of one ``queueing_lock`` only one waits: procrastinate's AlreadyEnqueued for a second. What has
    a higher ``priority`` is done first; None: the task's own.

    The job is there if the open transaction commits, and not before: nobody can run it on what is not to be seen
    yet. A task's own ``.defer()`` holds to that in the web process only; within a worker it goes over the worker's
    connection and commits at once. Raises procrastinate's TaskNotFound for an unknown name.
    """
    how: dict = {"lock": lock, "queueing_lock": queueing_lock}
    how = {name: key for name, key in how.items() if key}
    if priority is not None:
        how["priority"] = priority
    deferrer = app.configure_task(task, allow_unknown=False, schedule_at=at, **how)
    deferrer.job_manager = JobManager(DjangoConnector())
    return deferrer.defer(**arguments)


def defer_each(task: str, jobs: dict[str, dict]) -> None:
    """As :func:`defer`, all ``jobs`` in one statement: the arguments of each by its queueing lock.

    None is there where one of the locks is taken: AlreadyEnqueued.
    """
    made = [
        app.configure_task(task, allow_unknown=False, queueing_lock=lock).make_new_job(**arguments)
        for lock, arguments in jobs.items()
    ]
    JobManager(DjangoConnector()).batch_defer_jobs(jobs=made)
