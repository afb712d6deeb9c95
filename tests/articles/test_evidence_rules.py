"""How many origins a statement needs: copies of one count once, and only the sources of what is asked about."""

import pytest

from articles.models import Citation, EvidenceRule
from articles.readiness import blockers
from tests.making import Desk, cite, make_source

pytestmark = pytest.mark.django_db

CLAIM = Desk.KEYS[0]


@pytest.fixture
def desk():
    """A story whose claim rests on its first source alone; a claim needs two origins."""
    desk = Desk()
    EvidenceRule.objects.create(kind="general", origins=2)
    Citation.objects.filter(claim=desk.claim, source=desk.second).delete()
    desk.check_all()
    return desk


def found(desk):
    return [(b.code, b.place) for b in blockers(desk.reload()) if b.code != "not_approved"]


def test_eight_copies_of_one_wire_are_one_origin(desk):
    copies = [make_source(desk.reporter, derives_from=desk.first, derivation="wire_copy") for _ in range(7)]
    copies.append(make_source(desk.reporter, derives_from=copies[0], derivation="quotes"))
    cite(desk.claim, *copies, by=desk.reporter)
    desk.check_all()
    assert found(desk) == [("too_few_origins", CLAIM)]
    cite(desk.claim, make_source(desk.reporter), by=desk.reporter)
    desk.check_all()
    assert found(desk) == []


def test_who_has_the_words_of_a_quote_does_not_corroborate_the_claim_beside_it(desk):
    desk.save(body=desk.body().replace(" data-quotes", f' data-claim="{desk.claim.public_id}" data-quotes'))
    desk.check_all()
    assert found(desk) == [("too_few_origins", key) for key in Desk.KEYS]


def test_what_contradicts_does_not_corroborate(desk):
    cite(desk.claim, desk.second, by=desk.reporter, stance="contradicts")
    desk.check_all()
    assert found(desk) == [("too_few_origins", CLAIM)]
