"""Twenty people act on the same five articles at once, and what readers and partners are told stays in order.

Eight seconds in the ordinary run; ``NEWSROOM_SOAK=30`` gives it the time it deserves.
"""

import copy
import os
import random
import threading
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from articles import corrections, scheduling
from articles.models import Article, Change, Edition, Release
from articles.publishing import announce_due, publish
from articles.verifying import first_break
from newsroom.core.errors import DomainError
from tests.making import Desk

SECONDS = float(os.environ.get("NEWSROOM_SOAK") or 8)
PATIENCE_SECONDS = 60
PEOPLE, ARTICLES = 20, 5


def prepare(desk, chance):
    """Write, check and approve the next edition, one person an article at a time; everybody may let it go out."""
    if desk.article.stage == "approved" or not desk.writing.acquire(blocking=False):
        return
    try:
        desk.save(
            body=desk.body(signed=f"Two states signed a treaty on {chance.randrange(1, 10**6)} May 2026")
        )
        desk.check_all()
        desk.approve()
    finally:
        desk.writing.release()


def update(desk, chance):
    publish(desk.article, by=desk.duty, now=timezone.now(), kind="update")


def correct(desk, chance):
    publish(desk.article, by=desk.duty, now=timezone.now(), kind="correction", note="The day was wrong.")


def reinstate(desk, chance):
    publish(desk.article, by=desk.duty, now=timezone.now(), kind="reinstatement", note="It was signed.")


def schedule(desk, chance):
    now = timezone.now()
    at = now + timedelta(seconds=chance.uniform(0.2, 1))
    publish(
        desk.article, by=desk.duty, now=now, at=at, embargoed=chance.random() < 0.5, note="It was signed."
    )


def cancel(desk, chance):
    if edition := Edition.objects.waiting(timezone.now()).filter(article=desk.article).first():
        scheduling.cancel(edition, by=desk.duty, now=timezone.now())


def retract(desk, chance):
    corrections.retract(
        desk.article,
        by=desk.duty,
        now=timezone.now(),
        note="It was never signed.",
        closes_history=chance.random() < 0.5,
    )


# With weights that keep articles moving.
ACTS = {prepare: 8, update: 4, correct: 4, reinstate: 4, schedule: 6, cancel: 0.5, retract: 0.5}


class Newsroom:
    """Threads that act, announce and look on until they are told to stop, and what became of it."""

    def __init__(self, desks):
        self.desks = desks
        self.outcomes = Counter()
        self.broken = []
        self.looks = 0
        self._enough = threading.Event()

    def run(self, seconds: float):
        """For so long, and on a busy machine on until each act was done once and was seen often enough."""
        people = [(self.act, random.Random(number)) for number in range(PEOPLE)]  # noqa: S311 (no secret)
        work = [*people, (self.announce, None), (self.look_on, None)]
        threads = [threading.Thread(target=self._until_enough, args=job) for job in work]
        for thread in threads:
            thread.start()
        self._enough.wait(seconds)
        end = time.monotonic() + PATIENCE_SECONDS
        while not (self._enough.is_set() or self.has_seen_all(seconds)) and time.monotonic() < end:
            self._enough.wait(0.1)
        self._enough.set()
        for thread in threads:
            thread.join()

    def has_seen_all(self, looks: float) -> bool:
        return self.looks > looks and {act.__name__ for act in ACTS} <= set(self.outcomes)

    def _until_enough(self, work, chance):
        try:
            while not self._enough.is_set():
                work(chance)
        except Exception as error:
            self.broken.append(repr(error))
            self._enough.set()
        finally:
            connection.close()

    def act(self, chance):
        desk = copy.copy(chance.choice(self.desks))
        desk.article = Article.objects.get(pk=desk.article.pk)
        desk.now = timezone.now()
        [act] = chance.choices(list(ACTS), ACTS.values())
        try:
            act(desk, chance)
            self.outcomes[act.__name__] += 1
        except DomainError as refused:
            self.outcomes[refused.code] += 1

    def announce(self, _):
        announce_due(now=timezone.now())
        time.sleep(0.05)

    def look_on(self, _):
        showing = Counter(Edition.objects.current(timezone.now()).values_list("article", flat=True))
        assert showing == {desk.article.pk: 1 for desk in self.desks}
        numbers = list(Change.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        self.looks += 1
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_five_articles_leave_everything_in_order():
    desks = [Desk(now=timezone.now()) for _ in range(ARTICLES)]
    for desk in desks:
        desk.publish()
        desk.writing = threading.Lock()
    newsroom = Newsroom(desks)
    newsroom.run(SECONDS)

    assert newsroom.broken == []
    assert newsroom.has_seen_all(SECONDS), (newsroom.looks, newsroom.outcomes)
    end = timezone.now() + timedelta(hours=1)
    announce_due(now=end)
    assert announce_due(now=end) == 0

    assert first_break() is None
    for desk in desks:
        releases_follow_one_another(desk.article)
    the_feed_tells_everything_in_order(end)


def releases_follow_one_another(article):
    """From the first on exactly one edition shows at any moment, in the order of their numbers."""
    shown = Release.objects.filter(article=article, edition__in=Edition.objects.not_withdrawn())
    ranges = list(shown.order_by("edition__number").values_list("showing", flat=True))
    for earlier, later in pairwise(ranges):
        assert earlier.upper == later.lower
        assert earlier.lower < later.lower
    assert ranges[-1].upper is None


def the_feed_tells_everything_in_order(now):
    changes = list(Change.objects.order_by("number").select_related("edition__release"))
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    assert Counter(change.edition for change in changes) == Counter(Edition.objects.released(now))
    told: dict[int, int] = {}
    for change in changes:
        assert change.kind == change.edition.kind
        assert change.at == change.edition.release.showing.lower
        assert told.get(change.edition.article_id, 0) < change.edition.number
        told[change.edition.article_id] = change.edition.number
