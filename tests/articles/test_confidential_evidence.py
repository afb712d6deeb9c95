"""What rests on confidential sources alone needs two who answer for it; and nothing of them gets into an edition."""

import json

import pytest

from articles import fact_checking, publishing
from articles.dossier import open_dossier
from articles.models import Citation
from articles.readiness import blockers
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Source
from tests.articles.schema import valid
from tests.making import NOW, Desk, cite, make_snapshot, make_user

pytestmark = pytest.mark.django_db

KEY = Desk.KEYS[0]


@pytest.fixture
def desk():
    """A story whose first sentence rests on two confidential sources; all of it is checked."""
    desk = Desk()
    Citation.objects.filter(claim=desk.claim).delete()
    desk.hidden = [confide(desk, "a diplomat"), confide(desk, "a clerk")]
    cite(desk.claim, *desk.hidden, by=desk.reporter)
    desk.check_all()
    return desk


def confide(desk, label, **fields):
    return Source.objects.create(
        confidential=True, public_label=label, created_by=desk.reporter, created_at=NOW, **fields
    )


def codes(desk):
    return [b.code for b in blockers(desk.reload()) if b.code != "not_approved"]


def vouch(desk, by, *, key=KEY, fingerprint=None):
    fingerprint = fingerprint or open_dossier(desk.reload()).by_key[key].fingerprint
    return fact_checking.vouch(desk.article, key, fingerprint=fingerprint, by=by, now=NOW)


def refused(desk, by, **more):
    with pytest.raises(DomainError) as error:
        vouch(desk, by, **more)
    return error.value.code


def test_two_editors_answer_by_name(desk):
    assert codes(desk) == ["confidential_needs_two"]
    vouch(desk, desk.editor)
    assert codes(desk) == ["confidential_needs_two"]
    assert refused(desk, desk.editor) == "vouched_already"
    vouch(desk, desk.duty)
    assert codes(desk) == []
    events = AuditEvent.objects.filter(act="segment.vouched")
    assert [(e.by, e.data) for e in events.order_by("pk")] == [
        (desk.editor, {"segment": KEY}),
        (desk.duty, {"segment": KEY}),
    ]


def test_an_open_source_beside_them_takes_the_need_away(desk):
    cite(desk.claim, desk.first, by=desk.reporter)
    desk.check_all()
    assert codes(desk) == []
    Citation.objects.filter(source=desk.first).update(stance="context")
    desk.check_all()
    assert codes(desk) == ["confidential_needs_two"]


def test_an_open_source_of_one_record_does_not_answer_for_another_of_the_sentence(desk):
    cite(desk.claim, desk.first, by=desk.reporter)
    both = f'data-claim="{desk.claim.public_id}" data-quotes'
    desk.save(body=desk.body().replace("data-quotes", both))
    desk.check_all()
    assert codes(desk) == []
    unmarked = {"snapshot": None, "start": None, "exact": "", "prefix": "", "suffix": ""}
    Citation.objects.filter(quote=desk.quote).update(source=desk.hidden[0], **unmarked)
    desk.check_all()
    assert codes(desk) == ["confidential_needs_two"]
    # Nor does one that only reports that it was said.
    cite(desk.quote, desk.second, by=desk.reporter)
    words = Citation.objects.filter(quote=desk.quote, source=desk.second)
    words.update(carries="report")
    desk.check_all()
    assert codes(desk) == ["confidential_needs_two"]
    words.update(carries="words")
    desk.check_all()
    assert codes(desk) == []


def test_an_answer_lapses_with_what_it_covers(desk):
    vouch(desk, desk.editor)
    vouch(desk, desk.duty)
    desk.save(body=desk.body(signed="Three states signed a treaty"))
    desk.check_all()
    assert codes(desk) == ["confidential_needs_two"]
    desk.save(body=desk.body())
    assert codes(desk) == []


def test_nobody_answers_for_their_own(desk):
    both = make_user("editor", "reporter")
    desk.reporter, reporter = both, desk.reporter
    desk.save(body=desk.body(signed="Two states have signed a treaty"))
    assert refused(desk, both) == "own_wording"
    desk.reporter = reporter
    assert refused(desk, reporter) == "not_allowed"
    desk.save(body=desk.body(signed="Two states signed it"))
    Citation.objects.filter(claim=desk.claim).update(chosen_by=both, exact="x")
    assert refused(desk, both) == "own_wording"
    type(desk.article).objects.update(created_by=desk.editor)
    assert refused(desk, desk.editor) == "own_article"


def test_the_answer_of_a_later_writer_no_longer_counts(desk):
    both = make_user("editor", "reporter")
    vouch(desk, both)
    vouch(desk, desk.duty)
    assert codes(desk) == []
    desk.reporter, reporter = both, desk.reporter
    desk.save(body=desk.body(signed="Two states have signed a treaty"))
    desk.save(body=desk.body())
    desk.reporter = reporter
    assert codes(desk) == ["confidential_needs_two"]


def test_an_answer_covers_what_was_on_the_screen(desk):
    assert refused(desk, desk.editor, fingerprint="0" * 64) == "segment_changed"
    assert refused(desk, desk.editor, key=Desk.KEYS[1]) == "nothing_to_vouch_for"
    assert refused(desk, desk.editor, key="zzzzzzzzzz", fingerprint="0" * 64) == "segment_unknown"


def test_a_confidential_source_needs_neither_copy_nor_passage(desk):
    make_snapshot(desk.hidden[0], "It was a good day.")
    assert codes(desk) == ["confidential_needs_two"]


def test_nothing_of_a_confidential_source_gets_into_an_edition(desk):
    snapshot = make_snapshot(desk.hidden[0], "The clerk of Room 12 told us all of it.")
    Citation.objects.filter(source=desk.hidden[0]).update(
        snapshot=snapshot, start=0, exact="The clerk of Room 12", suffix=" told us", locator="Room 12"
    )
    Source.objects.filter(pk=desk.hidden[0].pk).update(
        usage_terms="As agreed in Room 12", derives_from=desk.second, derivation="quotes"
    )
    Source.objects.filter(pk=desk.second.pk).update(derives_from=desk.hidden[1], derivation="quotes")
    desk.check_all()
    vouch(desk, desk.editor)
    vouch(desk, desk.duty)
    desk.approve()
    document = publishing.publish(desk.article, by=desk.duty, now=NOW).content.document
    assert "Room 12" not in document
    assert snapshot.sha256 not in document
    assert snapshot.public_id not in document
    content = json.loads(document)["content"]
    assert valid(json.loads(document))
    told = {source["label"]: source for source in content["sources"]}
    assert told["a diplomat"] == {
        "number": 1,
        "id": desk.hidden[0].public_id,
        "title": "",
        "url": "",
        "publisher": None,
        "kind": "article",
        "creators": "",
        "published_on": None,
        "language": "",
        "confidential": True,
        "label": "a diplomat",
        "origin": None,
        "usage_terms": "",
    }
    # Nor does an open source tell that it copies from one.
    assert [source["origin"] for source in content["sources"]] == [None, None, None]
    # Both go back to the clerk.
    assert [statement["origins"] for statement in content["statements"]] == [1, 1]
    hidden = content["statements"][0]["evidence"]
    assert [(e["passage"], e["locator"], e["snapshot"], e["start"]) for e in hidden] == [
        (None, "", None, None)
    ] * 2
