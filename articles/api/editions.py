"""The editions of an article that can be read: their list, and each as it was frozen."""

from datetime import datetime

from django.urls import reverse

from articles.models import Edition
from articles.rendering.entries import utc
from articles.rendering.pages import address
from articles.rules.after_publication import Shows, shows
from newsroom.core.answering import as_json

_COLUMNS = (
    "number",
    "kind",
    "digest",
    "previous_digest",
    "release__showing__startswith",
    "correction__public_id",
)


def current(public_id: str, *, now: datetime) -> tuple[int, str, Shows] | None:
    """Number and kind of the article's edition that shows, and what that is for readers; None: nothing. One query."""
    found = Edition.objects.current(now).filter(article__public_id=public_id)
    row = found.values_list("number", "kind", "closes_history").first()
    return row and (row[0], row[1], shows(row[1], closes_history=row[2]))


def entries(public_id: str, *, now: datetime, after: int, limit: int) -> list[dict]:
    """At most ``limit`` editions of the article that can be read, in their order behind number ``after``. One query."""
    rows = Edition.objects.readable(now).filter(article__public_id=public_id, number__gt=after)
    return [_entry(public_id, *row) for row in rows.order_by("number").values_list(*_COLUMNS)[:limit]]


def edition(public_id: str, number: int, *, showing: tuple[int, str], now: datetime) -> bytes | None:
    """The edition as JSON, its document as stored; ``showing`` are number and kind of the one that shows. One query.

    None if it cannot be read.
    """
    rows = Edition.objects.readable(now).filter(article__public_id=public_id, number=number)
    row = rows.values_list(*_COLUMNS, "content__document").first()
    if row is None or row[-1] is None:  # Sealed: the content is gone.
        return None
    *columns, document = row
    entry = _entry(public_id, *columns) | {"current": dict(zip(("number", "kind"), showing, strict=True))}
    # The stored text is JSON already, and its digest is that of these very bytes.
    return as_json(entry)[:-1] + b',"document":' + document.encode() + b"}"


def first_shown(public_id: str) -> datetime:
    """Since when the article, which can be read, has been public. One query."""
    editions = Edition.objects.filter(article__public_id=public_id).not_withdrawn()
    return editions.order_by("release__showing").values_list("release__showing__startswith", flat=True)[0]


def was_released(public_id: str, number: int, *, now: datetime) -> bool:
    """Whether the edition could ever be read. One query."""
    return Edition.objects.released(now).filter(article__public_id=public_id, number=number).exists()


def _entry(public_id, number, kind, digest, previous_digest, shown_from, correction) -> dict:
    return {
        "number": number,
        "kind": kind,
        "digest": digest,
        "previous_digest": previous_digest,
        "shown_from": utc(shown_from),
        "correction": correction,
        "api": address(reverse("api-edition", args=[public_id, number])),
    }
