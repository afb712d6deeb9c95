"""Publishing and the falling of a source take turns; whoever had to wait acts at the moment the turn came."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from articles.corrections import retract, take_down, unpublish
from articles.models import Change, Edition, Release
from articles.publishing import publish
from articles.taking_turns import while_nothing_is_published, while_sources_stand
from tests.making import NOW, Desk


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        # The other worker of the tests has a database of its own on the same server.
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_who_need_not_wait_acts_at_once():
    assert while_nothing_is_published(NOW) == NOW


@pytest.mark.django_db(transaction=True)
def test_who_had_to_wait_acts_later_by_as_much():
    published, done = Event(), Event()

    def publish():
        with transaction.atomic():
            while_sources_stand()
            published.set()
            done.wait(20)
        connection.close()

    def withdraw():
        with transaction.atomic():
            moment = while_nothing_is_published(NOW)
        connection.close()
        return moment

    with ThreadPoolExecutor(2) as people:
        publishing = people.submit(publish)
        assert published.wait(20)
        withdrawing = people.submit(withdraw)
        while not somebody_waits():
            assert not withdrawing.done()
        done.set()
        publishing.result(20)
        assert withdrawing.result(20) > NOW


@pytest.mark.django_db
@pytest.mark.parametrize(
    "late", [timedelta(seconds=-1), timedelta(0)], ids=["a slow clock", "the same moment"]
)
@pytest.mark.parametrize("act", ["update", "retract", "take_down", "unpublish"])
def test_who_acts_at_once_acts_behind_what_partners_have_been_told_of(act, late):
    desk = Desk()
    desk.now = NOW + timedelta(hours=1)
    desk.publish()
    desk.save(headline="A treaty has been signed")
    desk.check_all()
    desk.approve()
    now, by = desk.now + late, desk.duty
    acts = {
        "update": lambda: publish(desk.article, by=by, now=now),
        "retract": lambda: retract(desk.article, by=by, now=now, note="Wrong."),
        "take_down": lambda: take_down(desk.article, by=by, now=now, reason="An order."),
        "unpublish": lambda: unpublish(desk.article, by=by, now=now, reason="Moved."),
    }
    edition = acts[act]()
    assert Edition.objects.current(desk.now).get().number == 1
    assert Edition.objects.current(desk.now + timedelta(microseconds=1)).get() == edition
    assert not Release.objects.exclude(held_for="").exists()
    told = list(Change.objects.order_by("number").values_list("at", flat=True))
    assert told == sorted(told)
