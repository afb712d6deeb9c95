"""Caches are told right after the commit, of nothing that was rolled back, and until they confirm it."""

import re
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.core import purging, tasks
from newsroom.core.purging import NotPurged, purge_after_commit, purge_now
from tests.outside import PURGE_TOKEN, LoopbackCache, running_worker, wait_until

NOWHERE = "http://127.0.0.1:9/"
AGAIN = "newsroom.core.tasks.purge_again"


class Abandoned(Exception):
    pass


@pytest.fixture
def cache(settings):
    cache = LoopbackCache()
    settings.NEWSROOM_PURGE_URLS = [cache.url]
    settings.NEWSROOM_PURGE_TOKEN = PURGE_TOKEN
    yield cache
    cache.close()


def queued() -> list[dict]:
    return list(
        ProcrastinateJob.objects.filter(task_name=AGAIN, status="todo").values_list("args", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_a_cache_is_told_right_after_the_commit_and_the_job_is_part_of_it(cache):
    with transaction.atomic():
        purge_after_commit(["lists", "article-a", "lists"])
        assert cache.purges == []
        assert queued() == [{"keys": ["article-a", "lists"]}]
    [(_, keys, token)] = cache.purges
    assert (keys, token) == ("article-a lists", PURGE_TOKEN)
    assert queued() == [{"keys": ["article-a", "lists"]}]


@pytest.mark.django_db(transaction=True)
def test_of_what_is_rolled_back_no_cache_is_told_and_no_job_is_left(cache):
    @transaction.atomic
    def act():
        purge_after_commit(["lists"])
        raise Abandoned

    with pytest.raises(Abandoned):
        act()
    assert cache.purges == []
    assert queued() == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused_and_leaves_no_job(cache):
    with pytest.raises(RuntimeError):
        purge_after_commit(["lists"])
    assert queued() == []


@pytest.mark.django_db(transaction=True)
def test_caches_that_fail_hold_up_no_act_and_no_other_cache(cache, settings, monkeypatch, caplog):
    monkeypatch.setattr(purging, "AT_ONCE_SECONDS", 2)
    failing, elsewhere, silent = LoopbackCache(), LoopbackCache(), LoopbackCache()
    failing.answers, elsewhere.answers, silent.holds = 500, 302, threading.Event()
    settings.NEWSROOM_PURGE_URLS = [NOWHERE, failing.url, elsewhere.url, silent.url, cache.url]
    began = time.monotonic()
    with transaction.atomic():
        purge_after_commit(["lists"])
    assert time.monotonic() - began < 5
    assert cache.keys == {"lists"}
    assert len(queued()) == 1
    told = ("Connection refused", "answered 500", "answered 302", "no answer|timed out")
    for url, why in zip(settings.NEWSROOM_PURGE_URLS, told, strict=False):
        assert re.search(rf"{url}: [^;]*({why})", caplog.text), caplog.text
    assert f"{cache.url}:" not in caplog.text
    assert PURGE_TOKEN not in caplog.text
    silent.holds.set()
    for other in (failing, elsewhere, silent):
        other.close()


def test_without_a_cache_nothing_is_done(settings):
    settings.NEWSROOM_PURGE_URLS = []
    purge_after_commit(["lists"])


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "two words", "a,b", "line\r\nx-other: 1", "ł", "x" * 201])
def test_what_cannot_stand_in_a_header_as_one_key_is_no_key(cache, key):
    with pytest.raises(ValueError, match="surrogate key"):
        purge_after_commit(["lists", key])


def test_many_keys_are_told_in_headers_that_a_cache_takes(cache):
    keys = [f"article-{number:0190d}" for number in range(60)]
    purge_now(keys, seconds=10)
    assert cache.keys == set(keys)
    assert 1 < len(cache.purges) < 10
    assert max(len(header) for _, header, _ in cache.purges) <= purging.LONGEST_HEADER


def test_a_proxy_of_the_environment_is_not_asked(cache, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", NOWHERE)
    purge_now(["lists"], seconds=10)
    assert cache.keys == {"lists"}


def test_the_job_says_which_cache_did_not_confirm(cache, settings):
    settings.NEWSROOM_PURGE_URLS = [cache.url, NOWHERE]
    cache.answers = 403
    with pytest.raises(NotPurged) as told:
        tasks.purge_again(keys=["lists"])
    assert f"{cache.url}: answered 403" in str(told.value)
    assert NOWHERE in str(told.value)


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_until_the_cache_confirms(cache):
    """The first attempts fail; the job stays, and a second later it is done."""
    cache.answers = 503
    with transaction.atomic():
        purge_after_commit(["lists"])
    connection.close()
    quick = ("--fetch-job-polling-interval", "0.2")
    with running_worker(*quick, NEWSROOM_PURGE_URLS=cache.url, NEWSROOM_PURGE_TOKEN=PURGE_TOKEN) as worker:
        wait_until(lambda: len(cache.purges) >= 2)
        cache.answers = 200
        wait_until(lambda: not queued() and not ProcrastinateJob.objects.filter(task_name=AGAIN).exists())
        worker.terminate()
        assert f"{cache.url}: answered 503" in worker.communicate(timeout=30)[1]


def test_the_job_is_tried_for_longer_than_a_cache_keeps_anything():
    class Job:
        attempts = 0

    waited, last = 0, 0
    while decision := tasks.PATIENTLY.get_retry_decision(exception=NotPurged(), job=Job):
        last = (decision.retry_at - timezone.now()).total_seconds()
        waited += last
        Job.attempts += 1
    assert waited > 24 * 3600
    assert last < 20 * 60
