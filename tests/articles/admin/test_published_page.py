"""The page "Published": what readers see now, the editions, and which acts it offers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import corrections, scheduling
from articles.models import Removal
from tests.articles.admin.after import at, editions, page, shows
from tests.articles.admin.pages import offered_acts, queries, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db

ON_WHAT_SHOWS = {"retract", "unpublish", "take_down", "change_address", "archive"}


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def duty(desk):
    return signed_in(desk.duty)


OFFERED = [
    ("nothing", "duty", {"change_address", "archive", "trash"}),
    ("published", "duty", ON_WHAT_SHOWS),
    ("published", "editor", {"change_address", "archive"}),
    ("published", "reporter", set()),
    ("published", "checker", set()),
    ("scheduled", "duty", {"change_address", "reschedule", "cancel"}),
    ("scheduled", "editor", {"change_address"}),
    ("next waits", "duty", (ON_WHAT_SHOWS - {"archive"}) | {"reschedule", "cancel"}),
    ("retracted", "duty", {"take_down", "change_address", "archive"}),
    ("retracted", "editor", {"confirm_removal", "change_address", "archive"}),
    ("unpublished", "duty", {"retract", "take_down", "change_address", "archive"}),
    ("taken down", "duty", {"change_address", "archive"}),
    ("taken down", "editor", {"confirm_removal", "change_address", "archive"}),
    ("taken down", "reporter", set()),
    ("confirmed", "editor", {"change_address", "archive"}),
    ("archived", "editor", {"change_address", "unarchive"}),
]


@pytest.mark.parametrize(("state", "who", "acts"), OFFERED)
def test_the_acts_are_those_of_the_tables(desk, state, who, acts):
    assert offered_acts(page(signed_in(getattr(at(desk, state), who)), desk)) == acts


def test_only_another_duty_editor_is_offered_to_seal_what_was_taken_down(desk):
    at(desk, "confirmed")
    assert "seal" not in offered_acts(page(signed_in(desk.duty), desk))
    assert "seal" in offered_acts(page(signed_in(Desk().duty), desk))


SHOWN = [
    ("nothing", ("nothing", "none"), {}),
    ("published", ("text", "none"), {"1": "shows"}),
    ("scheduled", ("nothing", "scheduled"), {"1": "scheduled"}),
    ("embargoed", ("nothing", "embargoed"), {"1": "embargoed"}),
    ("next waits", ("text", "scheduled"), {"2": "scheduled", "1": "shows"}),
    ("retracted", ("retracted", "none"), {"2": "shows", "1": "earlier"}),
    ("taken down", ("taken_down", "none"), {"2": "shows", "1": "earlier"}),
    ("sealed", ("taken_down", "none"), {"2": "shows", "1": "earlier"}),
]


@pytest.mark.parametrize(("state", "showing", "rows"), SHOWN)
def test_it_tells_what_readers_see_and_what_each_edition_does(desk, duty, state, showing, rows):
    html = page(duty, at(desk, state))
    assert shows(html) == showing
    assert editions(html) == rows


def test_what_is_on_hold_says_why(desk, duty):
    edition = at(desk, "next waits").article.editions.get(number=2)
    scheduling.cancel(edition, by=desk.duty, now=timezone.now())
    html = page(duty, desk)
    assert editions(html) == {"2": "held", "1": "shows"}
    assert "its schedule was cancelled" in html


def test_an_edition_is_linked_where_readers_can_open_it(desk, duty):
    address = f"{desk.article.get_absolute_url()}editions/1/"
    assert address in page(duty, at(desk, "published"))
    corrections.retract(desk.article, by=desk.duty, now=timezone.now(), note="Wrong.")
    assert address in page(duty, desk)
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An injunction")
    assert address not in page(duty, desk)


def test_the_note_and_the_receipt_are_there_to_unfold(desk, duty):
    at(desk, "published").save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    desk.publish(kind="correction", note="There were three states.", now=timezone.now())
    html = page(duty, desk)
    assert "There were three states." in html
    assert "<del>Two states signed a treaty on 27 May 2026</del>" in html
    assert "<ins>Three states signed a treaty on 27 May 2026</ins>" in html


def test_a_take_down_that_nobody_confirms_is_late_and_says_that_it_was_escalated(desk, duty):
    at(desk, "taken down")
    Removal.objects.update(confirm_by=desk.now - timedelta(minutes=1))
    corrections.escalate_removals(now=timezone.now())
    html = page(duty, desk)
    assert 'data-state="late"' in html
    assert "escalated" in html


def test_the_page_costs_the_same_with_two_editions_and_with_six(desk, duty):
    at(desk, "published")
    url = reverse("admin:articles_article_published", args=[desk.article.pk])

    def edit(times):
        for _ in range(times):
            desk.save(headline=desk.article.headline + " again")
            desk.publish(kind="update", now=timezone.now())
        return queries(duty, url)

    edit(1)
    assert edit(0) == edit(4)


def test_only_the_newest_editions_are_shown(desk, duty, monkeypatch):
    monkeypatch.setattr("articles.admin.published_page.SHOWN", 1)
    html = page(duty, at(desk, "retracted"))
    assert editions(html) == {"2": "shows"}
    assert f"?q={desk.article.slug}" in html
