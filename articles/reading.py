"""What is public now, as finished bytes: one compiled look-up each.

The SQL is compiled from the querysets of ``articles.models.public`` and never written a second time; a look-up costs
one prepared statement and makes no model instance, but for the page that a withdrawn source has just made untrue.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.db.models import Case, DateTimeField, F, OuterRef, Subquery, When
from django.db.models.functions import Greatest, JSONObject

from articles.models import Edition, Rendering
from articles.rendering.rebuilding import OUTDATED, rebuild
from articles.rules.entitlements import EVERYBODYS, Entitlement, Terms
from articles.rules.subjects import About
from articles.usage import columns_of_terms, terms_of, with_terms
from articles.walking import Asked, by_kind, walked, ways
from newsroom.core.cursors import DATED
from newsroom.core.prepared import Prepared

Representation = Rendering.Representation

LIST_KEY = DATED
# The database counts no further.
LAST_NUMBER = 2**31 - 1
NEWEST = "~"  # Sorts behind every list key.

# Statements that are kept compiled, of each kind: those of everybody, and of the products that readers have.
KEPT = 256

# Stand in for the arguments while a queryset is compiled; no such moment or text occurs otherwise. What a product holds
# back for a time is asked about earlier than now.
_NOW = datetime(9000, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
_KEY = "\x00key"
_SINCE = "\x00since"
_NUMBER = 2_047_483_641


@dataclass(frozen=True, slots=True)
class Found:
    """Finished bytes, compressed if that was asked for; ``gone`` says that they are a notice (410).

    ``etag`` is that of the uncompressed bytes, ``edition`` the row key; ``modified`` says since when it is as it is,
    None where that tells too much; ``terms`` are those on which the reader has it.
    """

    gone: bool
    etag: str
    body: bytes
    edition: int
    modified: datetime | None
    terms: Terms = EVERYBODYS


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in lists: JSON, its place among the entries, newest first, and the row key of its edition.

    ``terms`` are those on which the reader has it.
    """

    list_key: str
    body: bytes
    edition: int
    terms: Terms = EVERYBODYS


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition at its own address: ``gone`` says that it is a notice (410), ``at`` since when it shows or showed.

    ``modified`` is as of what was found, its banner included. ``now_number`` and ``now_kind`` are those of the edition
    that shows now; ``before`` and ``behind`` the nearest others that can be opened, as ``{"number", "at"}`` with ``at``
    in ISO 8601, or None.
    """

    gone: bool
    body: bytes
    modified: datetime | None
    at: datetime
    now_number: int | None
    now_kind: str | None
    before: dict | None
    behind: dict | None


def openable(now: datetime):
    """Every edition with a text that a reader may open at ``now`` by its own address (a queryset)."""
    return Edition.objects.readable(now).with_gone().filter(gone=False)


def editions_readable(slug: str, *, now: datetime):
    """What a reader may open of one article, notices included (``gone``): a queryset."""
    return Edition.objects.readable(now).with_gone().filter(article__slug=slug)


def editions_known(slug: str, *, now: datetime):
    """What a reader ever could open of one article, also if it is closed off by now: a queryset."""
    return Edition.objects.released(now).filter(article__slug=slug)


def page(slug: str, *, now: datetime, gzipped: bool) -> Found | None:
    """The page of the article with this slug as it shows at ``now``, or None if it does not."""
    return _found(_edition_by("article__slug", Representation.PAGE, gzipped), slug, now)


def detail(public_id: str, *, now: datetime, gzipped: bool, by: Entitlement | None = None) -> Found | None:
    """The API's JSON of the article with this public id as it shows at ``now``, or None if it does not to ``by``."""
    if by is not None and not by.products:
        return None
    return _found(
        _edition_by("article__public_id", Representation.API, gzipped, _cut(by)), public_id, now, by
    )


def details(editions: list[int]) -> dict[int, bytes]:
    """By row key of an edition the API's JSON of its article; of what went meanwhile none. One query."""
    return dict(_up_to_date(_details(len(editions)), *editions)) if editions else {}


def edition(slug: str, number: int, *, now: datetime) -> Opened | None:
    """One edition by its number, for whoever may open it at ``now`` by its address; None if nobody outside may."""
    rows = _up_to_date(_edition_at(), now, slug, number) if number <= LAST_NUMBER else []
    return Opened(*rows[0]) if rows else None


def told(slug: str, *, now: datetime) -> Found | None:
    """The API's JSON of the article with this slug as it shows at ``now``: what other forms of it are made from."""
    return _found(_edition_by("article__slug", Representation.API, False), slug, now)


def cards(
    *,
    now: datetime,
    before: str | None,
    limit: int,
    since: str = "",
    about: Iterable[Asked] = (),
    by: Entitlement | None = None,
) -> list[Card]:
    """At most ``limit`` entries of what is listed at ``now`` for ``by``, newest first, behind the entry with key
    ``before``.

    ``since`` is a list key that none sorts before. ``about`` are subjects, all of which each entry is about: kind and
    the values that stand for it (:func:`articles.subjects.values_of`), at least one. One query.
    """
    asked = sorted(about, key=lambda subject: by_kind(*subject))
    cut = _cut(by)
    along = ways(asked, cut)
    if not along:
        return []
    statement = _cards(limit, tuple((kind, len(values)) for kind, values in asked), cut)
    values = [value for _kind, values in asked for value in values]
    befores = [way.before(before or NEWEST, now) for way in along]
    rows = statement.rows(*_moments(cut, now), since, *befores, *values)
    return [Card(*row[:3], terms_of(by, row[3:])) for row in rows]


def around(*, now: datetime, since: str, until: str) -> tuple[str | None, str | None]:
    """Of the entries listed at ``now``, the keys of the last before ``since`` and of the first from ``until``: those
    beside a stretch of the list. None where there is none. One query."""
    listed, key = Edition.objects.listed(now), "renderings__list_key"
    before = listed.entries("", since).order_by(f"-{key}").values_list(key)[:1]
    behind = listed.entries(until, NEWEST).order_by(key).values_list(key)[:1]
    keys = [found for (found,) in before.union(behind).order_by()]
    return (
        next((found for found in keys if found < since), None),
        next((found for found in keys if found >= until), None),
    )


@lru_cache(KEPT)
def _edition_by(field: str, representation: str, gzipped: bool, cut: Entitlement | None = None) -> Prepared:
    body = "renderings__gzipped" if gzipped else "renderings__plain"
    current = with_terms(Edition.objects.current(_NOW, by=cut).with_gone(), cut, _NOW).annotate(row=F("pk"))
    found = current.filter(**{field: _KEY, "renderings__representation": representation}).annotate(
        modified=_modified("release__showing__startswith")
    )
    columns = (
        "pk",
        "renderings__template_release",
        "gone",
        "renderings__etag",
        body,
        "row",
        "modified",
        *columns_of_terms(cut),
    )
    return Prepared(found.order_by().values_list(*columns), *_moments(cut, _NOW), _KEY)


@lru_cache(KEPT)
def _details(count: int) -> Prepared:
    places = [_NUMBER - number for number in range(count)]
    rows = Rendering.objects.filter(edition__in=places, representation=Representation.API)
    told = rows.annotate(row=F("edition")).values_list("edition", "template_release", "row", "plain")
    return Prepared(told, *places)


@lru_cache(KEPT)
def _edition_at() -> Prepared:
    found = Edition.objects.readable(_NOW).filter(
        article__slug=_KEY, number=_NUMBER, renderings__representation=Representation.PAGE
    )
    current = Edition.objects.current(_NOW).filter(article=OuterRef("article")).order_by()
    opened = found.with_gone().annotate(
        now_number=Subquery(current.values("number")[:1]),
        now_kind=Subquery(current.values("kind")[:1]),
        before=_neighbour("-number", number__lt=OuterRef("number")),
        behind=_neighbour("number", number__gt=OuterRef("number")),
        # Its banner says which edition shows now.
        modified=_modified(
            "release__showing__startswith", Subquery(current.values("release__showing__startswith")[:1])
        ),
    )
    return Prepared(
        opened.order_by().values_list(
            "pk",
            "renderings__template_release",
            "gone",
            "renderings__plain",
            "modified",
            "release__showing__startswith",
            "now_number",
            "now_kind",
            "before",
            "behind",
        ),
        _NOW,
        _KEY,
        _NUMBER,
    )


def _modified(*moments) -> Case:
    """Since when a page is as it is: the last of when it was made and these ``moments``; NULL where the former is."""
    made = When(renderings__made_at__isnull=False, then=Greatest("renderings__made_at", *moments))
    return Case(made, default=None, output_field=DateTimeField())


def _neighbour(nearest: str, **where) -> Subquery:
    """Number and moment of the nearest edition with a text that can be opened too."""
    others = openable(_NOW).filter(article=OuterRef("article"), **where).order_by(nearest)
    pair = JSONObject(number="number", at="release__showing__startswith")
    return Subquery(others.annotate(pair=pair).values("pair")[:1])


@lru_cache(KEPT)
def _cards(limit: int, about: tuple[tuple[About, int], ...], cut: Entitlement | None) -> Prepared:
    """The entries about subjects of these kinds, with so many values each."""
    numbers = iter(range(sum(count for _kind, count in about)))
    asked = [(kind, tuple(f"\x00value{next(numbers)}" for _ in range(count))) for kind, count in about]
    along = ways(asked, cut)
    keys = [f"{_KEY}{number}" for number in range(len(along))]
    found = walked(
        with_terms(Edition.objects.listed(_NOW), cut, _NOW),
        along,
        now=_NOW,
        by=cut,
        about=asked,
        since=_SINCE,
        befores=keys,
        columns=("renderings__plain", "pk", *columns_of_terms(cut)),
        limit=limit,
    )
    places = [value for _kind, values in asked for value in values]
    return Prepared(found, *_moments(cut, _NOW), _SINCE, *keys, *places)


def _cut(by: Entitlement | None) -> Entitlement | None:
    """What must be asked of ``by``: nothing of whoever reads all that is public on the same terms."""
    return None if by is None or (by.opens_all and by.terms) else by


def _moments(cut: Entitlement | None, now: datetime) -> list[datetime]:
    """``now``, and the moments at which what products hold back for a time must have been public."""
    delays = {product.delay for product in cut.products} if cut else set()
    return [now, *(now - delay for delay in sorted(delays) if delay)]


def _found(statement: Prepared, key: str, now: datetime, by: Entitlement | None = None) -> Found | None:
    rows = _up_to_date(statement, *_moments(_cut(by), now), key)
    return Found(*rows[0][:5], terms_of(by, rows[0][5:])) if rows else None


def _up_to_date(statement: Prepared, *arguments) -> list[tuple]:
    """The rows of ``statement`` without their first two columns: an edition's row key and its template release.

    A source was withdrawn and this page's turn in the queue has not come: whoever asks for it makes it anew.
    """
    rows = statement.rows(*arguments)
    if waiting := [row[0] for row in rows if row[1] == OUTDATED]:
        rebuild(waiting)
        rows = statement.rows(*arguments)
    return [row[2:] for row in rows]
