"""Shared records named by imports: nothing is lost, nothing that was published is touched."""

from datetime import date

import pytest

from articles.drafting import free_slug
from articles.importing.entries import SourceEntry
from articles.importing.records import sources_for
from newsroom.audit.models import AuditEvent
from sources.models import Capture, Publisher, Source
from sources.recapturing import request_due
from tests.making import NOW, Desk, make_publisher, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return make_user("reporter")


def sources(*entries: SourceEntry, by):
    return sources_for(entries, by=by, now=NOW)


def entry(source: Source, **facts) -> SourceEntry:
    return SourceEntry(1, url=source.url, **facts)


def test_publishers_whose_names_make_one_slug_are_all_entered(reporter):
    names = ["BBC-News", "BBC News", "BBC. News", "Правда", "Известия", "  Spaced  "]
    made = sources(*(SourceEntry(n, publisher=name) for n, name in enumerate(names, start=1)), by=reporter)

    assert [made[n].publisher.name for n in range(1, 7)] == [name.strip() for name in names]
    assert Publisher.objects.count() == len(names)


def test_a_slug_has_a_random_ending_where_asked_or_where_it_is_taken():
    make_publisher("Other").__class__.objects.update(slug="gazette")
    assert free_slug(Publisher, "Daily") == "daily"
    assert free_slug(Publisher, "Gazette").startswith("gazette-")
    assert free_slug(Publisher, "Daily", ending=True).startswith("daily-")


def test_what_came_with_an_address_is_captured_when_its_turn_comes(reporter):
    entries = [SourceEntry(n, url=f"https://press{n}.example/a") for n in range(1, 4)]
    made = sources(*entries, SourceEntry(9, title="Without address"), by=reporter)
    assert request_due(now=NOW, limit=2) == 2
    assert request_due(now=NOW, limit=2) == 1
    assert set(Capture.objects.values_list("source", flat=True)) == {made[n].pk for n in range(1, 4)}


def test_what_is_blank_is_filled_in_and_recorded(reporter):
    source = make_source(reporter, title="")
    made = sources(entry(source, title="A title", publisher="Gazette", published="2020-01-02"), by=reporter)

    source.refresh_from_db()
    assert made[1] == source
    assert (source.title, source.publisher.name, source.published_on) == (
        "A title",
        "Gazette",
        date(2020, 1, 2),
    )
    event = AuditEvent.objects.get(act="source.identified")
    assert (event.object_id, event.by, event.at) == (source.public_id, reporter, NOW)


def test_what_a_person_typed_stays_and_nothing_is_recorded(reporter):
    source = make_source(reporter, title="Typed")
    sources(entry(source, title="Other"), by=reporter)
    assert Source.objects.get(pk=source.pk).title == "Typed"
    assert not AuditEvent.objects.filter(act="source.identified").exists()


def test_a_source_that_an_edition_cites_is_not_touched(reporter):
    desk = Desk()
    desk.publish()
    made = sources(entry(desk.first, title="Other", publisher="Gazette", published="2020-01-02"), by=reporter)

    assert made[1] == desk.first
    untouched = Source.objects.get(pk=desk.first.pk)
    assert (untouched.publisher, untouched.published_on) == (None, None)
