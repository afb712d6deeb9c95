"""Publishing and the falling of a source take turns; whoever had to wait acts at the moment the turn came."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from articles.taking_turns import while_nothing_is_published, while_sources_stand
from tests.making import NOW


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
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
