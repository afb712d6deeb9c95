"""What becomes visible is told to partners in the order in which it showed; what is released as archive is old."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from articles import drafting, publishing
from articles.importing.storing import import_text
from articles.models import Article, Change, Edition, Import
from articles.publishing import announce_due, going_out, release_as_archive
from articles.readiness import NotReady
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db
OLD = date(2019, 5, 3)


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def duty():
    return make_user("duty_editor")


def imported(by, *, headline="An old story", archive="old-stories", name="a.txt") -> Article:
    return import_text(
        b"Two states signed [1].\n",
        language="en",
        by=by,
        now=NOW,
        headline=headline,
        archive=archive,
        name=name,
    )[0]


def test_an_edition_that_waited_is_announced_before_the_one_that_follows_it():
    desk = Desk()
    waited = desk.publish(at=later(hours=1))
    desk.save(headline="A treaty has been signed")
    desk.now = later(hours=2)
    follows = desk.publish()

    told = Change.objects.order_by("number").values_list("number", "edition", "at")
    assert list(told) == [(1, waited.pk, later(hours=1)), (2, follows.pk, later(hours=2))]
    assert AuditEvent.objects.filter(act="edition.announced", by=None).count() == 1
    assert announce_due(now=later(hours=3)) == 0


def test_an_edition_that_waits_is_not_told_early():
    waits, shows = Desk(), Desk()
    waits.publish(at=later(hours=1))
    edition = shows.publish()
    assert list(Change.objects.values_list("edition", flat=True)) == [edition.pk]


@pytest.mark.django_db(transaction=True)
def test_publishing_and_announcing_at_once_neither_block_nor_change_the_order(monkeypatch):
    """Announcers start with the publisher in even rounds, and in odd ones when it holds what it will announce."""
    desk, moment, rounds = Desk(), NOW, 12
    together = threading.Barrier(3, timeout=20)
    make_edition = going_out.make_edition

    def made_and_not_announced(*arguments, **options):
        edition = make_edition(*arguments, **options)
        if late and threading.current_thread() is not threading.main_thread():
            together.wait()
        return edition

    def at_once(act, *arguments, wait=True, **options):
        try:
            if wait:
                together.wait()
            act(*arguments, **options)
        except Exception as error:
            together.abort()
            broken.append(repr(error))
        finally:
            connection.close()

    monkeypatch.setattr(going_out, "make_edition", made_and_not_announced)
    for number in range(rounds):
        late, broken = number % 2 == 1, []
        desk.save(headline=f"A treaty {'a' * number}")
        desk.now = moment = moment + timedelta(hours=1)
        desk.publish(at=moment + timedelta(minutes=1))
        desk.save(headline=f"A treaty {'a' * number} b")
        desk.now = moment = moment + timedelta(hours=1)
        desk.check_all()
        desk.approve()
        publish = {"by": desk.duty, "now": moment, "wait": not late}
        acts = [
            threading.Thread(target=at_once, args=[publishing.publish, desk.article], kwargs=publish),
            threading.Thread(target=at_once, args=[announce_due], kwargs={"now": moment}),
            threading.Thread(target=at_once, args=[announce_due], kwargs={"now": moment}),
        ]
        for act in acts:
            act.start()
        for act in acts:
            act.join()
        assert broken == []
    announce_due(now=later(days=30))

    told = Change.objects.order_by("number").values_list("number", "edition__number")
    assert list(told) == [(n, n) for n in range(1, 2 * rounds + 1)]


def test_an_old_story_of_an_archive_is_released(duty):
    edition = release_as_archive(imported(duty), published_on=OLD, by=duty, now=NOW)
    assert Change.objects.get().edition == edition


def _edited(article, by):
    body = article.body.replace("Two states", "Three states")
    return drafting.save_draft(article, by=by, now=later(minutes=1), version=1, body=body)


def _pasted(article, by):
    Import.objects.filter(article=article).update(archive="")
    return Article.objects.get(pk=article.pk)


def _emptied(article, by):
    Article.objects.filter(pk=article.pk).update(body="")
    return article


def _pointing_nowhere(article, by):
    body = article.body.replace('data-claim="', 'data-claim="0')
    Article.objects.filter(pk=article.pk).update(body=body)
    return article


@pytest.mark.parametrize(
    ("spoil", "code", "blockers"),
    [
        (_edited, "changed_since_import", []),
        (_pasted, "not_an_import", []),
        (_emptied, "not_ready", ["body_empty"]),
        (_pointing_nowhere, "not_ready", ["record_missing"]),
    ],
)
def test_only_what_came_with_an_archive_and_stayed_as_it_was_is_released(duty, spoil, code, blockers):
    article = spoil(imported(duty), duty)
    with pytest.raises(DomainError) as refused:
        release_as_archive(article, published_on=OLD, by=duty, now=NOW)
    assert refused.value.code == code
    assert [b.code for b in getattr(refused.value, "blockers", [])] == blockers
    assert not Edition.objects.exists()


def test_an_old_story_without_a_headline_is_not_released(duty):
    with pytest.raises(NotReady) as refused:
        release_as_archive(imported(duty, headline=""), published_on=OLD, by=duty, now=NOW)
    assert [b.code for b in refused.value.blockers] == ["headline_missing"]


@pytest.mark.parametrize("day", [NOW.date(), NOW.date() + timedelta(days=1)])
def test_an_archive_story_is_of_a_day_before_today(duty, day):
    with pytest.raises(DomainError) as refused:
        release_as_archive(imported(duty), published_on=day, by=duty, now=NOW)
    assert refused.value.code == "date_not_past"
