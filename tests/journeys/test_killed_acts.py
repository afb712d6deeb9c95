"""An act that is broken off at any statement leaves nothing, and one that is kept is followed by what must follow."""

import signal
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import addresses, corrections, scheduling, withdrawing
from articles.models import Change, Edition
from articles.publishing import publish
from articles.purging import LISTS, article_key, source_key
from tests.making import NOW, Desk, make_user
from tests.outside import PURGE_TOKEN, LoopbackCache, run, running_worker, wait_until

AGAIN = "newsroom.core.tasks.purge_again"
LATER = NOW + timedelta(hours=1)
# No act makes as many statements; without an end a test that never gets through would run for ever.
TOO_MANY = 400


@pytest.fixture
def desk(settings):
    settings.NEWSROOM_PURGE_URLS = ["http://127.0.0.1:9/"]
    desk = Desk()
    desk.publish()
    return desk


def correct(desk):
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    desk.check_all()
    desk.approve()
    return lambda: publish(
        desk.article, by=desk.duty, now=LATER, kind="correction", note="The day was wrong."
    )


def schedule(desk):
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    desk.check_all()
    desk.approve()
    return lambda: publish(
        desk.article, by=desk.duty, now=LATER, at=LATER + timedelta(hours=1), embargoed=True
    )


def retract(desk):
    return lambda: corrections.retract(desk.article, by=desk.duty, now=LATER, note="It was never signed.")


def unpublish(desk):
    return lambda: corrections.unpublish(desk.article, by=desk.duty, now=LATER, reason="It is a double.")


def take_down(desk):
    _schedule(desk)
    return lambda: corrections.take_down(desk.article, by=desk.duty, now=LATER, reason="An order.")


def reinstate(desk):
    retract(desk)()
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    desk.check_all()
    desk.approve()
    now = LATER + timedelta(hours=1)
    return lambda: publish(desk.article, by=desk.duty, now=now, kind="reinstatement", note="It was signed.")


def change_address(desk):
    return lambda: addresses.change_address(desk.article, slug="another-address", by=desk.duty, now=LATER)


def withdraw_source(desk):
    _schedule(desk)
    facts = {"withdrawn_by": "publisher", "reason": "It was invented."}
    return lambda: withdrawing.withdraw_source(desk.first, by=desk.editor, now=LATER, **facts)


def reschedule(desk):
    edition = _schedule(desk)
    at = LATER + timedelta(days=2)
    return lambda: scheduling.reschedule(edition, at=at, by=desk.duty, now=LATER)


def cancel(desk):
    edition = _schedule(desk)
    return lambda: scheduling.cancel(edition, by=desk.duty, now=LATER)


def seal(desk):
    corrections.take_down(desk.article, by=desk.duty, now=LATER, reason="An order.")
    corrections.confirm_removal(desk.reload(), by=desk.editor, now=LATER)
    other = make_user("duty_editor")
    return lambda: corrections.seal(desk.article, by=other, now=LATER, legal_basis="Court order 7 C 12/26")


def _schedule(desk):
    return schedule(desk)()


def of_the_article(desk):
    return {LISTS, article_key(desk.article.slug), article_key(desk.article.public_id)}


# The act, as made ready by a function, and the keys that must be purged from every cache if it is kept.
ACTS = {
    correct: of_the_article,
    schedule: lambda desk: set(),
    retract: of_the_article,
    unpublish: of_the_article,
    take_down: of_the_article,
    reinstate: of_the_article,
    change_address: lambda desk: of_the_article(desk) | {article_key("another-address")},
    withdraw_source: lambda desk: of_the_article(desk) | {source_key(desk.first.public_id)},
    reschedule: lambda desk: set(),
    cancel: lambda desk: set(),
    seal: of_the_article,
}


def everything() -> dict[str, str]:
    """A digest of the rows of every table: the public side, the desk's, the audit log, history and the queue."""
    tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    quoted = {name: connection.ops.quote_name(name) for name in tables}
    digests = " UNION ALL ".join(
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {quoted[name]} t"  # noqa: S608 (our own)
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(digests)
        return dict(cursor.fetchall())


def purged() -> set[str]:
    """The keys that queued jobs will purge."""
    jobs = ProcrastinateJob.objects.filter(task_name=AGAIN).values_list("args", flat=True)
    return {key for arguments in jobs for key in arguments["keys"]}


@contextmanager
def broken_at(number: int):
    """The database is gone when the ``number``-th statement is sent; yields the list of what was sent."""
    sent = []

    def fault(execute, sql, params, many, context):
        sent.append(sql)
        if len(sent) == number:
            raise OperationalError("killed")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fault):
        yield sent


@pytest.mark.django_db
@pytest.mark.parametrize("prepare", ACTS)
def test_an_act_broken_at_any_statement_leaves_nothing_and_a_kept_one_is_followed(
    desk, prepare, django_capture_on_commit_callbacks
):
    act = prepare(desk)
    ProcrastinateJob.objects.all().delete()
    before = everything()
    for number in range(1, TOO_MANY):
        with django_capture_on_commit_callbacks() as to_follow, broken_at(number) as sent:
            try:
                act()
                break
            except OperationalError:
                pass
        assert everything() == before, sent[-1]
        assert to_follow == [], sent[-1]

    assert number > 5
    assert everything() != before
    wanted = ACTS[prepare](desk)
    assert wanted <= purged()
    # Besides, every act has its draft counted anew.
    assert to_follow or not wanted


# In a process of its own: the act as the desk's page does it, and a kill where the arguments say.
ACT = """
import os, signal, sys
from django.db import connection, transaction
from django.utils import timezone
from articles.models import Article
from articles.publishing import publish
from newsroom.accounts.models import User

slug, username, where = sys.argv[1:]
article, by = Article.objects.get(slug=slug), User.objects.get(username=username)

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def at_the_change(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if sql.startswith('INSERT INTO "articles_change"'):
        kill()
    return done

with connection.execute_wrapper(at_the_change if where == "within" else lambda e, *a: e(*a)), transaction.atomic():
    if where == "after":
        transaction.on_commit(kill)
    publish(article, by=by, now=timezone.now(), kind="correction", note="The day was wrong.")
"""


@pytest.fixture
def cache():
    cache = LoopbackCache()
    yield cache
    cache.close()


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_within_an_act_leaves_nothing_and_right_after_it_the_worker_purges(cache):
    desk = Desk(now=timezone.now())
    desk.publish()
    correct(desk)
    before = everything()
    told = {"NEWSROOM_PURGE_URLS": cache.url, "NEWSROOM_PURGE_TOKEN": PURGE_TOKEN}

    killed = run(ACT, desk.article.slug, desk.duty.username, "within", **told)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert wait_until(lambda: everything() == before)

    killed = run(ACT, desk.article.slug, desk.duty.username, "after", **told)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Edition.objects.current(timezone.now()).get().kind == "correction"
    assert Change.objects.count() == 2
    assert cache.purges == []
    with running_worker(**told):
        wait_until(lambda: of_the_article(desk) <= cache.keys)
