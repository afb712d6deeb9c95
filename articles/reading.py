"""What is public now, as finished bytes: one compiled look-up each.

The SQL is compiled once from the querysets of ``articles.models.public`` and is never written a second time; after
that a look-up costs one statement and makes no model instance.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from articles.models import Edition, Rendering

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


def cards(*, now: datetime, before: str | None, limit: int) -> list[Card]:
    """At most ``limit`` entries of what is listed at ``now``, newest first, behind the entry with key ``before``."""
    return [Card(key, bytes(body)) for key, body in _cards(limit).rows(now, before or _NEWEST)]


class Compiled:
    """A queryset's statement, with the places of the moment and of the key in it."""

    def __init__(self, queryset: QuerySet):
        self.sql, parameters = queryset.query.sql_with_params()
        self._parameters = list(parameters)
        self._moments = [place for place, value in enumerate(parameters) if value == _NOW]
        self._keys = [place for place, value in enumerate(parameters) if value == _KEY]
        if not self._moments or not self._keys:
            raise AssertionError("a moment or a key has no place in the compiled statement")

    def rows(self, now: datetime, key: str) -> list[tuple]:
        parameters = self._parameters.copy()
        for place in self._moments:
            parameters[place] = now
        for place in self._keys:
            parameters[place] = key
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return cursor.fetchall()


@cache
def _edition_by(field: str, representation: str, gzipped: bool) -> Compiled:
    body = "renderings__gzipped" if gzipped else "renderings__plain"
    current = Edition.objects.current(_NOW).with_gone()
    found = current.filter(**{field: _KEY, "renderings__representation": representation})
    return Compiled(found.order_by().values_list("gone", "renderings__etag", body))


@cache
def _cards(limit: int) -> Compiled:
    listed = Edition.objects.listed(_NOW).filter(
        renderings__representation=Representation.CARD, renderings__list_key__lt=_KEY
    )
    entries = listed.order_by("-renderings__list_key").values_list(
        "renderings__list_key", "renderings__plain"
    )
    return Compiled(entries[:limit])


def _found(statement: Compiled, key: str, now: datetime) -> Found | None:
    rows = statement.rows(now, key)
    if not rows:
        return None
    gone, etag, body = rows[0]
    return Found(gone, etag, bytes(body))
