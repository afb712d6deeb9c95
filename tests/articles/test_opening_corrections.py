"""From a source that fell, the corrections are opened: which sentences of which articles to repair."""

import json
from datetime import timedelta

import pytest

from articles.withdrawing import open_corrections
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, cite

pytestmark = pytest.mark.django_db


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    return Desk()


def test_opening_corrections_tells_which_sentences_of_which_articles_to_repair(desk):
    other, unlike = Desk(), Desk()
    cite(other.quote, desk.first, by=other.reporter)
    for each in (desk, other, unlike):
        each.publish()
    opened = open_corrections(desk.first, by=desk.editor, now=later(hours=1))

    assert [(o.article, o.number, o.keys, o.anew) for o in opened] == [
        (desk.article, 1, [Desk.KEYS[0]], True),
        (other.article, 1, [Desk.KEYS[1]], True),
    ]
    entries = AuditEvent.objects.filter(act="article.correction_opened")
    assert {(e.object_id, json.dumps(e.data, sort_keys=True)) for e in entries} == {
        (
            o.article.public_id,
            json.dumps({"edition": 1, "source": desk.first.public_id, "statements": o.keys}, sort_keys=True),
        )
        for o in opened
    }

    again = open_corrections(desk.first, by=desk.duty, now=later(hours=2))
    assert [o.anew for o in again] == [False, False]
    assert entries.count() == 2


def test_an_approved_draft_that_still_rests_on_it_goes_back_to_its_writers(desk):
    desk.publish()
    desk.save(headline="A treaty was signed")
    desk.check_all()
    desk.approve()
    open_corrections(desk.first, by=desk.duty, now=later(hours=1))
    assert desk.reload().stage == "draft"
    assert not desk.article.approvals.filter(withdrawn_at=None).exists()
    withdrawn = AuditEvent.objects.filter(act="article.approval_withdrawn", object_id=desk.article.public_id)
    assert withdrawn.get().by == desk.duty


def test_an_approved_draft_that_no_longer_rests_on_it_is_the_correction_and_stays(desk):
    desk.publish()
    desk.claim.citations.filter(source=desk.first).delete()
    desk.check_all()
    desk.approve()
    assert len(open_corrections(desk.first, by=desk.duty, now=later(hours=1))) == 1
    assert desk.reload().stage == "approved"


def test_only_editors_open_corrections(desk):
    with pytest.raises(DomainError) as refused:
        open_corrections(desk.first, by=desk.reporter, now=NOW)
    assert refused.value.code == "not_allowed"
