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

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery

from articles.models import Edition, Rendering, Statement, StatementCitation, StatementQuote
from sources.models import Source

PUBLIC_ID = re.compile(r"[0-9a-z]{12}")
# The newest uses of a record that are told; a record used more often says that there are more.
MOST_USES = 50

QUOTE_FIELDS = (
    "words",
    "language",
    "speaker",
    "role",
    "occasion",
    "said_on",
    "original",
    "original_language",
    "translator",
)
SOURCE_FIELDS = ("title", "url", "kind", "creators", "published_on", "language")
PUBLISHER_FIELDS = ("public_id", "slug", "name")
_ARTICLE_FIELDS = ("id", "slug", "language", "headline", "address", "api", "number")


@dataclass(frozen=True)
class Index:
    """Where statements name a kind of record: ``rows`` of which model, by ``record``, for which ``statement``."""

    rows: type[Model]
    record: str
    statement: str

    def known(self, now: datetime) -> QuerySet:
        """The records that a listed edition names at ``now``; nothing but their public id may be read from them."""
        named = self._listed(now).filter(**{self.record: OuterRef("pk")}).values("pk")[:1]
        # Not Exists: the server would join everything ever said before it takes the first page of records.
        return self._records().annotate(named=Subquery(named)).filter(named__isnull=False)

    def newest_uses(self, ids: list[str], now: datetime) -> dict[str, list[int]]:
        """By public id, the row keys of the newest listed statements that name the record: one query.

        However often a record is used, the server stops at one more than are told.
        """
        rows = self._listed(now).filter(**{self.record: OuterRef("pk")})
        newest = rows.order_by(f"-{self.statement}").values(self.statement).distinct()[: MOST_USES + 1]
        found = self._records().filter(public_id__in=ids).annotate(uses=ArraySubquery(newest))
        return dict(found.values_list("public_id", "uses"))

    def _records(self) -> QuerySet:
        return self.rows._meta.get_field(self.record).related_model.objects.order_by("public_id")

    def _listed(self, now: datetime) -> QuerySet:
        edition = "edition__in" if self.statement == "pk" else f"{self.statement}__edition__in"
        return self.rows.objects.filter(**{edition: Edition.objects.listed(now)}).order_by()


CLAIMS = Index(Statement, "claim", "pk")
QUOTES = Index(StatementQuote, "quote", "statement")
SOURCES = Index(StatementCitation, "source", "statement")


def public_ids(index: Index, *, now: datetime, after: str | None, limit: int) -> list[str]:
    """The public ids of at most ``limit`` records that listed editions name, in their order behind ``after``."""
    known = index.known(now).filter(public_id__gt=after or "")
    return list(known.values_list("public_id", flat=True)[:limit])


def claims(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these claims, in the order of ``ids``."""
    uses = _uses(CLAIMS, ids, now)
    return [{"id": claim, **_statements(uses[claim])} for claim in ids if claim in uses]


def quotes(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these quotes; what was said is as the newest listed statement prints it."""
    uses = _uses(QUOTES, ids, now)
    newest = [statements[0]["row"] for statements in uses.values()]
    rows = StatementQuote.objects.filter(statement__in=newest, quote__public_id__in=uses)
    printed = {
        (quote, row): words
        for quote, row, words in rows.values_list("quote__public_id", "statement", "printed")
    }
    return [
        {
            "id": quote,
            **{name: printed[quote, uses[quote][0]["row"]][name] for name in QUOTE_FIELDS},
            **_statements(uses[quote]),
        }
        for quote in ids
        if quote in uses
    ]


def sources(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these sources."""
    uses = _uses(SOURCES, ids, now)
    fields = ("public_id", *SOURCE_FIELDS, *(f"publisher__{name}" for name in PUBLISHER_FIELDS))
    rows = {row["public_id"]: row for row in Source.objects.filter(public_id__in=uses).values(*fields)}
    return [{**_source(rows[source]), **_statements(uses[source])} for source in ids if source in uses]


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


def _uses(index: Index, ids: list[str], now: datetime) -> dict[str, list[dict]]:
    """By public id, the newest statements that name the record; a record without any is left out. Three queries."""
    newest = index.newest_uses(ids, now)
    statements = _told({row for rows in newest.values() for row in rows})
    return {
        record: [{"row": row, "statement": statements[row]} for row in rows]
        for record, rows in newest.items()
        if rows
    }


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
