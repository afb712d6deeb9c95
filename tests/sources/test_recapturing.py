"""Sources are captured again when their time has come: bounded, spread, and only what may be fetched."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sources.capture.requesting import request_capture
from sources.models import Capture, Source
from sources.recapturing import OF_ONE_HOST, request_due
from tests.making import NOW, make_source, make_user

pytestmark = pytest.mark.django_db
DUE = NOW - timedelta(minutes=1)


@pytest.fixture
def reporter():
    return make_user("reporter")


def due(by, number=1, *, at=DUE, **fields) -> Source:
    return make_source(by, **{"url": f"https://press{number}.example/a", "capture_due_at": at} | fields)


def requested() -> set[int]:
    return set(Capture.objects.values_list("source", flat=True))


def test_what_is_due_is_asked_for_by_nobody_and_queued(reporter):
    source = due(reporter, at=NOW)
    due(reporter, 2, at=NOW + timedelta(seconds=1))
    due(reporter, 3, at=None)
    assert request_due(now=NOW, limit=10) == 1
    capture = Capture.objects.get()
    assert (capture.source, capture.requested_by, capture.requested_at) == (source, None, NOW)
    assert ProcrastinateJob.objects.filter(task_name="sources.tasks.capture_source").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"url": ""},
        {"url": "", "title": "", "confidential": True, "public_label": "An official"},
        {"withdrawn_at": NOW, "withdrawn_by": "newsroom", "withdrawal_reason": "It was wrong."},
    ],
)
def test_what_must_not_or_cannot_be_fetched_is_left_alone(reporter, fields):
    due(reporter, **fields)
    assert request_due(now=NOW, limit=10) == 0
    assert requested() == set()


def test_what_is_on_its_way_is_not_asked_for_again(reporter):
    request_capture(due(reporter), by=reporter, now=NOW)
    assert request_due(now=NOW, limit=10) == 0
    assert Capture.objects.count() == 1


def test_a_run_asks_for_so_many_and_the_longest_due_first(reporter):
    waiting = [due(reporter, n, at=DUE - timedelta(minutes=n)) for n in range(5)]
    assert request_due(now=NOW, limit=2) == 2
    assert requested() == {waiting[4].pk, waiting[3].pk}
    assert request_due(now=NOW, limit=2) == 2
    assert request_due(now=NOW, limit=2) == 1
    assert requested() == {source.pk for source in waiting}


def test_one_host_is_not_asked_for_everything_at_once(reporter):
    of_one = [due(reporter, url=f"https://big.example/{n}", at=DUE - timedelta(hours=n)) for n in range(6)]
    small = due(reporter)
    assert request_due(now=NOW, limit=50) == OF_ONE_HOST + 1
    assert small.pk in requested()
    assert {source.pk for source in of_one[-OF_ONE_HOST:]} < requested()


def test_it_comes_by_itself():
    name = "sources.tasks.request_due_captures"
    assert name in {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
