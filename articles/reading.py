"""What is public now, as finished bytes: one compiled look-up each.

The SQL is compiled from the querysets of ``articles.models.public`` and never written a second time; a look-up costs
one prepared statement and makes no model instance.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from articles.models import Edition, Rendering
from newsroom.core.prepared import Prepared

Representation = Rendering.Representation

LIST_KEY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00 [0-9a-z]{12}")
_NEWEST = "~"  # Sorts behind every list key.

# Stand in for the arguments while a queryset is compiled; no such moment or text occurs otherwise.
_NOW = datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
_KEY = "\x00key"


@dataclass(frozen=True, slots=True)
class Found:
    """Finished bytes, compressed if that was asked for; ``gone`` says that they are a notice (410).

    ``etag`` is that of the uncompressed bytes.
    """

    gone: bool
    etag: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in lists: JSON, and its place among the entries, newest first."""

    list_key: str
    body: bytes


def page(slug: str, *, now: datetime, gzipped: bool) -> Found | None:
    """The page of the article with this slug as it shows at ``now``, or None if it does not."""
    return _found(_edition_by("article__slug", Representation.PAGE, gzipped), slug, now)


def detail(public_id: str, *, now: datetime, gzipped: bool) -> Found | None:
    """The API's JSON of the article with this public id as it shows at ``now``, or None if it does not."""
    return _found(_edition_by("article__public_id", Representation.API, gzipped), public_id, now)


def told(slug: str, *, now: datetime) -> Found | None:
    """The API's JSON of the article with this slug as it shows at ``now``: what other forms of it are made from."""
    return _found(_edition_by("article__slug", Representation.API, False), slug, now)


def cards(*, now: datetime, before: str | None, limit: int) -> list[Card]:
    """At most ``limit`` entries of what is listed at ``now``, newest first, behind the entry with key ``before``."""
    return [Card(key, body) for key, body in _cards(limit).rows(now, before or _NEWEST)]


@cache
def _edition_by(field: str, representation: str, gzipped: bool) -> Prepared:
    body = "renderings__gzipped" if gzipped else "renderings__plain"
    current = Edition.objects.current(_NOW).with_gone()
    found = current.filter(**{field: _KEY, "renderings__representation": representation})
    return Prepared(found.order_by().values_list("gone", "renderings__etag", body), _NOW, _KEY)


@cache
def _cards(limit: int) -> Prepared:
    listed = Edition.objects.listed(_NOW).filter(
        renderings__representation=Representation.CARD, renderings__list_key__lt=_KEY
    )
    entries = listed.order_by("-renderings__list_key").values_list(
        "renderings__list_key", "renderings__plain"
    )
    return Prepared(entries[:limit], _NOW, _KEY)


def _found(statement: Prepared, key: str, now: datetime) -> Found | None:
    rows = statement.rows(now, key)
    if not rows:
        return None
    gone, etag, body = rows[0]
    return Found(gone, etag, body)
