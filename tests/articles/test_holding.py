"""An edition that waits is put on hold: it never shows, what showed goes on, and what is right goes out on top."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from articles.corrections import unpublish
from articles.holding import hold, hold_each
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
    assert put_on_hold(second, now=later(hours=1), by=desk.duty) == [second]
    release = Release.objects.get(edition=second)

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


def test_what_was_built_on_it_is_held_with_it_so_that_no_receipt_tells_of_it(desk, client):
    desk.publish()
    second = reworded(desk, "Second", at=later(hours=2))
    third = reworded(desk, "Third", kind="correction", note="It was not the second.", at=later(hours=4))
    assert put_on_hold(second, now=later(hours=1), by=desk.duty) == [second, third]

    for moment in (later(hours=2, seconds=1), later(hours=4, seconds=1)):
        assert "A treaty is signed" in read(client, moment).text
        assert "Second" not in read(client, moment, f"{PAGE}history/").text
    entries = AuditEvent.objects.filter(act="edition.held").order_by("pk")
    assert [entry.data["edition"] for entry in entries] == [2, 3]


def test_a_notice_that_waits_behind_it_still_takes_the_article_away(desk, client):
    desk.publish()
    second = reworded(desk, "Second", at=later(hours=2))
    unpublish(desk.article, by=desk.duty, now=NOW, reason="Moved.", at=later(hours=4))
    assert put_on_hold(second, now=later(hours=1), by=desk.duty) == [second]
    assert read(client, later(hours=4, seconds=-1)).status_code == 200
    assert read(client, later(hours=4)).status_code == 410


def test_of_several_each_is_held_once(desk):
    desk.publish()
    waiting = [reworded(desk, "Again " * hours, at=later(hours=hours)) for hours in (2, 4, 6)]
    held = hold_each(reversed(waiting[1:]), why="source_withdrawn", now=later(hours=1), by=desk.duty)
    assert held == waiting[1:]
    assert Edition.objects.waiting(later(hours=1)).get() == waiting[0]


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
