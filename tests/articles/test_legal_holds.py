"""A legal hold stops publication, and what waits, and is seen wherever the article is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles import corrections, legal_holds, publishing
from articles.models import Edition, Release
from articles.readiness import NotReady, blockers
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import done, html_of, page_of, press, signed_in
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def hold(desk, **options):
    return legal_holds.hold_legally(
        desk.reload(), **{"reason": "A letter came.", "by": desk.duty, "now": NOW} | options
    )


def test_nothing_goes_out_under_a_legal_hold_and_nobody_can_waive_it(desk):
    desk.check_all()
    desk.approve()
    hold(desk)
    assert [(b.code, b.absolute) for b in blockers(desk.reload())] == [("legal_hold", True)]
    with pytest.raises(NotReady):
        publishing.publish(desk.reload(), by=desk.duty, now=NOW)
    legal_holds.lift_legal_hold(desk.reload(), reason="Settled.", by=desk.duty, now=NOW)
    assert publishing.publish(desk.reload(), by=desk.duty, now=NOW).number == 1


def test_what_waits_is_put_on_hold_with_it_and_stays_there(desk):
    desk.publish(at=NOW + timedelta(hours=1))
    hold(desk)
    assert [release.held_for for release in Release.objects.all()] == ["legal_hold"]
    legal_holds.lift_legal_hold(desk.reload(), reason="Settled.", by=desk.duty, now=NOW)
    assert not Edition.objects.waiting(NOW).exists()


def test_a_notice_that_waits_to_take_the_article_away_keeps_its_moment(desk):
    desk.publish()
    at = NOW + timedelta(hours=1)
    corrections.unpublish(desk.reload(), reason="Expires.", by=desk.duty, now=NOW, at=at)
    hold(desk)
    assert [edition.kind for edition in Edition.objects.waiting(NOW)] == ["unpublication"]


@pytest.mark.parametrize(
    ("options", "code"),
    [({"reason": " "}, "reason_missing"), ({"by": "editor"}, "not_allowed"), ({}, "held_already")],
)
def test_a_hold_is_a_duty_editors_with_a_reason_and_once(desk, options, code):
    if not options:
        hold(desk)
    if "by" in options:
        options = {"by": getattr(desk, options["by"])}
    with pytest.raises(DomainError) as refused:
        hold(desk, **options)
    assert refused.value.code == code


def test_it_is_seen_in_the_list_on_every_page_and_on_everybodys_desk(desk):
    client = signed_in(desk.duty)
    assert done(press(client, desk.article, "work", "hold_legally", reason="A letter came."))
    for page in ("change", "evidence", "check", "ready", "work", "published"):
        assert "legal hold" in page_of(client, desk.article, page), page
    everybody = signed_in(desk.reporter)
    for url in ("admin:articles_article_changelist", "admin:index"):
        assert "legal hold" in html_of(everybody, reverse(url))
    assert "A treaty is signed" in html_of(
        everybody, reverse("admin:articles_article_changelist") + "?legal_hold=yes"
    )
    assert done(press(client, desk.article, "work", "lift_legal_hold", reason="Settled."))
    assert "desk-tag--stop" not in html_of(everybody, reverse("admin:articles_article_changelist"))
