"""An edition that waits is put on hold: it never shows, what showed goes on, and what is right goes out on top."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from articles.holding import hold
from articles.models import Edition, Release
from articles.publishing import announce_due
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
PAGE = "/articles/a-treaty/"


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def reworded(desk, headline, **options) -> Edition:
    desk.save(headline=headline)
    return desk.publish(**options)


def put_on_hold(edition, *, now, by):
    with transaction.atomic():
        return hold(edition, why="source_withdrawn", now=now, by=by)


def read(client, moment, path=PAGE):
    with time_machine.travel(moment, tick=False):
        return client.get(path)


def test_an_edition_on_hold_never_shows_and_the_one_before_shows_on(desk, client):
    desk.publish()
    second = reworded(desk, "A treaty was signed", at=later(hours=2))
    release = put_on_hold(second, now=later(hours=1), by=desk.duty)

    assert (release.held_for, release.showing.isempty) == ("source_withdrawn", True)
    for moment in (later(hours=1), later(hours=2, seconds=-1), later(hours=2, seconds=1), later(days=9)):
        assert "A treaty is signed" in read(client, moment).text
    assert announce_due(now=later(days=9)) == 0
    assert not second.renderings.exists()
    entry = AuditEvent.objects.get(act="edition.held")
    assert (entry.by, entry.at, entry.data) == (
        desk.duty,
        later(hours=1),
        {"edition": 2, "why": "source_withdrawn"},
    )


def test_an_article_whose_first_edition_is_on_hold_is_not_there(desk, client):
    first = desk.publish(at=later(hours=2))
    put_on_hold(first, now=later(hours=1), by=desk.duty)
    assert read(client, later(hours=2, seconds=1)).status_code == 404
    assert not Edition.objects.released(later(days=9)).exists()


def test_what_waits_behind_it_keeps_its_moment_and_says_when_the_article_first_showed(desk, client):
    first = desk.publish(at=later(hours=2))
    third = reworded(desk, "A treaty was signed", at=later(hours=4))
    put_on_hold(first, now=later(hours=1), by=desk.duty)

    assert read(client, later(hours=4, seconds=-1)).status_code == 404
    page = read(client, later(hours=4))
    assert "A treaty was signed" in page.text
    assert third.release.showing.lower.isoformat() not in page.text
    assert 'datetime="2026-06-01T17:00:00+01:00"' in page.text
    assert 'datetime="2026-06-01T15:00:00+01:00"' not in page.text


def test_one_in_the_middle_leaves_the_others_where_they_are(desk, client):
    desk.publish()
    second = reworded(desk, "Second", at=later(hours=2))
    reworded(desk, "Third", at=later(hours=4))
    put_on_hold(second, now=later(hours=1), by=desk.duty)

    shown = [
        read(client, later(hours=hours, seconds=seconds)).text for hours in (2, 4) for seconds in (-1, 1)
    ]
    assert [("A treaty is signed" in text, "Third" in text) for text in shown] == [
        (True, False),
        (True, False),
        (True, False),
        (False, True),
    ]


def test_publishing_goes_on_top_of_what_is_on_hold_also_with_the_same_words(desk, client):
    desk.publish()
    second = reworded(desk, "A treaty was signed", at=later(hours=2))
    put_on_hold(second, now=later(hours=1), by=desk.duty)

    third = desk.publish(now=later(hours=3))
    assert (third.number, third.kind, third.previous_digest) == (3, "update", second.digest)
    assert "A treaty is signed" in read(client, later(hours=3, seconds=-1)).text
    assert "A treaty was signed" in read(client, later(hours=3)).text


def test_what_readers_see_already_is_not_published_again_over_what_is_on_hold(desk):
    desk.publish()
    second = reworded(desk, "A treaty was signed", at=later(hours=2))
    put_on_hold(second, now=later(hours=1), by=desk.duty)
    with pytest.raises(DomainError) as refused:
        reworded(desk, "A treaty is signed", now=later(hours=3))
    assert refused.value.code == "nothing_changed"


def test_the_first_edition_that_shows_is_of_kind_first_whatever_was_on_hold_before(desk):
    put_on_hold(desk.publish(at=later(hours=2)), now=later(hours=1), by=desk.duty)
    second = desk.publish(now=later(hours=3))
    assert (second.number, second.kind) == (2, "first")


def test_only_what_waits_can_be_put_on_hold(desk):
    shows = desk.publish()
    waits = reworded(desk, "A treaty was signed", at=later(hours=2))
    put_on_hold(waits, now=later(hours=1), by=desk.duty)
    for edition in (shows, waits):
        with pytest.raises(DomainError) as refused:
            put_on_hold(edition, now=later(hours=1), by=desk.duty)
        assert refused.value.code == "not_waiting"
    assert Release.objects.get(edition=shows).showing.upper is None


def test_the_desk_sees_what_is_on_hold_and_why(desk, client):
    put_on_hold(desk.publish(at=later(hours=2)), now=later(hours=1), by=desk.duty)
    client.force_login(desk.duty)
    page = client.get(reverse("admin:articles_release_changelist"))
    assert "on hold" in page.text
    assert "a source it cites was withdrawn" in page.text
