"""What an edition changed: worked out when it is made, and read again by every surface."""

import json
from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, Correction, Edition
from articles.rules.canonical import canonical_json
from articles.rules.kinds import UNLISTED, Kind
from articles.rules.receipts import changes


def receipt_of(before: dict, after: dict, *, kind: str, note: str, approved_by) -> str:
    """The receipt, as canonical JSON text, of an edition with content ``after`` that follows one with ``before``.

    ``approved_by`` is a user (None: nobody had to): named if they stand in bylines, for only those names are public.
    An edition that takes an article away, or brings it back, tells of no sentence.
    """
    told = {"texts": [], "statements": []} if _tells_of_none(kind) else changes(before, after)
    person = getattr(approved_by, "person", None)
    return canonical_json(
        {"kind": str(kind), "note": note, "approved_by": person.name if person else "", **told}
    )


def _tells_of_none(kind: str) -> bool:
    return kind in UNLISTED or kind == Kind.REINSTATEMENT


def last_told(article: Article) -> Edition | None:
    """The edition by which readers know the article, or will before the next one shows: what is on hold never does."""
    return article.editions.not_withdrawn().select_related("content").order_by("number").last()


@dataclass(frozen=True)
class Told:
    """One correction as every surface tells it: its public id, the edition's number, and since when (aware)."""

    id: str
    kind: str
    number: int
    at: datetime
    note: str
    approved_by: str
    texts: list[dict]
    statements: list[dict]


def told(correction: Correction) -> Told:
    """``correction``, loaded with its edition and release, to be shown."""
    receipt = json.loads(correction.receipt)
    edition = correction.edition
    return Told(correction.public_id, number=edition.number, at=edition.release.showing.lower, **receipt)


def corrections_up_to(edition: Edition) -> list[Told]:
    """What readers of ``edition`` are told was changed, oldest first, its own last: one query.

    Nothing from before a take-down, which took the receipts with the text.
    """
    known = Correction.objects.filter(
        edition__in=Edition.objects.filter(article=edition.article_id, number__lte=edition.number)
        .not_withdrawn()
        .not_taken_down()
    )
    rows = known.select_related("edition__release").order_by("edition__number")
    return [told(correction) for correction in rows]
