"""What stands first on a front now: the entries of the articles that its arrangement pins, as far as they are listed.

One compiled look-up, as in :mod:`articles.reading`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from django.db.models import Subquery

from articles.models import Arrangement, Edition, Rendering
from articles.reading import Card
from newsroom.core.prepared import Prepared

# Stand in for the arguments while a queryset is compiled; no such moment or slug occurs otherwise.
_NOW = datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
_SLUG = "\x00slug"


# Entries in order, and whether the first of them leads.
Pinned = tuple[list[Card], bool]
NOTHING_PINNED: Pinned = ([], False)


def pinned(section: str | None, *, now: datetime) -> Pinned:
    """What stands first on the front of the section with this slug, or on the home page (None). One query."""
    rows = _pinned(section is None).rows(now, *([] if section is None else [section]))
    return [Card(*columns) for _leads, *columns in rows], bool(rows) and rows[0][0]


def entries_of(articles: Sequence[int], *, now: datetime) -> dict[int, Card]:
    """The entries of those of ``articles`` (row keys) that are listed at ``now``, by the article. One query."""
    rows = _entries(now).filter(article__in=articles).order_by().values_list("article", *_COLUMNS)
    return {article: Card(key, bytes(body), edition) for article, key, body, edition in rows}


_COLUMNS = ("renderings__list_key", "renderings__plain", "pk")


def _entries(now: datetime):
    listed = Edition.objects.listed(now)
    return listed.filter(renderings__representation=Rendering.Representation.CARD)


@cache
def _pinned(home: bool) -> Prepared:
    front = {"section": None} if home else {"section__slug": _SLUG}
    holds = Arrangement.objects.filter(**front).order_by("-number").values("pk")[:1]
    found = _entries(_NOW).filter(article__pins__arrangement=Subquery(holds))
    columns = ("article__pins__arrangement__leads", *_COLUMNS)
    return Prepared(
        found.order_by("article__pins__position").values_list(*columns), _NOW, *([] if home else [_SLUG])
    )
