"""Walk the chains of editions and find where one is broken."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from articles.models import Edition
from articles.rules.canonical import digest

BATCH = 500


@dataclass(frozen=True)
class Break:
    """The first edition of a chain that does not fit, and why: a code and a line."""

    slug: str
    number: int
    code: str
    message: str


def first_break(*, progress=lambda: None) -> Break | None:
    """The first break over all articles, in order of their ids; None where every chain holds.

    Every content's digest is computed anew, numbers must count from 1 without gaps, each edition must name the
    digest of the one before, and what its row and its receipt say must be what its document says. An edition that was
    sealed has no content any more, and is no break. Renderings are not looked at:
    they are derived, and their tags lie beside them. ``progress`` is called once an edition. Memory stays flat.
    """
    article, expected, previous = None, 1, ""
    for edition in _editions():
        if edition.article_id != article:
            article, expected, previous = edition.article_id, 1, ""
        if fault := _fault(edition, expected, previous):
            return Break(edition.article.slug, edition.number, *fault)
        expected, previous = edition.number + 1, edition.digest
        progress()
    return None


def _editions() -> Iterator[Edition]:
    editions = Edition.objects.select_related("article__seal", "content", "correction").order_by(
        "article_id", "number"
    )
    return editions.iterator(chunk_size=BATCH)


def _fault(edition: Edition, expected: int, previous: str) -> tuple[str, str] | None:
    if edition.number != expected:
        return "number_missing", f"edition {expected} is missing"
    if edition.previous_digest != previous:
        return "chain_broken", "it does not name the digest of the edition before"
    content = getattr(edition, "content", None)
    if content is None:
        # Sealed, not broken: what is left is what the law leaves.
        return None if hasattr(edition.article, "seal") else ("content_missing", "its content is gone")
    if digest(content.document) != edition.digest:
        return "digest_differs", "its content is not what was published"
    if not _tells_of(edition, content.document):
        return "document_differs", "its document is that of another article, number, kind or edition before"
    correction = getattr(edition, "correction", None)
    receipt = digest(correction.receipt) if correction else ""
    if receipt != json.loads(content.document)["edition"].get("receipt", ""):
        return "receipt_differs", "what it says that it changed is not what was published"
    return None


def _tells_of(edition: Edition, text: str) -> bool:
    try:
        document = json.loads(text)
        said = document["edition"]
        return (
            document["article"]["id"] == edition.article.public_id
            and said["number"] == edition.number
            and said["kind"] == edition.kind
            and said["previous"] == edition.previous_digest
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
