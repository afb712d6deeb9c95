"""Write one edition: document, receipt, index of statements, release and finished pages."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles.documents import build_document
from articles.dossier import Dossier
from articles.models import (
    Article,
    Correction,
    Edition,
    EditionContent,
    EditionImage,
    Release,
    Rendering,
    Section,
    SignOff,
    Statement,
    StatementCitation,
    StatementQuote,
)
from articles.receipts import receipt_of
from articles.rendering import (
    enter_searched,
    enter_subjects,
    forget_superseded,
    render_edition,
    withdrawals_of,
)
from articles.rules.canonical import canonical_json, digest
from newsroom.core.errors import DomainError


@dataclass(frozen=True)
class Making:
    """What an edition is made from besides its content: ``kind`` and ``note`` as readers are told, by whom and when,
    from when it shows (aware), and whether entitled partners may read it until then.

    ``waived`` are the places labelled "not yet checked", ``archive`` is as in the document, ``approved_by`` a user,
    ``signed`` who signed off what (:mod:`articles.signing_off`), None where nobody did.
    """

    kind: str
    note: str
    by: object
    now: datetime
    shows_from: datetime
    embargoed: bool = False
    closes_history: bool = False
    waived: tuple[str, ...] = ()
    archive: dict | None = None
    approved_by: object = None
    signed: dict | None = None


def make_edition(
    article: Article, content: dict, making: Making, *, told: Edition | None, dossier: Dossier | None = None
) -> Edition:
    """The next edition of ``article``, whose row is locked; readers know it by ``told`` until then.

    ``dossier`` is what ``content`` was built from; without one the edition has neither statements nor
    pictures.

    Raises DomainError ``edition_waiting`` if another waits to show at that moment or later.
    """
    last = article.editions.order_by("number").last()
    if last:
        _raise_if_out_of_order(article, making.shows_from)
    receipt = _receipt(told, content, making)
    document = build_document(
        content,
        article=article,
        last=last,
        kind=making.kind,
        note=making.note,
        not_yet_checked=list(making.waived),
        archive=making.archive,
        receipt=digest(receipt) if receipt else "",
        closes_history=making.closes_history,
    )
    text = canonical_json(document)
    edition = Edition.objects.create(
        article=article,
        number=document["edition"]["number"],
        kind=making.kind,
        closes_history=making.closes_history,
        translation_of_id=article.translation_of_id,
        digest=digest(text),
        previous_digest=document["edition"]["previous"],
        published_by=making.by,
        created_at=making.now,
    )
    EditionContent.objects.create(edition=edition, document=text)
    if making.signed is not None:
        SignOff.objects.create(edition=edition, content=canonical_json(making.signed))
    if receipt:
        Correction.objects.create(edition=edition, receipt=receipt)
    if dossier:
        _index(edition, dossier, content)
        _name_images(edition, dossier)
    if article.section_id:
        Section.objects.filter(pk=article.section_id, printed_at=None).update(printed_at=making.now)
    if last:
        _end_showing(article, making)
    Release.objects.create(
        article=article,
        edition=edition,
        showing=DateTimeTZRange(making.shows_from, None),
        embargoed=making.embargoed,
    )
    # From the stored text, as a rebuild does it: the order of a document's entries is part of the bytes.
    withdrawn = withdrawals_of(dossier.sources()) if dossier else {}
    stored = json.loads(text)
    renderings = Rendering.objects.bulk_create(render_edition(edition, stored, withdrawn))
    enter_subjects(renderings, {edition.pk: stored})
    enter_searched(renderings, {edition.pk: stored})
    if last:
        forget_superseded(article, now=making.now)
    return edition


def _raise_if_out_of_order(article: Article, shows_from: datetime) -> None:
    """While an edition waits, none may show earlier: it would be built on what readers have not seen."""
    if Edition.objects.filter(article=article).waiting(shows_from - timedelta(microseconds=1)).exists():
        raise DomainError(
            "edition_waiting", "An edition is waiting to show later: withdraw it or publish on top.", "at"
        )


def _receipt(told: Edition | None, content: dict, making: Making) -> str:
    """What differs from the edition readers know; empty if they know none."""
    if told is None:
        return ""
    before = json.loads(told.content.document)["content"]
    return receipt_of(before, content, kind=making.kind, note=making.note, approved_by=making.approved_by)


def _end_showing(article: Article, making: Making) -> None:
    """Let the edition that shows show until then; an edition that waits stays where it is (its own lower bound)."""
    for release in article.releases.filter(showing__upper_inf=True):
        release.showing = DateTimeTZRange(release.showing.lower, making.shows_from)
        release.save(update_fields=["showing"])


def _index(edition: Edition, dossier: Dossier, content: dict) -> None:
    """The statements of the edition, with their quotes and sources."""
    statements = Statement.objects.bulk_create(
        Statement(edition=edition, key=seen.key, position=position, wording=seen.wording, claim=seen.claim)
        for position, seen in enumerate(dossier.segments)
    )
    pairs = list(zip(statements, dossier.segments, strict=True))
    StatementQuote.objects.bulk_create(
        StatementQuote(statement=statement, quote=quote, printed=content["quotes"][quote.public_id])
        for statement, seen in pairs
        for quote in seen.quotes
    )
    sources = {number: source for source, number in dossier.numbers.items()}
    StatementCitation.objects.bulk_create(
        StatementCitation(
            statement=statement, source_id=sources[number], stance=stance, number=number, evidence=evidence
        )
        for statement, printed in zip(statements, content["statements"], strict=True)
        for (number, stance), evidence in _by_source(printed["evidence"]).items()
    )


def _name_images(edition: Edition, dossier: Dossier) -> None:
    """Which pictures the edition shows: what lets readers have their files."""
    images = {figure.image.pk for figure in dossier.figures if figure.image}
    EditionImage.objects.bulk_create(EditionImage(edition=edition, image_id=pk) for pk in sorted(images))


def _by_source(evidence: list[dict]) -> dict[tuple[int, str], list[dict]]:
    """A document's evidence entries by the source's number and the stance, without these two."""
    grouped: dict[tuple[int, str], list[dict]] = {}
    for entry in evidence:
        rest = {name: value for name, value in entry.items() if name not in ("source", "stance")}
        grouped.setdefault((entry["source"], entry["stance"]), []).append(rest)
    return grouped
