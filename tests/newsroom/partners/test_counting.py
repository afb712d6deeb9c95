"""Counts that all processes share: never more than the rate, by one statement or none."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, connections

from newsroom.partners import counting
from newsroom.partners.counting import MOST_AT_ONCE, Budget, forget, take
from newsroom.partners.keys import make_key
from newsroom.partners.models import Counter
from newsroom.partners.tasks import sweep_counters
from newsroom.partners.usage import add
from tests.making import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def taken(budget, cost=1, now=NOW):
    return not take(budget, cost, now=now).broken


def test_nobody_gets_more_than_their_rate_and_the_last_ones_are_counted_one_by_one():
    budget = Budget("a:one", 60)
    assert [taken(budget) for _ in range(61)] == [True] * 60 + [False]
    assert taken(Budget("a:other", 60))
    standing = take(budget, 1, now=NOW + 30 * SECOND)
    assert standing.broken == ("default",)
    (policy,) = standing.policies
    assert (policy.most, policy.seconds, policy.left, policy.ends_in) == (60, 60, 0, 30)
    assert [taken(budget, now=NOW + s * SECOND) for s in (59, 60, 61)] == [False, True, True]


def test_processes_count_together():
    budget = Budget("a:one", 60)
    held, got = [{}, {}], 0
    for turn in range(200):
        counting._kept.clear()
        counting._kept.update(held[turn % 2])
        got += taken(budget)
        held[turn % 2] = dict(counting._kept)
    assert got == 60
    assert Counter.objects.get().used == 60


def test_a_busy_reader_is_written_down_now_and_then(django_assert_max_num_queries):
    budget = Budget("a:busy", 100_000)
    with django_assert_max_num_queries(2 + 1000 // MOST_AT_ONCE):
        assert all(taken(budget) for _ in range(1000))
    assert Counter.objects.get().used <= 1000 + MOST_AT_ONCE
    left = [take(budget, 1, now=NOW).policies[0].left for _ in range(3)]
    assert left == [98_999, 98_998, 98_997]


def test_what_costs_more_takes_more_and_is_refused_sooner():
    budget = Budget("a:one", 60)
    assert [taken(budget, 25) for _ in range(3)] == [True, True, False]
    # Who was refused much has taken nothing of what is left.
    forget()
    assert [taken(budget) for _ in range(11)] == [True] * 10 + [False]


def test_what_two_threads_take_at_once_is_lost_to_neither(monkeypatch, django_assert_num_queries):
    budget, counted = Budget("a:one", 10_000), counting._counted
    take(budget, 1, now=NOW)

    def overtaken(*asked):
        monkeypatch.setattr(counting, "_counted", counted)
        found = counted(*asked)
        take(budget, 1, now=NOW)
        return found

    monkeypatch.setattr(counting, "_counted", overtaken)
    take(budget, 1, now=NOW)
    with django_assert_num_queries(0):
        assert all(taken(budget) for _ in range(2 * MOST_AT_ONCE - 2))
    assert Counter.objects.get().used == 1 + 2 * MOST_AT_ONCE


def test_who_was_refused_is_refused_again_without_asking(django_assert_num_queries):
    budget = Budget("a:one", 60)
    take(budget, 60, now=NOW)
    take(budget, 1, now=NOW)
    with django_assert_num_queries(0):
        assert not any(taken(budget, now=NOW + s * SECOND) for s in range(60))
    # Unless their rate was raised meanwhile.
    assert taken(Budget("a:one", 100))


def test_a_month_is_of_all_keys_together_and_ends_with_it():
    one, other = (Budget(f"k:{n}", 600, partner=7, quota=100) for n in (1, 2))
    assert [taken(budget, 30) for budget in (one, other, one, other)] == [True, True, True, False]
    standing = take(other, 30, now=NOW)
    assert standing.broken == ("month",)
    rate, month = standing.policies
    assert (month.name, month.most, month.seconds, month.left) == ("month", 100, 30 * 86_400, 10)
    assert month.ends_in == (datetime(2026, 7, 1, tzinfo=UTC) - NOW).total_seconds()
    assert taken(other, 30, now=NOW + timedelta(days=30))
    assert rate.left > 500


def test_what_is_refused_by_the_rate_is_not_taken_of_the_month():
    budget = Budget("k:1", 60, partner=7, quota=1000)
    assert [taken(budget, 60), taken(budget, 60)] == [True, False]
    forget()
    standing = take(budget, 60, now=NOW)
    assert (standing.broken, standing.policies[1].left) == (("default",), 940)


def test_of_a_month_nothing_is_taken_that_nobody_asked_for():
    budget = Budget("k:1", 600, partner=7, quota=1000)
    for minute in range(5):
        for _request in range(2):
            standing = take(budget, 1, now=NOW + minute * 60 * SECOND)
    forget()
    assert standing.policies[1].left == 990
    assert take(budget, 1, now=NOW + 300 * SECOND).policies[1].left == 989


def test_a_month_that_was_forgotten_begins_with_what_was_used_of_it(partner):
    key, _ = make_key(partner, name="a", by=None, now=NOW)
    add(key.pk, NOW.date(), cost=70, sent=1)
    add(key.pk, NOW.date() - timedelta(days=1), cost=500, sent=1)
    budget = Budget(f"k:{key.pk}", 600, partner=partner.pk, quota=100)
    assert [taken(budget, 10) for _ in range(4)] == [True, True, True, False]


def test_counts_that_ended_are_swept():
    take(Budget("a:one", 60), 1, now=datetime.now(UTC) - timedelta(minutes=2))
    take(Budget("a:two", 60), 1, now=datetime.now(UTC))
    sweep_counters(0)
    assert list(Counter.objects.values_list("subject", flat=True)) == ["a:two"]


def test_the_counts_cost_the_disk_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'partners_counter'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_one_after_another():
    budget, got = Budget("k:1", 90, partner=7, quota=80), []

    def ask():
        got.extend(taken(budget) for _ in range(40))
        connections.close_all()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 60 <= sum(got) <= 80
