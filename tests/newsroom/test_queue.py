"""The queue looks after itself: what a killed worker left behind is done by the next one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from procrastinate.contrib.django import app

from newsroom.core import tasks


def run(work):
    """Run the coroutine in a thread of its own; this one may have an event loop, a browser's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Manager:
    """As much of the queue's manager as the task asks for."""

    def __init__(self, stalled):
        self.stalled = stalled
        self.retried = []

    async def get_stalled_jobs(self):
        return self.stalled

    async def retry_job(self, job):
        self.retried.append(job)


@pytest.mark.parametrize("stalled", [[], ["first", "second"]])
def test_stalled_jobs_are_put_back(stalled):
    manager = Manager(stalled)
    run(tasks.retry_stalled_jobs(SimpleNamespace(app=SimpleNamespace(job_manager=manager)), 0))
    assert manager.retried == stalled


def test_tasks_are_found_by_themselves_and_repeat():
    name = "newsroom.core.tasks.retry_stalled_jobs"
    assert name in app.tasks
    assert name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_worker_that_is_gone_is_stalled():
    """Against the real tables: what the library calls stalled is what a killed worker leaves."""
    job = tasks.retry_stalled_jobs.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()):
        stalled = run(left_by_a_dead_worker(app))
    assert [found.id for found in stalled] == [job]


async def left_by_a_dead_worker(app):
    async with app.open_async():
        await app.job_manager.fetch_job(queues=None, worker_id=await app.job_manager.register_worker())
        return list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=0))
