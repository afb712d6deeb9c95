"""Retracting and unpublishing: what the address says then, what waits, and how an article comes back."""

import json
from datetime import timedelta

import pytest

from articles.corrections import escalate_removals, retract, take_down, unpublish
from articles.models import Change, Correction, Edition, Release, Removal, Rendering
from articles.scheduling import reschedule
from articles.verifying import first_break
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
NOTE = "The treaty was initialled, not signed."


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    desk = Desk()
    desk.first_edition = desk.publish()
    return desk


def retracted(desk, **options):
    return retract(desk.article, **{"by": desk.duty, "now": later(hours=1), "note": NOTE, **options})


def content_of(edition) -> dict:
    return json.loads(edition.content.document)["content"]


def test_a_retraction_is_an_edition_with_the_headline_the_notice_and_no_text(desk):
    edition = retracted(desk)
    content = content_of(edition)
    assert (edition.number, edition.kind, edition.closes_history) == (2, "retraction", False)
    assert content["headline"]["text"] == "A treaty is signed"
    assert content["blocks"] == content["statements"] == content["sources"] == []
    assert json.loads(edition.content.document)["edition"]["note"] == NOTE
    assert not Edition.objects.listed(later(hours=2)).exists()
    assert Change.objects.last().kind == "retraction"
    assert first_break() is None


def test_its_receipt_tells_why_and_by_whom_and_repeats_no_sentence(desk):
    desk.duty.person = desk.article.bylines.get()
    retracted(desk)
    receipt = json.loads(Correction.objects.get().receipt)
    assert receipt == {
        "kind": "retraction",
        "note": NOTE,
        "approved_by": "Rita Reporter",
        "statements": [],
        "texts": [],
    }


@pytest.mark.parametrize(("closes", "readable"), [(False, [1, 2]), (True, [2])])
def test_earlier_editions_can_be_opened_if_the_desk_leaves_them_open(desk, closes, readable):
    retracted(desk, closes_history=closes)
    editions = Edition.objects.readable(later(hours=2)).order_by("number")
    assert list(editions.values_list("number", flat=True)) == readable


def test_before_it_shows_nothing_is_closed(desk):
    unpublish(desk.article, by=desk.duty, now=later(hours=1), reason="Moved.", at=later(hours=3))
    assert Edition.objects.readable(later(hours=3, seconds=-1)).get().number == 1
    assert Edition.objects.readable(later(hours=3)).get().number == 2


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: retracted(desk),
        lambda desk: unpublish(desk.article, by=desk.duty, now=later(hours=1), reason="Moved."),
        lambda desk: take_down(desk.article, by=desk.duty, now=later(hours=1), reason="A court order."),
    ],
    ids=["retract", "unpublish", "take_down"],
)
def test_what_waits_is_put_on_hold_by_the_same_act(desk, act):
    desk.save(headline="A treaty has been signed")
    waiting = desk.publish(at=later(days=1))
    edition = act(desk)
    assert Release.objects.get(edition=waiting).held_for == edition.kind
    assert not Edition.objects.waiting(later(hours=1)).exists()
    assert Edition.objects.current(later(days=2)).get() == edition
    assert AuditEvent.objects.filter(act="edition.held").count() == 1


def test_what_was_retracted_comes_back_by_a_reinstatement_with_a_note_and_by_nothing_else(desk):
    retracted(desk, closes_history=True)
    desk.now = later(hours=2)
    with pytest.raises(DomainError) as refused:
        desk.publish(kind="update")
    assert refused.value.code == "kind_not_reinstatement"
    with pytest.raises(DomainError) as refused:
        desk.publish(kind="reinstatement")
    assert refused.value.code == "note_missing"
    edition = desk.publish(kind="reinstatement", note="The signing has been confirmed.")
    assert content_of(edition) == content_of(desk.first_edition)
    # The closed history is open again: it was closed while the retraction showed.
    assert Edition.objects.readable(later(hours=3)).count() == 3
    assert json.loads(edition.correction.receipt)["statements"] == []


def test_what_was_unpublished_can_be_retracted(desk):
    unpublish(desk.article, by=desk.duty, now=later(minutes=1), reason="Moved.")
    edition = retracted(desk)
    assert Edition.objects.current(later(hours=2)).get() == edition
    assert content_of(edition)["headline"]["text"] == "A treaty is signed"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda desk: retracted(desk, note="  "), "note_missing"),
        (lambda desk: retracted(desk, note="x" * 2001), "text_too_long"),
        (lambda desk: retracted(desk, note="\x00"), "text_unreadable"),
        (lambda desk: retracted(desk, by=desk.editor), "not_allowed"),
        (
            lambda desk: unpublish(desk.article, by=desk.duty, now=later(hours=1), reason=" "),
            "reason_missing",
        ),
        (
            lambda desk: unpublish(desk.article, by=desk.duty, now=later(hours=1), reason="x", at=NOW),
            "moment_passed",
        ),
        (
            lambda desk: unpublish(
                desk.article, by=desk.duty, now=NOW, reason="x", at=later(hours=1).replace(tzinfo=None)
            ),
            "moment_without_offset",
        ),
        (
            lambda desk: unpublish(desk.article, by=desk.reporter, now=later(hours=1), reason="x"),
            "not_allowed",
        ),
    ],
)
def test_what_is_refused_changes_nothing(desk, act, code):
    with pytest.raises(DomainError) as refused:
        act(desk)
    assert refused.value.code == code
    assert Edition.objects.count() == 1
    assert Rendering.objects.count() == 3


def test_a_later_unpublication_is_refused_behind_an_edition_that_waits_longer(desk):
    desk.save(headline="A treaty has been signed")
    desk.publish(at=later(days=2))
    with pytest.raises(DomainError) as refused:
        unpublish(desk.article, by=desk.duty, now=later(hours=1), reason="x", at=later(days=1))
    assert refused.value.code == "edition_waiting"


def test_a_later_unpublication_asks_for_its_second_person_from_its_own_moment(desk):
    edition = unpublish(desk.article, by=desk.duty, now=later(hours=1), reason="Moved.", at=later(days=1))
    assert Removal.objects.get().confirm_by == later(days=1, hours=1)
    reschedule(edition, at=later(days=3), by=desk.duty, now=later(hours=2))
    assert Removal.objects.get().confirm_by == later(days=3, hours=1)
    assert escalate_removals(now=later(days=3, minutes=59)) == 0
    assert escalate_removals(now=later(days=3, hours=1)) == 1
