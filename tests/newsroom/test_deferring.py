"""Jobs belong to the act that asks for them: none is left of what was rolled back, in a worker either."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from newsroom.core import tasks
from newsroom.core.deferring import defer

NAME = "newsroom.core.tasks.retry_stalled_jobs"


def within_a_worker(work):
    """Run ``work`` as a worker runs a task: in a thread, while its own connector is open."""

    async def worker():
        async with app.open_async():
            await sync_to_async(work, thread_sensitive=False)()

    with app.replace_connector(app.connector.get_worker_connector()), ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, worker()).result()


def rolled_back(queue):
    def act():
        try:
            with transaction.atomic():
                queue()
                transaction.set_rollback(True)
        finally:
            connection.close()

    return act


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("queue", "left"),
    [
        (lambda: defer(NAME, timestamp=0), 0),
        # Were this 0 too, the function would not be needed.
        (lambda: tasks.retry_stalled_jobs.defer(timestamp=0), 1),
    ],
)
def test_a_job_of_a_worker_goes_with_the_transaction_it_was_asked_for_in(queue, left):
    within_a_worker(rolled_back(queue))
    assert ProcrastinateJob.objects.count() == left


@pytest.mark.django_db
def test_a_job_can_wait_for_a_moment():
    at = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    job = ProcrastinateJob.objects.get(pk=defer(NAME, at=at, timestamp=7))
    assert (job.task_name, job.scheduled_at, job.args) == (NAME, at, {"timestamp": 7})


@pytest.mark.django_db
def test_a_job_that_nobody_could_do_is_refused():
    with pytest.raises(TaskNotFound):
        defer("newsroom.core.tasks.unheard_of")
