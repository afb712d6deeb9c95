"""Claims, quotes and sources as the public knows them: through the statements of listed editions.

Of a claim's or a quote's own row nothing is read but its public id; a source gives the fields listed here and no
others. However many records or uses a page has, it takes the same number of queries.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import DenseRank

from articles.models import Edition, Rendering, Statement, StatementCitation, StatementQuote
from sources.models import Source

PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
# The newest uses of a record that are told; a record used more often says that there are more.
MOST_USES = 50

SOURCE_FIELDS = ("title", "url", "kind", "creators", "published_on", "language")
PUBLISHER_FIELDS = ("public_id", "slug", "name")
_ARTICLE_FIELDS = ("id", "slug", "language", "headline", "address", "api", "number")


@dataclass(frozen=True)
class Index:
    """Where statements name a kind of record: ``rows`` of which model, by ``record``, for which ``statement``."""

    rows: type[Model]
    record: str
    statement: str

    def listed(self, now: datetime) -> QuerySet:
        """The rows whose statement stands in an edition that is listed at ``now``."""
        edition = f"{self.statement}__edition__in" if self.statement else "edition__in"
        return self.rows.objects.filter(
            **{edition: Edition.objects.listed(now), f"{self.record}__isnull": False}
        ).order_by()


CLAIMS = Index(Statement, "claim", "")
QUOTES = Index(StatementQuote, "quote", "statement")
SOURCES = Index(StatementCitation, "source", "statement")


def public_ids(index: Index, *, now: datetime, after: str | None, limit: int) -> list[str]:
    """The public ids of at most ``limit`` records that listed editions name, in their order behind ``after``."""
    field = f"{index.record}__public_id"
    rows = index.listed(now).filter(**{f"{field}__gt": after or ""})
    return list(rows.order_by(field).values_list(field, flat=True).distinct()[:limit])


def claims(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these claims, in the order of ``ids``."""
    uses = _uses(CLAIMS, ids, now)
    return [{"id": claim, **_statements(uses[claim])} for claim in ids if uses[claim]]


def quotes(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these quotes; what was said is as the newest listed statement prints it."""
    uses = _uses(QUOTES, ids, now, "printed")
    return [
        {"id": quote, **uses[quote][0]["printed"], **_statements(uses[quote])} for quote in ids if uses[quote]
    ]


def sources(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these sources."""
    uses = _uses(SOURCES, ids, now)
    fields = ("public_id", *SOURCE_FIELDS, *(f"publisher__{name}" for name in PUBLISHER_FIELDS))
    rows = {row["public_id"]: row for row in Source.objects.filter(public_id__in=ids).values(*fields)}
    return [{**_source(rows[source]), **_statements(uses[source])} for source in ids if uses[source]]


def _source(row: dict) -> dict:
    publisher = {
        "id": row["publisher__public_id"],
        "slug": row["publisher__slug"],
        "name": row["publisher__name"],
    }
    return {
        "id": row["public_id"],
        **{name: row[name] for name in SOURCE_FIELDS},
        "published_on": row["published_on"].isoformat() if row["published_on"] else None,
        "publisher": publisher if publisher["id"] else None,
    }


def _uses(index: Index, ids: list[str], now: datetime, *more: str) -> dict[str, list[dict]]:
    """By record, the newest statements that name it, each once, with their article and citations: three queries."""
    field = f"{index.record}__public_id"
    statement = index.statement or "pk"
    numbered = (
        index.listed(now)
        .filter(**{f"{field}__in": ids})
        .annotate(place=Window(DenseRank(), partition_by=F(index.record), order_by=F(statement).desc()))
        .filter(place__lte=MOST_USES + 1)
        .values(statement, field, *more)
    )
    # A statement may cite a source in two stances: one use.
    found = {(row[field], row[statement]): row for row in numbered}
    statements = _told({key for _, key in found})
    uses: dict[str, list[dict]] = defaultdict(list)
    for record, key in sorted(found, key=lambda pair: -pair[1]):
        row = found[record, key]
        uses[record].append({"statement": statements[key], **{name: row[name] for name in more}})
    return uses


def _told(keys: Iterable[int]) -> dict[int, dict]:
    """Statements by row key as the API tells them."""
    citations = defaultdict(list)
    cited = StatementCitation.objects.filter(statement__in=keys).order_by("number", "pk")
    for row in cited.values("statement", "number", "stance", "source__public_id"):
        citations[row["statement"]].append(
            {"source": row["source__public_id"], "number": row["number"], "stance": row["stance"]}
        )
    cards = Rendering.Representation.CARD
    rows = Statement.objects.filter(pk__in=keys, edition__renderings__representation=cards)
    told = {}
    for key, segment, wording, card in rows.values_list("pk", "key", "wording", "edition__renderings__plain"):
        entry = json.loads(bytes(card))
        told[key] = {
            "key": segment,
            "wording": wording,
            "address": f"{entry['address']}#s-{segment}",
            "article": {name: entry[name] for name in _ARTICLE_FIELDS},
            "citations": citations[key],
        }
    return told


def _statements(uses: list[dict]) -> dict:
    return {
        "statements": [use["statement"] for use in uses[:MOST_USES]],
        "more_statements": len(uses) > MOST_USES,
    }
