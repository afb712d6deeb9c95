"""One record of what an edition changed: kept with it, covered by the chain, and drafted into the note."""

import json
from datetime import timedelta

import pytest
from django.db import Error, transaction

from articles.corrections.pending import draft_note, pending_changes
from articles.models import Correction, EditionContent
from articles.receipts import corrections_up_to
from articles.rules.canonical import digest
from articles.verifying import first_break
from newsroom.accounts.models import Person
from tests.making import NOW, Desk, make_quote, make_speaker

pytestmark = pytest.mark.django_db
RIGHT = "Two states initialled a treaty on 27 May 2026"
NOTE = "It was initialled, not signed."


@pytest.fixture
def desk():
    desk = Desk()
    desk.publish()
    desk.now = NOW + timedelta(hours=1)
    return desk


def corrected(desk, **options):
    desk.save(body=desk.body(signed=RIGHT))
    return desk.publish(**{"kind": "correction", "note": NOTE, **options})


def test_the_first_edition_has_none_and_each_further_one_has_its_own(desk):
    edition = corrected(desk)
    receipt = json.loads(Correction.objects.get().receipt)
    assert Correction.objects.get().edition == edition
    assert (receipt["kind"], receipt["note"], receipt["texts"]) == ("correction", NOTE, [])
    (said,) = receipt["statements"]
    assert (said["key"], said["was"], said["is"]) == (
        Desk.KEYS[0],
        "Two states signed a treaty on 27 May 2026",
        RIGHT,
    )


def test_its_digest_stands_in_the_document_so_that_the_chain_covers_it(desk):
    edition = corrected(desk)
    document = json.loads(EditionContent.objects.get(edition=edition).document)
    assert document["edition"]["receipt"] == digest(edition.correction.receipt)
    assert first_break() is None


def test_it_can_be_changed_by_no_road(desk):
    corrected(desk)
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        Correction.objects.update(receipt="{}")
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        Correction.objects.all().delete()


def test_who_approved_it_is_named_if_readers_know_the_name(desk):
    corrected(desk)
    assert json.loads(Correction.objects.get().receipt)["approved_by"] == ""
    Person.objects.create(name="Edda Editor", slug="edda", user=desk.editor)
    desk.now += timedelta(hours=1)
    desk.save(headline="A treaty is initialled")
    desk.publish(kind="correction", note=NOTE)
    assert json.loads(Correction.objects.order_by("pk").last().receipt)["approved_by"] == "Edda Editor"


def test_readers_of_an_edition_are_told_what_was_changed_up_to_it(desk):
    second = corrected(desk)
    desk.now += timedelta(hours=1)
    desk.save(headline="A treaty is initialled")
    third = desk.publish(kind="clarification", note="Of the headline.")
    assert [told.number for told in corrections_up_to(second)] == [2]
    assert [(told.number, told.kind, told.at) for told in corrections_up_to(third)] == [
        (2, "correction", NOW + timedelta(hours=1)),
        (3, "clarification", NOW + timedelta(hours=2)),
    ]


def test_the_note_is_drafted_from_the_differences_in_the_language_of_the_article(desk):
    assert pending_changes(desk.article) == {"texts": [], "statements": []}
    desk.save(body=desk.body(signed=RIGHT), headline="A treaty is initialled")
    pending = pending_changes(desk.reload())
    note = draft_note(pending, "en")
    assert "“A treaty is signed”" in note
    assert f"It should have said: “{RIGHT}”" in note
    assert draft_note(pending, "pl") != note


def test_a_wrong_speaker_is_put_right_by_name(desk):
    desk.quote.speaker, desk.quote.role = make_speaker("Jan Example")
    desk.quote.save()
    note = draft_note(pending_changes(desk.reload()), "en")
    assert "Ada Sample" in note
    assert "Jan Example" in note


def test_there_is_nothing_to_compare_before_the_first_edition():
    assert pending_changes(Desk().article) is None


def test_a_quote_that_took_the_place_of_another_is_not_said_to_be_misattributed(desk):
    other = make_quote(desk.reporter, desk.second, words="a bad day", speaker=desk.speaker, role=desk.role)
    body = desk.body(said="a bad day").replace(desk.quote.public_id, other.public_id)
    desk.save(body=body)
    note = draft_note(pending_changes(desk.reload()), "en")
    assert "a bad day" in note
    assert "attributed" not in note
    assert "was said by" not in note
