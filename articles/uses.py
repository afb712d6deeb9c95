"""Where the public side names a claim, a quote or a source: the statements of listed editions.

Of a claim's or a quote's own row nothing is read but its public id. However many records or uses are asked for, it
takes the same number of queries.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Edition, Rendering, Statement, StatementCitation, StatementQuote

# The newest uses of a record that are told; a record used more often says that there are more.
MOST_USES = 50

_ARTICLE_FIELDS = ("id", "slug", "language", "headline", "address", "api", "number")


@dataclass(frozen=True)
class Index:
    """Where statements name a kind of record: ``rows`` of which model, by ``record``, for which ``statement``."""

    rows: type[Model]
    record: str
    statement: str

    @property
    def edition(self) -> str:
        """The way from a row to its edition."""
        return "edition" if self.statement == "pk" else f"{self.statement}__edition"

    @property
    def merges(self) -> bool:
        """Whether two of these records can be merged (articles.merging): one then stands for both."""
        return any(field.name == "merged_into" for field in self.records().model._meta.fields)

    def standing(self, ids: list[str]) -> dict[str, str]:
        """By public id, the record that stands for what was merged: of ``ids``, and of what stands behind them.

        At most one query.
        """
        if not self.merges:
            return {}
        gone = self.records().filter(Q(public_id__in=ids) | Q(merged_into__public_id__in=ids))
        gone = gone.filter(merged_into__isnull=False)
        return dict(gone.values_list("public_id", "merged_into__public_id"))

    def known(self, now: datetime) -> QuerySet:
        """The records that a listed edition names at ``now``, under their own id or one that was merged into it;
        nothing but their public id may be read from them."""
        named = self._listed(now).filter(**{self.record: OuterRef("pk")}).values("pk")[:1]
        if self.merges:
            behind = self._listed(now).filter(**{f"{self.record}__merged_into": OuterRef("pk")})
            named = Coalesce(Subquery(named), Subquery(behind.values("pk")[:1]))
            return self.records().filter(merged_into=None).annotate(named=named).filter(named__isnull=False)
        # Not Exists: the server would join everything ever said before it takes the first page of records.
        return self.records().annotate(named=Subquery(named)).filter(named__isnull=False)

    def newest_uses(self, ids: list[str], now: datetime) -> dict[str, list[int]]:
        """By public id, the row keys of the newest listed statements that name the record: one query.

        However often a record is used, the server stops at one more than are told.
        """
        rows = self._listed(now).filter(**{self.record: OuterRef("pk")})
        newest = rows.order_by(f"-{self.statement}").values(self.statement).distinct()[: MOST_USES + 1]
        found = self.records().filter(public_id__in=ids).annotate(uses=ArraySubquery(newest))
        return dict(found.values_list("public_id", "uses"))

    def records(self) -> QuerySet:
        """The records themselves, of which nothing but the public id is told."""
        return self.rows._meta.get_field(self.record).related_model.objects.order_by("public_id")

    def _listed(self, now: datetime) -> QuerySet:
        return self.rows.objects.filter(**{f"{self.edition}__in": Edition.objects.listed(now)}).order_by()


CLAIMS = Index(Statement, "claim", "pk")
QUOTES = Index(StatementQuote, "quote", "statement")
SOURCES = Index(StatementCitation, "source", "statement")


def public_ids(index: Index, *, now: datetime, after: str | None, limit: int) -> list[str]:
    """The public ids of at most ``limit`` records that listed editions name, in their order behind ``after``."""
    known = index.known(now).filter(public_id__gt=after or "")
    return list(known.values_list("public_id", flat=True)[:limit])


def uses(index: Index, ids: list[str], now: datetime) -> dict[str, list[dict]]:
    """By public id, the newest statements that name the record; a record without any is left out, and one that was
    merged into another: it has those of both. Four queries.

    Each use is ``{"row": row key, "statement": as told}``, newest first, at most one more than MOST_USES. A statement
    whose article is taken down between two of the queries is left out.
    """
    standing = index.standing(ids)
    newest = defaultdict(list)
    for record, rows in index.newest_uses([*{*ids, *standing}], now).items():
        # What an edition named by an id that was merged is a use of what stands for it.
        newest[standing.get(record, record)] += rows
    newest = {record: sorted(set(rows), reverse=True)[: MOST_USES + 1] for record, rows in newest.items()}
    statements = _told({row for rows in newest.values() for row in rows})
    found = {
        record: [{"row": row, "statement": statements[row]} for row in rows if row in statements]
        for record, rows in newest.items()
    }
    return {record: told for record, told in found.items() if told}


def told(found: list[dict]) -> dict:
    """The uses of one record as they are shown: ``{"statements": at most MOST_USES, "more_statements": bool}``."""
    return {
        "statements": [use["statement"] for use in found[:MOST_USES]],
        "more_statements": len(found) > MOST_USES,
    }


def _told(keys: Iterable[int]) -> dict[int, dict]:
    """Statements by row key as they are told: wording, address, article, and what each rests on.

    One without a finished entry, as a take-down leaves it, is not among them.
    """
    citations = defaultdict(list)
    cited = StatementCitation.objects.filter(statement__in=keys).order_by("number", "pk")
    for row in cited.values("statement", "number", "stance", "evidence", "source__public_id"):
        citations[row["statement"]].append(
            {
                "source": row["source__public_id"],
                "number": row["number"],
                "stance": row["stance"],
                "evidence": row["evidence"],
            }
        )
    cards = Rendering.Representation.CARD
    rows = Statement.objects.filter(pk__in=keys, edition__renderings__representation=cards)
    statements = {}
    for key, segment, wording, card in rows.values_list("pk", "key", "wording", "edition__renderings__plain"):
        entry = json.loads(bytes(card))
        statements[key] = {
            "key": segment,
            "wording": wording,
            "address": f"{entry['address']}#s-{segment}",
            "article": {name: entry[name] for name in _ARTICLE_FIELDS},
            "citations": citations[key],
        }
    return statements
