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
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from articles.models import Edition, Rendering, Statement, StatementCitation, StatementQuote
from articles.rendering.pages import address
from articles.rules.entitlements import Entitlement
from articles.usage import terms_of_editions, usage_terms
from articles.walking import FEW, opens_few

# The newest uses of a record that are told; a record used more often says that there are more.
MOST_USES = 50

ALL = 10**9

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

    def known(self, now: datetime, by: Entitlement | None = None) -> QuerySet:
        """The records that an edition listed for ``by`` names at ``now``, under their own id or one that was merged
        into it; nothing but their public id may be read from them."""
        if by is not None and not by.opens_all and opens_few(by):
            return self._known_of_few(now, by)
        named = self._listed(now, by).filter(**{self.record: OuterRef("pk")}).values("pk")[:1]
        if self.merges:
            behind = self._listed(now, by).filter(**{f"{self.record}__merged_into": OuterRef("pk")})
            named = Coalesce(Subquery(named), Subquery(behind.values("pk")[:1]))
            return self.records().filter(merged_into=None).annotate(named=named).filter(named__isnull=False)
        # Not Exists: the server would join everything ever said before it takes the first page of records.
        return self.records().annotate(named=Subquery(named)).filter(named__isnull=False)

    def _known_of_few(self, now: datetime, by: Entitlement) -> QuerySet:
        """As :meth:`known`, from the few editions there are: most records would be looked at in vain."""
        # The bound keeps the server from asking of each record whether one of them names it.
        few = Edition.objects.listed(now, by=by).order_by().values("pk")[:FEW]
        named = self.rows.objects.filter(**{f"{self.edition}__in": few}).order_by()
        standing = f"{self.record}__merged_into"
        told = Coalesce(standing, self.record) if self.merges else F(self.record)
        return self.records().filter(pk__in=named.annotate(told=told).values("told").distinct()[:ALL])

    def newest_uses(
        self, ids: list[str], now: datetime, by: Entitlement | None = None
    ) -> dict[str, list[int]]:
        """By public id, the row keys of the newest statements listed for ``by`` that name the record: one query.

        However often a record is used, the server stops at one more than are told.
        """
        rows = self._listed(now, by).filter(**{self.record: OuterRef("pk")})
        newest = rows.order_by(f"-{self.statement}").values(self.statement).distinct()[: MOST_USES + 1]
        found = self.records().filter(public_id__in=ids).annotate(uses=ArraySubquery(newest))
        # Where nobody can read anything there is no list to ask for, and its place is empty.
        return {record: uses or [] for record, uses in found.values_list("public_id", "uses")}

    def records(self) -> QuerySet:
        """The records themselves, of which nothing but the public id is told."""
        return self.rows._meta.get_field(self.record).related_model.objects.order_by("public_id")

    def _listed(self, now: datetime, by: Entitlement | None = None) -> QuerySet:
        listed = Edition.objects.listed(now, by=by)
        return self.rows.objects.filter(**{f"{self.edition}__in": listed}).order_by()


CLAIMS = Index(Statement, "claim", "pk")
QUOTES = Index(StatementQuote, "quote", "statement")
SOURCES = Index(StatementCitation, "source", "statement")


def public_ids(
    index: Index, *, now: datetime, after: str | None, limit: int, by: Entitlement | None = None
) -> list[str]:
    """The public ids of at most ``limit`` records that editions listed for ``by`` name, in their order behind
    ``after``."""
    known = index.known(now, by).filter(public_id__gt=after or "")
    return list(known.values_list("public_id", flat=True)[:limit])


def uses(index: Index, ids: list[str], now: datetime, by: Entitlement | None = None) -> dict[str, list[dict]]:
    """By public id, the newest statements listed for ``by`` that name the record; a record without any is left out,
    and one that was merged into another: it has those of both. Four queries, five where terms depend on the article.

    Each use is ``{"row": row key, "statement": as told}``, newest first, at most one more than MOST_USES. A statement
    whose article is taken down between two of the queries is left out.
    """
    standing = index.standing(ids)
    newest = defaultdict(list)
    for record, rows in index.newest_uses([*{*ids, *standing}], now, by).items():
        # What an edition named by an id that was merged is a use of what stands for it.
        newest[standing.get(record, record)] += rows
    newest = {record: sorted(set(rows), reverse=True)[: MOST_USES + 1] for record, rows in newest.items()}
    statements = statements_told({row for rows in newest.values() for row in rows}, by=by, now=now)
    found = {
        record: [{"row": row, "statement": statements[row]} for row in rows if row in statements]
        for record, rows in newest.items()
    }
    return {record: told for record, told in found.items() if told}


def editions_of(told: Iterable[dict]) -> list[int]:
    """The row ids of the editions in which statements stand, as they are told. One query; none for none."""
    named = {(statement["article"]["id"], statement["article"]["number"]) for statement in told}
    if not named:
        return []
    articles, numbers = zip(*named, strict=True)
    rows = Edition.objects.filter(article__public_id__in=articles, number__in=numbers).order_by()
    found = rows.values_list("pk", "article__public_id", "number")
    return [pk for pk, article, number in found if (article, number) in named]


def told(found: list[dict]) -> dict:
    """The uses of one record as they are shown: ``{"statements": at most MOST_USES, "more_statements": bool}``."""
    return {
        "statements": [use["statement"] for use in found[:MOST_USES]],
        "more_statements": len(found) > MOST_USES,
    }


def statements_told(keys: Iterable[int], *, now: datetime, by: Entitlement | None = None) -> dict[int, dict]:
    """Statements by row key as they are told: wording, address, article, what each rests on, and for what ``by`` may
    use it. Two queries, three where that depends on the article.

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
    quoted = StatementQuote.objects.filter(statement=OuterRef("pk")).order_by("pk")
    rows = rows.annotate(quoted=ArraySubquery(quoted.values("quote__public_id")))
    columns = ("key", "wording", "claim__public_id", "quoted")
    found = list(rows.values_list("pk", "edition", "edition__renderings__plain", *columns))
    terms = terms_of_editions({edition for _key, edition, *_rest in found}, by, now)
    return {
        key: _statement(json.loads(bytes(card)), *told)
        | {"citations": citations[key], "usage_terms": usage_terms(terms[edition])}
        for key, edition, card, *told in found
        if edition in terms
    }


def _statement(entry: dict, key: str, wording: str, claim: str | None, quotes: list[str]) -> dict:
    """A statement in the article of this ``entry`` in lists."""
    return {
        "id": f"{entry['id']}/{key}",
        "key": key,
        "wording": wording,
        "address": f"{entry['address']}#s-{key}",
        "api": address(reverse("api-statement", args=[entry["id"], key])),
        "article": article_told(entry),
        "claim": claim,
        "quotes": quotes,
    }


def article_told(entry: dict) -> dict:
    """An article as it is named beside what it says, from its ``entry`` in lists."""
    return {name: entry[name] for name in _ARTICLE_FIELDS}
