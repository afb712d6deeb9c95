"""Taking down: one person at once, a second one in time, and never back by itself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from articles.corrections import confirm_removal, escalate_removals, retract, take_down, unpublish
from articles.corrections.notices import CONFIRMED_WITHIN
from articles.models import Edition, Removal, Rendering
from articles.rendering.rebuilding import outdated, rebuild
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.notices import posting
from newsroom.notices.models import Notice
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    desk = Desk()
    desk.publish()
    desk.save(headline="A treaty has been signed")
    desk.now = later(minutes=10)
    desk.publish(kind="correction", note="It has been signed.")
    return desk


def taken_down(desk, **options):
    return take_down(
        desk.article, **{"by": desk.duty, "now": later(hours=1), "reason": "An order.", **options}
    )


def test_nothing_of_the_text_is_left_in_any_finished_page_nor_can_be_made_again(desk):
    edition = taken_down(desk)
    assert set(Rendering.objects.values_list("edition", flat=True)) == {edition.pk}
    assert not any(
        b"treaty" in bytes(made.plain) for made in Rendering.objects.exclude(representation="page")
    )
    assert outdated(every=True) == [edition.pk]
    rebuild(Edition.objects.values_list("pk", flat=True))
    assert set(Rendering.objects.values_list("edition", flat=True)) == {edition.pk}


def test_only_the_notice_can_be_read_and_stays_so_after_a_reinstatement(desk):
    edition = taken_down(desk)
    assert Edition.objects.readable(later(hours=2)).get() == edition
    desk.now = later(hours=3)
    back = desk.publish(kind="reinstatement", note="The order was lifted.")
    assert list(Edition.objects.readable(later(hours=4)).order_by("number")) == [edition, back]


def test_a_second_person_confirms_and_the_first_cannot(desk):
    taken_down(desk)
    with pytest.raises(DomainError) as refused:
        confirm_removal(desk.article, by=desk.duty, now=later(hours=1))
    assert refused.value.code == "own_removal"
    order = confirm_removal(desk.article, by=desk.editor, now=later(hours=1, minutes=5))
    assert (order.confirmed_by, order.confirmed_at) == (desk.editor, later(hours=1, minutes=5))
    with pytest.raises(DomainError) as refused:
        confirm_removal(desk.article, by=desk.editor, now=later(hours=2))
    assert refused.value.code == "confirmed_already"


def test_the_database_takes_no_confirmation_by_the_same_person(desk):
    taken_down(desk)
    with pytest.raises(IntegrityError, match="removal_confirmed_by_another"), transaction.atomic():
        Removal.objects.update(confirmed_by=desk.duty, confirmed_at=NOW)


def test_without_a_second_person_in_time_it_escalates_once_and_stays_down(desk):
    edition = taken_down(desk)
    for username, role in (("boss", "administrator"), ("night", "duty_editor"), ("else", "reporter")):
        person = make_user(role, username=username)
        person.email = f"{username}@newsroom.example"
        person.save()
    due = later(hours=1) + CONFIRMED_WITHIN
    assert escalate_removals(now=due - timedelta(seconds=1)) == 0
    assert [escalate_removals(now=due), escalate_removals(now=due)] == [1, 0]
    assert AuditEvent.objects.filter(act="article.removal_escalated").count() == 1

    for notice in Notice.objects.order_by("pk"):
        posting.send_at_once(notice.pk, now=due)
    letters = [letter for letter in mail.outbox if "nobody has confirmed" in letter.subject]
    assert [letter.to for letter in letters] == [["boss@newsroom.example"], ["night@newsroom.example"]]
    assert all(
        desk.article.slug in letter.subject or desk.article.headline in letter.subject for letter in letters
    )
    assert Edition.objects.current(later(days=9)).get() == edition


def test_what_was_confirmed_in_the_meantime_is_told_to_nobody(desk):
    taken_down(desk)
    assert escalate_removals(now=later(days=1)) == 1
    confirm_removal(desk.article, by=desk.editor, now=later(days=1))
    assert Notice.objects.filter(kind__startswith="article.removal_").count() > 1
    for notice in Notice.objects.filter(kind__startswith="article.removal_"):
        assert not posting.send_at_once(notice.pk, now=later(days=1))
    assert mail.outbox == []


def test_a_retracted_article_can_still_be_taken_down(desk):
    retract(desk.article, by=desk.duty, now=later(minutes=30), note="Wrong.")
    edition = taken_down(desk)
    assert Edition.objects.readable(later(hours=2)).get() == edition


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, **by: retract(desk.article, note="Wrong.", **by),
        lambda desk, **by: unpublish(desk.article, reason="Moved.", **by),
    ],
    ids=["retraction", "unpublication"],
)
def test_a_retraction_and_an_unpublication_ask_for_a_second_person_too(desk, act):
    act(desk, by=desk.duty, now=later(hours=1))
    with pytest.raises(DomainError) as refused:
        confirm_removal(desk.article, by=desk.duty, now=later(hours=1))
    assert refused.value.code == "own_removal"
    assert escalate_removals(now=later(hours=3)) == 1
    assert confirm_removal(desk.article, by=desk.editor, now=later(hours=4)).confirmed_by == desk.editor


def test_what_came_back_in_time_is_told_to_nobody_and_needs_no_second_person(desk):
    taken_down(desk)
    desk.now = later(hours=1, minutes=30)
    desk.publish(kind="reinstatement", note="The order was lifted.")
    assert escalate_removals(now=later(days=1)) == 0
    with pytest.raises(DomainError) as refused:
        confirm_removal(desk.article, by=desk.editor, now=later(days=1))
    assert refused.value.code == "not_gone"


@pytest.mark.parametrize(
    ("options", "code"),
    [({"reason": " "}, "reason_missing"), ({"by": "editor"}, "not_allowed")],
)
def test_what_is_refused_hides_nothing(desk, options, code):
    if by := options.get("by"):
        options = options | {"by": getattr(desk, by)}
    with pytest.raises(DomainError) as refused:
        taken_down(desk, **options)
    assert refused.value.code == code
    assert Edition.objects.readable(later(hours=2)).count() == 2


def test_what_readers_never_saw_is_not_taken_down():
    draft = Desk()
    with pytest.raises(DomainError) as refused:
        taken_down(draft)
    assert refused.value.code == "not_public"
    draft.publish(at=later(days=1))
    with pytest.raises(DomainError) as refused:
        taken_down(draft)
    assert refused.value.code == "not_public"
