"""What a court orders erased is in no column of the database any more, and the chain still says that it was there."""

import gzip
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import Error, connection, transaction

from articles import advising, assigning, commenting, drafting, evidence, recalling, sharing
from articles.challenging import deciding
from articles.corrections import confirm_removal, retract, seal, take_down
from articles.legal_holds import hold_legally, lift_legal_hold
from articles.models import Change, Claim, Edition, EditionContent, Quote, Seal, Statement
from articles.publishing import publish
from articles.searching import learn_words
from articles.verifying import first_break
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.challenges import doubted, resolved, told
from tests.making import NOW, Desk, cite, make_claim, make_user

pytestmark = pytest.mark.django_db
# Stand in every text of the story and nowhere else.
MARKS = ("Zanzibar", "quixotic")
BASIS = "Regional Court, I C 12/26, 3 June 2026"


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def whole_life(desk):
    """Lets the story say the marks everywhere it can: texts, records, checks, waivers, a recall, and a correction."""
    desk.quote.words = "a quixotic day"
    desk.quote.save()
    desk.quote.citations.all().delete()
    desk.claim.label = "Zanzibar signed: quixotic"
    desk.claim.save()
    desk.save(
        headline="Zanzibar signs",
        standfirst="Zanzibar signs",
        body=desk.body(said="a quixotic day", signed="Zanzibar signed a treaty on 27 May 2026"),
    )
    cite(desk.quote, desk.second, by=desk.reporter)
    desk.publish()
    recalled = recalling.recall(
        desk.claim, reason="Not Zanzibar: quixotic", by=desk.editor, now=later(minutes=5)
    )
    desk.now = later(minutes=10)
    desk.save(body=desk.body(said="a quixotic day", signed="The island of Zanzibar signed on 27 May 2026"))
    desk.publish(kind="correction", note="We said that Zanzibar signed. It was the island of Zanzibar.")
    recalling.close(recalled, by=desk.editor, now=later(minutes=15))
    said = {"exact": "Zanzibar", "text": "How quixotic!", "by": desk.editor}
    commenting.comment(desk.article, place="body", now=desk.now, **said)
    advising.answer_advice(
        desk.article,
        code="opinion",
        digest="a" * 64,
        reason="Zanzibar is quixotic",
        by=desk.reporter,
        now=desk.now,
    )
    noted = {"note": "Ring Zanzibar: quixotic", "by": desk.editor, "now": desk.now}
    assigning.assign(desk.article, to=desk.reporter, task="write", **noted)
    hold_legally(desk.article, reason="Zanzibar: quixotic?", by=desk.duty, now=desk.now)
    lift_legal_hold(desk.article, reason="Zanzibar is quixotic", by=desk.duty, now=desk.now)
    doubt = {"words": "Not Zanzibar: quixotic!", "evidence_url": "https://quixotic.example/Zanzibar"}
    challenge = doubted(desk, now=later(minutes=18), **doubt)
    deciding.note(challenge, text="Zanzibar: quixotic?", by=desk.checker, now=later(minutes=18))
    resolved(desk, challenge, answer="Zanzibar it was, quixotic or not.", now=later(minutes=19))
    told(desk, challenge, now=later(minutes=19))
    ends = later(days=7)
    sharing.share(
        desk.article, by=desk.editor, now=desk.now, expires_at=ends, pinned=True, label="Zanzibar: quixotic"
    )
    passing = make_claim(desk.reporter, desk.first, label="Zanzibar was quixotic")
    desk.save(body=desk.body(signed="Zanzibar").replace(desk.claim.public_id, passing.public_id))
    desk.save(headline="Zanzibar has signed", body=desk.body(said="a quixotic day"))
    for edition in desk.article.editions.all():
        learn_words(edition.pk)
    taken_away = desk.quote.citations.get()
    evidence.withdraw_citation(taken_away, by=desk.reporter, now=later(minutes=20))
    retract(desk.article, by=desk.duty, now=later(minutes=30), note="It was not Zanzibar: quixotic.")

    cite(desk.quote, desk.second, by=desk.reporter)


def take_away(desk, *, by=None, confirmed=True):
    take_down(desk.article, by=by or desk.duty, now=later(hours=1), reason="A court order.")
    if confirmed:
        confirm_removal(desk.article, by=make_user("duty_editor"), now=later(hours=1, minutes=5))


def places_that_hold(mark: str) -> set[str]:
    """``table.column`` of every column of every table in which ``mark`` stands, compressed bytes included."""
    holding = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            if kind == "bytea":
                cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608
                if any(mark.encode() in unpacked(bytes(value)) for (value,) in cursor.fetchall()):
                    holding.add(f"{table}.{column}")
                continue
            found = f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1'  # noqa: S608
            cursor.execute(found, [f"%{mark}%"])
            if cursor.fetchone():
                holding.add(f"{table}.{column}")
    return holding


def unpacked(value: bytes) -> bytes:
    return gzip.decompress(value) if value[:2] == b"\x1f\x8b" else value


# Other people's documents, and what they say, are not ours to erase by an order about our article.
OF_SOURCES = {"sources_snapshottext.text", "sources_snapshottext.searched"}


@pytest.mark.parametrize("mark", MARKS)
def test_after_sealing_no_column_of_any_table_holds_the_text(desk, mark):
    whole_life(desk)
    held = {"articles_statement.wording", "articles_rendering.gzipped", "articles_check.seen"}
    held |= {"articles_signoff.content", "articles_sharelink.pinned"}
    held |= {"articles_assignment.note", "notices_notice.facts"}
    held |= {"articles_challenge.words", "articles_challengeoutcome.answer", "articles_challengenote.text"}
    assert held <= places_that_hold(mark)
    take_away(desk)
    seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    assert places_that_hold(mark) - OF_SOURCES == set()


def test_what_is_left_tells_that_it_was_there_and_verifies_as_sealed(desk):
    whole_life(desk)
    digests = list(Edition.objects.order_by("number").values_list("digest", flat=True))
    take_away(desk)
    sealed = seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    assert (
        list(Edition.objects.order_by("number").values_list("digest", flat=True))[: len(digests)] == digests
    )
    assert Edition.objects.count() == Change.objects.filter(edition__isnull=False).count() == 4
    assert first_break() is None
    assert {desk.claim.public_id, desk.quote.public_id} < set(sealed.records)
    event = AuditEvent.objects.get(act="article.sealed")
    assert event.data["legal_basis"] == BASIS
    assert "Zanzibar" not in json.dumps(event.data)


def test_what_also_stands_elsewhere_stays_there(desk):
    other = Desk()
    other.claim = desk.claim
    other.save(body=other.body())
    other.publish()
    desk.publish()
    take_away(desk)
    sealed = seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    assert sealed.records == [desk.quote.public_id]
    assert Claim.objects.get(pk=desk.claim.pk).label == "The treaty was signed."
    assert Quote.objects.get(pk=desk.quote.pk).words == "(sealed)"
    assert Statement.objects.filter(edition__article=other.article).exists()


def test_a_record_that_another_draft_names_stays(desk):
    draft = Desk()
    draft.claim = desk.claim
    draft.save(body=draft.body())
    desk.publish()
    take_away(desk)
    sealed = seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    assert sealed.records == [desk.quote.public_id]


@pytest.mark.parametrize(
    ("prepare", "by", "basis", "code"),
    [
        (lambda desk: None, "duty_editor", BASIS, "not_taken_down"),
        (
            lambda desk: retract(desk.article, by=desk.duty, now=later(hours=1), note="Wrong."),
            "duty_editor",
            BASIS,
            "not_taken_down",
        ),
        (lambda desk: take_away(desk, confirmed=False), "duty_editor", BASIS, "take_down_not_confirmed"),
        (take_away, "editor", BASIS, "not_allowed"),
        (take_away, "duty_editor", "  ", "legal_basis_missing"),
        (take_away, "same", BASIS, "own_removal"),
    ],
    ids=["public", "retracted", "unconfirmed", "role", "basis", "same person"],
)
def test_sealing_is_refused_and_erases_nothing(desk, prepare, by, basis, code):
    desk.publish()
    prepare(desk)
    person = desk.duty if by == "same" else make_user(by)
    with pytest.raises(DomainError) as refused:
        seal(desk.article, by=person, now=later(days=1), legal_basis=basis)
    assert refused.value.code == code
    assert EditionContent.objects.filter(edition__number=1).exists()
    assert not Seal.objects.exists()


def test_without_a_seal_the_database_deletes_nothing_of_an_edition(desk):
    desk.publish()
    take_away(desk)
    for model in (EditionContent, Statement):
        with pytest.raises(Error, match="Cannot delete"), transaction.atomic():
            model.objects.all().delete()


def test_a_seal_is_never_taken_back(desk):
    desk.publish()
    take_away(desk)
    seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        Seal.objects.all().delete()
    with pytest.raises(DomainError) as refused:
        seal(desk.article, by=make_user("duty_editor"), now=later(days=2), legal_basis=BASIS)
    assert refused.value.code == "sealed"


def test_what_somebody_still_has_on_the_screen_does_not_come_back(desk):
    desk.publish()
    version = desk.reload().version
    take_away(desk)
    seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    for act in (
        lambda: drafting.save_draft(
            desk.article, by=desk.reporter, now=later(days=2), version=version, headline="Zanzibar signs"
        ),
        lambda: publish(desk.reload(), by=desk.duty, now=later(days=2), kind="reinstatement", note="Back."),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code in {"sealed", "not_ready"}
    assert places_that_hold("Zanzibar") == set()


def test_the_notice_stays_in_its_place(desk, client):
    desk.publish()
    take_away(desk)
    seal(desk.article, by=make_user("duty_editor"), now=later(days=1), legal_basis=BASIS)
    with time_machine.travel(later(days=2), tick=False):
        assert client.get(desk.article.get_absolute_url()).status_code == 410
        assert client.get(f"/api/v1/articles/{desk.article.public_id}/").status_code == 410
