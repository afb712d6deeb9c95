"""The wire is withdrawn: what rests only on its copies is found, held and blocked as well."""

from datetime import timedelta

import pytest

from articles.models import Edition, RecalledWording
from articles.readiness import blockers
from articles.withdrawing import withdraw_source
from sources.models import Source
from tests.making import NOW, Desk, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def wire():
    return make_source(Desk().reporter)


@pytest.fixture
def desk(wire):
    """A story whose claim rests on two copies of the wire alone."""
    desk = Desk()
    copies = Source.objects.filter(pk__in=[desk.first.pk, desk.second.pk])
    copies.update(derives_from=wire, derivation="wire_copy")
    return desk


def withdraw(wire, desk):
    hour = NOW + timedelta(hours=1)
    withdraw_source(wire, by=desk.editor, now=hour, withdrawn_by="publisher", reason="It was made up.")


def test_a_waiting_edition_is_held(wire, desk):
    edition = desk.publish(at=NOW + timedelta(days=1))
    withdraw(wire, desk)
    edition.release.refresh_from_db()
    assert edition.release.showing.isempty
    assert not Edition.objects.waiting(NOW + timedelta(hours=2)).exists()


def test_a_draft_is_blocked_at_its_sentences(wire, desk):
    desk.check_all()
    desk.approve()
    assert blockers(desk.article) == []
    withdraw(wire, desk)
    found = [(blocker.code, blocker.place) for blocker in blockers(desk.reload())]
    assert found == [("origin_withdrawn", key) for key in Desk.KEYS]


def test_one_source_of_another_origin_is_enough(wire, desk):
    Source.objects.filter(pk=desk.first.pk).update(derives_from=None, derivation="")
    desk.check_all()
    desk.approve()
    withdraw(wire, desk)
    assert [b.place for b in blockers(desk.reload()) if b.code == "origin_withdrawn"] == [Desk.KEYS[1]]


def test_corrections_are_opened_where_only_copies_are_cited(wire, desk):
    desk.publish()
    withdraw(wire, desk)
    told = RecalledWording.objects.filter(recall__source=wire).order_by("pk")
    assert [(said.article, said.key) for said in told] == [(desk.article, key) for key in Desk.KEYS]
