"""Lists of articles cut down by what partners ask: subjects, times, words, kind; in bounded work.

Whatever is asked, the server gives up after a while (:mod:`articles.searching.bounded`): DomainError ``too_slow``.
"""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Edition
from articles.reading import NEWEST, Card
from articles.rules.entitlements import Entitlement
from articles.searching import Words
from articles.searching.bounded import rows_of
from articles.searching.narrowing import meeting
from articles.usage import columns_of_terms, terms_of, with_terms
from articles.walking import MOST_COUNTED, Asked, as_counted, by_size, walked, ways
from newsroom.core.cursors import dated, key_at


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, both included; None: no bound."""

    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.until)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be to be listed: about every one of ``about``, in an edition of this ``kind`` (empty: any)
    with these ``words``, ``published`` first and ``changed`` last within these times."""

    about: tuple[Asked, ...] = ()
    kind: str = ""
    words: Words | None = None
    published: Span = Span()
    changed: Span = Span()


def cards(
    filters: Filters, *, now: datetime, by: Entitlement | None, before: str | None, limit: int
) -> list[Card]:
    """At most ``limit`` entries that meet ``filters``, newest first, behind the one with key ``before``: by when they
    first appeared, or, if it is asked when they ``changed``, by that. One query, two if it asks for several subjects.
    """
    columns = ("renderings__plain", "pk", *columns_of_terms(by))
    found = _found(filters, columns, now=now, by=by, before=before, limit=limit)
    if found is None:
        return []
    if not filters.changed:
        return [Card(*row[:3], terms_of(by, row[3:])) for row in rows_of(found)]
    return [
        Card(f"{key_at(at)} {public_id}", body, edition, terms_of(by, opening))
        for at, public_id, body, edition, *opening in rows_of(found)
    ]


def editions(
    filters: Filters, *, now: datetime, by: Entitlement | None, before: str | None, limit: int
) -> list[tuple[str, int]]:
    """As :func:`cards`, in the order in which articles first appeared: list key and row key of each edition."""
    found = _found(filters, ("pk",), now=now, by=by, before=before, limit=limit)
    return [] if found is None else rows_of(found)


def counted(filters: Filters, *, now: datetime, by: Entitlement | None) -> tuple[int, bool]:
    """How many entries meet ``filters``, and whether there may be more: at most MOST_COUNTED are looked at."""
    found = _found(filters, ("pk",), now=now, by=by, before=None, limit=MOST_COUNTED + 1)
    if found is None:
        return 0, False
    ((number,),) = rows_of(found, "SELECT count(*) FROM ({}) AS counted")
    return as_counted(number)


def _found(filters: Filters, columns, *, now: datetime, by: Entitlement | None, before, limit: int):
    """The rows, each led by its place; None if nothing is open to ``by``."""
    if by is not None and not by.products:
        return None
    listed = _meeting(filters, now)
    if "opening" in columns:
        listed = with_terms(listed, by, now)
    published = filters.published
    since = key_at(published.since) if published.since else ""
    until = f"{key_at(published.until)}~" if published.until else NEWEST
    if filters.changed:
        return _by_change(listed, filters, columns, (since, until), now=now, by=by, before=before)[:limit]
    along = ways(filters.about, by, rank=by_size(filters.about, by))
    until = min(until, before or NEWEST)
    return walked(
        listed,
        along,
        now=now,
        by=by,
        about=filters.about,
        since=since,
        befores=[way.before(until, now) for way in along],
        columns=columns,
        limit=limit,
    )


def _by_change(found, filters: Filters, columns, keys, *, now: datetime, by, before: str | None):
    for kind, values in filters.about:
        found = found.about(kind, *values)
    changed = filters.changed
    found = found.shown_within(changed.since, changed.until).open_to(by, now).entries(*keys)
    newest = found.newest_shown(dated(before) if before else None)
    return newest.values_list("release__showing__startswith", "public_id", *columns)


def _meeting(filters: Filters, now: datetime):
    found = Edition.objects.listed(now)
    if filters.kind:
        found = found.of_kind(filters.kind)
    return found.filter(meeting(filters.words)) if filters.words else found
