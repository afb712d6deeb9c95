"""Lists of articles as walks: each along one index, which keeps the order, and no further than is asked.

A list by several subjects is walked under the one that fewest articles share; what a product opens, along what it is
cut by. Where a subject has several values, or a reader several products, there is a walk for each, and the newest of
all are the list.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Value

from articles.models import ArticleSubject, EditionSubject
from articles.rules.entitlements import Entitlement, Product
from articles.rules.subjects import About
from newsroom.core.cursors import key_at

# A kind of subject, and the values that stand for it.
Asked = tuple[About, tuple[str, ...]]
# How many articles share a subject, roughly: the lower the fewer.
Rank = Callable[[About, tuple[str, ...]], int]

ENTRIES, OF_EDITIONS, OF_ARTICLES = "renderings", "subjects", "article__subjects"
# With more, one walk along everything is made in their place.
MOST_WALKS = 64
# A reader to whom no more articles are open has what they name found from these, any other from the records.
FEW = 2_000
# So many are looked at when a list is counted.
MOST_COUNTED = 10_000
# By these numbers of articles subjects are told apart.
SIZES = (30, 1_000, 30_000)

_RAREST_FIRST = list(About)


@dataclass(frozen=True, slots=True)
class Way:
    """Along which index to walk: all entries, or those under each of ``values`` of a subject of editions or articles.

    ``product`` opens what is found there; None: whatever the reader may read.
    """

    index: str = ENTRIES
    kind: str = ""
    values: tuple[str, ...] = ("",)
    product: Product | None = None

    def before(self, key: str, now: datetime) -> str:
        """The list key before which to walk: nothing later than ``key`` is open, nor what a delay holds back."""
        if self.product is None or not self.product.delay:
            return key
        return min(key, f"{key_at(now - self.product.delay)}~")


def counted(found: QuerySet) -> tuple[int, bool]:
    """How many rows ``found`` has, and whether there may be more: at most MOST_COUNTED are looked for. One query."""
    return as_counted(found.order_by()[: MOST_COUNTED + 1].count())


def as_counted(number: int) -> tuple[int, bool]:
    """As :func:`counted`, of a ``number`` that was counted up to one more than MOST_COUNTED."""
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def by_kind(kind: About, values: tuple[str, ...]) -> int:
    """The rank of a subject of which nothing but its kind is known."""
    return _RAREST_FIRST.index(kind)


def by_size(asked: Iterable[Asked], by: Entitlement | None) -> Rank:
    """The rank of each of these subjects, and of what the products of ``by`` are cut by, as the database has it: one
    query if there are several. No subject is counted further than is needed to tell it from another."""
    cuts = [cut for product in by.products for cut in product.subjects] if by and not by.opens_all else []
    known = [*((EditionSubject, *one) for one in asked), *((ArticleSubject, *one) for one in cuts)]
    if len(known) < 2:
        return by_kind
    more = [
        index.objects.filter(kind=kind, value__in=values)
        .order_by()
        .values_list(Value(number))[size : size + 1]
        for number, (index, kind, values) in enumerate(known)
        for size in SIZES
    ]
    exceeded = Counter(number for (number,) in more[0].union(*more[1:], all=True).order_by())
    sizes = {(kind, values): exceeded[number] for number, (_index, kind, values) in enumerate(known)}
    return lambda kind, values: sizes[kind, values] * len(_RAREST_FIRST) + by_kind(kind, values)


def opens_few(by: Entitlement) -> bool:
    """Whether what ``by`` opens are at most FEW articles, as far as one cut of each product shows. One query."""
    # By what each product is cut to most narrowly: together they open no more.
    cuts = [min(one.subjects, key=lambda cut: by_kind(*cut)) for one in by.products if one.subjects]
    if len(cuts) < len(by.products):
        return False
    about = Q(pk__in=[])
    for kind, values in cuts:
        about |= Q(kind=kind, value__in=values)
    return ArticleSubject.objects.filter(about).order_by()[: FEW + 1].count() <= FEW


def ways(about: Iterable[Asked], by: Entitlement | None, *, rank: Rank = by_kind) -> list[Way]:
    """How to walk to all that is about these subjects and open to ``by``; none if nothing is open."""
    asked = [(rank(kind, values), OF_EDITIONS, kind, values) for kind, values in about]
    products = [None] if by is None or by.opens_all else by.products
    found = []
    for product in products:
        cuts = [] if product is None else product.subjects
        known = [*asked, *((rank(kind, values), OF_ARTICLES, kind, values) for kind, values in cuts)]
        if known:
            _rank, index, kind, values = min(known, key=lambda one: one[0])
            found.append(Way(index, kind, values, product))
        else:
            found.append(Way(product=product))
    return found if sum(len(way.values) for way in found) <= MOST_WALKS else [Way()]


def walked(
    editions,
    along: list[Way],
    *,
    now: datetime,
    by: Entitlement | None,
    about: Iterable[Asked],
    since: str,
    befores: Iterable[str],
    columns: Iterable[str],
    limit: int,
) -> QuerySet:
    """Rows of ``place`` (the list key) and ``columns`` of at most ``limit`` of ``editions``, newest first: those that
    are about all of ``about`` and open to ``by`` at ``now``, from the key ``since`` to before that of each way."""
    about, parts = list(about), []
    for way, before in zip(along, befores, strict=True):
        found = editions.opened_by(way.product, now) if way.product else editions.open_to(by, now)
        for kind, values in about:
            if (way.index, way.kind) != (OF_EDITIONS, kind):
                found = found.about(kind, *values)
        for value in way.values:
            rows = found.walked(way.index, since, before, kind=way.kind, value=value)
            parts.append(rows.values_list("place", *columns)[:limit])
    return parts[0].union(*parts[1:]).order_by("-place")[:limit] if len(parts) > 1 else parts[0]
