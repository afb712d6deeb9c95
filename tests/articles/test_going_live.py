"""An edition shows at its moment by its release alone; a worker that was down then tells of it within five seconds."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles.models import Change
from articles.purging import LISTS, article_key
from tests.making import Desk
from tests.outside import PURGE_TOKEN, LoopbackCache, running_worker, wait_until

TOLD_WITHIN_SECONDS = 5
SOON = timedelta(seconds=1)


@pytest.fixture
def cache():
    cache = LoopbackCache()
    yield cache
    cache.close()


@pytest.fixture
def worker(cache):
    """Start the queue's worker as the site does; returns when it has begun to work."""
    running = []

    def start():
        running.append(running_worker(NEWSROOM_PURGE_URLS=cache.url, NEWSROOM_PURGE_TOKEN=PURGE_TOKEN))
        process = running[-1].__enter__()
        impatience = threading.Timer(60, process.kill)
        impatience.start()
        try:
            assert "Launching a worker" in process.stderr.readline()
        finally:
            impatience.cancel()

    yield start
    for one in running:
        one.__exit__(None, None, None)


@pytest.fixture
def desk():
    desk = Desk(now=timezone.now())
    desk.publish()
    desk.save(
        headline="A treaty is ratified", body=desk.body(signed="Two states ratified a treaty on 27 May 2026")
    )
    return desk


def surfaces(desk) -> list[str]:
    return [
        reverse("article", args=[desk.article.slug]),
        reverse("home"),
        reverse("api-article", args=[desk.article.public_id]),
        reverse("api-articles"),
    ]


def showing(client, desk, headline: str) -> list[str]:
    """The surfaces that show ``headline``."""
    return [path for path in surfaces(desk) if headline.encode() in client.get(path).content]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_down_tells_of_what_went_live_when_it_comes_back(desk, client, worker, cache):
    moment = timezone.now() + SOON
    desk.publish(at=moment, now=timezone.now())
    early = showing(client, desk, "A treaty is ratified")
    assert timezone.now() > moment or early == []

    wait_until(lambda: timezone.now() > moment)
    assert showing(client, desk, "A treaty is ratified") == surfaces(desk)
    assert list(Change.objects.values_list("number", flat=True)) == [1]
    assert cache.purges == []

    connection.close()
    worker()
    wanted = {LISTS, article_key(desk.article.slug), article_key(desk.article.public_id)}
    wait_until(lambda: Change.objects.count() == 2 and wanted <= cache.keys, seconds=TOLD_WITHIN_SECONDS)
    assert Change.objects.get(number=2).at == moment


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_there_tells_within_five_seconds_of_the_moment(desk, worker, cache):
    worker()
    moment = timezone.now() + SOON
    desk.publish(at=moment, now=timezone.now())
    told = Change.objects.count()
    assert told == 1 or timezone.now() > moment
    wait_until(lambda: timezone.now() > moment)
    wait_until(lambda: Change.objects.count() == 2 and LISTS in cache.keys, seconds=TOLD_WITHIN_SECONDS)
