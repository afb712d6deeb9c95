"""An edition that waits gets another moment, or none; the order of editions and the embargoes of sources hold."""

from datetime import timedelta

import pytest

from articles import scheduling
from articles.embargoing import embargo_source
from articles.models import Edition, Release
from articles.rules.entitlements import Entitlement, Product
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    desk = Desk()
    desk.publish()
    desk.save(headline="A treaty has been signed")
    desk.second_edition = desk.publish(at=later(days=1))
    desk.save(headline="A treaty was signed in London")
    desk.third_edition = desk.publish(at=later(days=3))
    return desk


def moved(desk, edition, at, **options):
    return scheduling.reschedule(edition, at=at, **{"by": desk.duty, "now": later(hours=1), **options})


def test_a_changed_moment_holds_to_the_second_and_is_recorded(desk):
    moved(desk, desk.second_edition, later(days=2))
    assert Edition.objects.current(later(days=2, seconds=-1)).get().number == 1
    assert Edition.objects.current(later(days=2)).get() == desk.second_edition
    assert Edition.objects.current(later(days=3)).get() == desk.third_edition
    event = AuditEvent.objects.get(act="edition.rescheduled")
    assert event.data == {
        "edition": 2,
        "was": later(days=1).isoformat(),
        "shows_from": later(days=2).isoformat(),
    }


def test_a_cancelled_edition_and_what_waits_behind_it_never_show(desk):
    scheduling.cancel(desk.second_edition, by=desk.duty, now=later(hours=1))
    assert Edition.objects.current(later(days=9)).get().number == 1
    assert set(Release.objects.exclude(held_for="").values_list("held_for", flat=True)) == {"cancelled"}
    assert AuditEvent.objects.filter(act="edition.held").count() == 2


def test_the_last_one_is_cancelled_alone(desk):
    scheduling.cancel(desk.third_edition, by=desk.duty, now=later(hours=1))
    assert Edition.objects.current(later(days=9)).get() == desk.second_edition


@pytest.mark.parametrize(
    ("which", "at", "code"),
    [
        ("second_edition", later(days=3), "out_of_order"),
        ("second_edition", later(days=4), "out_of_order"),
        ("third_edition", later(days=1), "out_of_order"),
        ("second_edition", NOW, "moment_passed"),
        ("second_edition", later(days=2).replace(tzinfo=None), "moment_without_offset"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(desk, which, at, code):
    with pytest.raises(DomainError) as refused:
        moved(desk, getattr(desk, which), at)
    assert refused.value.code == code
    assert Edition.objects.current(later(days=1)).get() == desk.second_edition


def test_no_moment_is_before_the_embargo_of_a_source(desk):
    embargo_source(desk.first, until=later(days=2), by=desk.editor, now=later(minutes=1))
    with pytest.raises(DomainError) as refused:
        moved(desk, desk.second_edition, later(days=1))
    assert refused.value.code == "source_embargoed"


def test_what_shows_already_cannot_be_moved_or_cancelled(desk):
    shown = Edition.objects.get(number=1)
    for act in (
        lambda: moved(desk, shown, later(days=2)),
        lambda: scheduling.cancel(shown, by=desk.duty, now=NOW),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "not_waiting"


def test_only_a_duty_editor_does_either(desk):
    with pytest.raises(DomainError) as refused:
        moved(desk, desk.second_edition, later(days=2), by=desk.editor)
    assert refused.value.code == "not_allowed"
    with pytest.raises(DomainError) as refused:
        scheduling.cancel(desk.second_edition, by=desk.editor, now=later(hours=1))
    assert refused.value.code == "not_allowed"


def test_who_may_read_before_the_moment_is_an_argument(desk):
    entitled, not_entitled = (Entitlement((Product(embargoed=opened),)) for opened in (True, False))
    desk.save(headline="A treaty was signed in Warsaw")
    embargoed = desk.publish(at=later(days=5), embargoed=True)
    readers = {None: [1], not_entitled: [1], entitled: [1, embargoed.number], Entitlement(()): []}
    for reader, numbers in readers.items():
        found = Edition.objects.readable(later(hours=1), by=reader).order_by("number")
        assert list(found.values_list("number", flat=True)) == numbers


def test_an_embargo_needs_a_moment(desk):
    desk.save(headline="A treaty was signed in Warsaw")
    with pytest.raises(DomainError) as refused:
        desk.publish(embargoed=True)
    assert refused.value.code == "embargo_without_moment"
