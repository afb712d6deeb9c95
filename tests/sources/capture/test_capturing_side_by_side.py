"""Captures in real transactions: several workers, none of them holding one while a server takes its time."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sources.capture.requesting import TASK, carry_out, request_capture
from sources.models import Capture, Snapshot, Source
from tests.making import make_source, make_user
from tests.sources.capture.hostile import AMPLE, NOW, admitting, answer, hostile

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked_for(server, **fields) -> Capture:
    reporter = make_user("reporter")
    return request_capture(make_source(reporter, url=server.url(), **fields), by=reporter, now=NOW)


def carried_out(capture, server) -> Capture:
    try:
        return carry_out(capture.pk, now=NOW, guard=admitting(server), limits=AMPLE)
    finally:
        connection.close()


def within_a_worker(work):
    """Run the coroutine function ``work`` where a worker's own connector is open."""

    async def worker():
        async with app.open_async():
            await work()

    with app.replace_connector(app.connector.get_worker_connector()), ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, worker()).result()


@pytest.mark.parametrize(
    ("status", "state", "snapshots"), [("200 OK", "done", 1), ("503 Busy", "waiting", 0)]
)
def test_two_workers_at_one_capture_count_as_one_try(status, state, snapshots):
    both = threading.Barrier(2, timeout=60)

    def meet(asker):
        both.wait()
        asker.send(answer(status=status))

    with hostile(meet) as server, ThreadPoolExecutor(2) as threads:
        capture = asked_for(server)
        done = list(threads.map(carried_out, [capture] * 2, [server] * 2))
    assert [(each.state, each.tries) for each in done] == [(state, 1)] * 2
    assert Snapshot.objects.count() == snapshots
    later = ProcrastinateJob.objects.filter(task_name=TASK, scheduled_at__isnull=False)
    assert later.count() == (state == "waiting")


@pytest.mark.parametrize(
    ("status", "state", "dead_since"), [("200 OK", "done", NOW - DAY), ("404 Not Found", "failed", None)]
)
def test_what_an_address_says_is_not_said_of_a_source_that_has_another_by_then(status, state, dead_since):
    def correct(asker):
        try:
            Source.objects.update(url="https://other.example/", title="", dead_since=dead_since)
        finally:
            connection.close()
        asker.send(answer(status=status))

    with hostile(correct) as server:
        capture = carried_out(asked_for(server), server)
    source = Source.objects.get()
    assert (capture.state, capture.url) == (state, server.url())
    assert (source.url, source.title, source.dead_since) == ("https://other.example/", "", dead_since)


def test_no_transaction_is_open_while_a_server_is_waited_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (worker,) = cursor.fetchone()
    seen = []

    def look(asker):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [worker])
                seen.extend(cursor.fetchone())
        finally:
            connection.close()
        asker.send(answer())

    with hostile(look) as server:
        assert carried_out(asked_for(server), server).state == "done"
    assert seen == ["idle"]


def test_the_worker_finds_the_task_and_carries_the_capture_out():
    async def work():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with hostile() as server:
        capture = asked_for(server)
        within_a_worker(work)
        assert server.connections == 0
    # As in production: a port of its own, and loopback at that, is not asked.
    capture.refresh_from_db()
    assert (capture.state, capture.failure) == ("failed", "port_refused")


def test_what_follows_a_capture_in_a_worker_waits_for_its_snapshot():
    """Else a second worker would look for a snapshot that is not there yet."""
    with hostile() as server:
        capture = asked_for(server)

        def fail(*args, **options):
            raise RuntimeError

        async def work():
            await sync_to_async(carried_out, thread_sensitive=False)(capture, server)

        with pytest.MonkeyPatch.context() as patch:
            # Whatever goes wrong after the snapshot is stored takes it back, and its jobs.
            patch.setattr("sources.capture.requesting.fill_in", fail)
            with pytest.raises(RuntimeError):
                within_a_worker(work)
        assert not Snapshot.objects.exists()
        assert not ProcrastinateJob.objects.filter(task_name="sources.tasks.look_for_origins").exists()
        within_a_worker(work)
    job = ProcrastinateJob.objects.get(task_name="sources.tasks.look_for_origins")
    assert job.args == {"snapshot": Snapshot.objects.get().pk}
