"""Where a claim or a quote stands and stood, in words that readers have: the statements of editions they can open.

Of the record's own row nothing is read but its public id. However often it is used, the work is bounded.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Case, Exists, F, Func, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from articles.models import Edition, Rendering, StatementCitation
from articles.uses import CLAIMS, MOST_USES, Index

# Statements that are looked through for other words: the newest of all, and of these the earlier ones.
MOST_LOOKED_AT, MOST_EARLIER = 300, 100
# Of the oldest statements, those among which the one is sought that showed first: some waited longer than others.
MOST_FIRST = 50


@dataclass(frozen=True, slots=True)
class Appearance:
    """A statement in a listed edition.

    ``printed`` is what that edition prints of a quote, None of a claim; ``card`` the article's entry in lists;
    ``citations`` what the statement rests on, as ``{"stance", "number", "evidence", "source"}`` with the source's id,
    title, address, publisher's name, whether it is withdrawn and, of a confidential one alone, label. ``first`` is
    when and where the record stood first of all, as ``{"at", "slug", "number"}`` with ``at`` in ISO 8601.
    """

    key: str
    wording: str
    printed: dict | None
    card: dict
    citations: list[dict]
    first: dict


@dataclass(frozen=True, slots=True)
class Earlier:
    """Other words in which it stood, in the last edition that has them, of which ``card`` is the entry in lists.

    ``at`` (aware) is since when that edition showed; ``set_right`` says that a correction or clarification came next.
    """

    key: str
    wording: str
    printed: dict | None
    card: dict
    at: datetime
    set_right: bool


def appearances(index: Index, ids: Iterable[str], *, now: datetime) -> list[Appearance]:
    """Where listed editions name the record with these public ids, newest first: at most one more than MOST_USES.
    One query."""
    edition, ids = index.edition, list(ids)
    listed = {f"{edition}__in": Edition.objects.listed(now).order_by()}
    named = _named(index, ids).filter(
        **{f"{index.statement}__in": walked(index, ids, MOST_USES + 1, newest=True, **listed)}
    )
    cited = StatementCitation.objects.filter(statement=OuterRef(index.statement)).order_by("number", "pk")
    open_ones = {f"{edition}__in": Edition.objects.readable(now).order_by()}
    oldest = walked(index, ids, MOST_FIRST, newest=False, **open_ones)
    stood = index.rows.objects.filter(**{f"{index.statement}__in": oldest}).order_by().values(edition)
    first = Edition.objects.filter(pk__in=stood)
    first = first.order_by("release__showing__startswith", "pk").annotate(
        told=JSONObject(at="release__showing__startswith", slug="article__slug", number="number")
    )
    rows = named.filter(
        **listed, **{f"{edition}__renderings__representation": Rendering.Representation.CARD}
    ).annotate(cited=ArraySubquery(cited.values(told=_CITED)), first=Subquery(first.values("told")[:1]))
    found = rows.order_by(f"-{index.statement}").values_list(
        *_words(index), f"{edition}__renderings__plain", "cited", "first"
    )
    return [
        Appearance(*words, json.loads(bytes(card)), citations, since)
        for *words, card, citations, since in _with_printed(index, found[: MOST_USES + 1])
    ]


def earlier_words(
    index: Index, ids: Iterable[str], standing: list[Appearance], *, now: datetime
) -> list[Earlier]:
    """Other words in which the record stood, newest first: in editions that can be read and show no more, and none
    that stands in ``standing``. One query."""
    edition, ids = index.edition, list(ids)
    named = _named(index, ids).filter(
        **{f"{index.statement}__in": walked(index, ids, MOST_LOOKED_AT, newest=True)}
    )
    # Asked of each edition by itself: the server would rather find out first which of all are past.
    past = Edition.objects.readable(now).superseded(now).filter(pk=OuterRef(edition)).order_by()
    following = Edition.objects.released(now).set_right()
    following = following.filter(
        article=OuterRef(f"{edition}__article"), number=OuterRef(f"{edition}__number") + 1
    )
    card = {f"{edition}__renderings__representation": Rendering.Representation.CARD}
    rows = named.annotate(past=Subquery(past.values("pk")[:1])).filter(past__isnull=False, **card)
    rows = rows.annotate(set_right=Exists(following))
    found = rows.order_by(f"-{index.statement}").values_list(
        *_words(index),
        f"{edition}__renderings__plain",
        f"{edition}__release__showing__startswith",
        "set_right",
    )
    seen = {said(one) for one in standing}
    told = []
    for *words, card, at, set_right in _with_printed(index, found[:MOST_EARLIER]):
        one = Earlier(*words, json.loads(bytes(card)), at, set_right)
        if said(one) not in seen:
            seen.add(said(one))
            told.append(one)
    return told


def said(one: Appearance | Earlier) -> str:
    """Its words: of a quote the words themselves, of a claim the whole statement."""
    return one.printed["words"] if one.printed else one.wording


_CITED = JSONObject(
    stance="stance",
    number="number",
    evidence="evidence",
    source=JSONObject(
        id="source__public_id",
        title="source__title",
        url="source__url",
        publisher="source__publisher__name",
        withdrawn=Case(When(source__withdrawn_at__isnull=False, then=Value(True)), default=Value(False)),
        label=Case(When(source__confidential=True, then=F("source__public_label")), default=Value("")),
    ),
)


def walked(index: Index, ids: Iterable[str], most: int, *, newest: bool, **which) -> QuerySet:
    """The row keys of statements that name one of the records, for a subquery: of each record the ``most`` newest or
    oldest of those that meet ``which``, and the server stops there."""
    order = f"-{index.statement}" if newest else index.statement
    rows = index.rows.objects.filter(**{index.record: OuterRef("pk")}, **which).order_by(order)
    found = ArraySubquery(rows.values(index.statement)[:most])
    records = index.records().filter(public_id__in=list(ids)).order_by()
    return records.values(found=Func(found, function="unnest", output_field=BigIntegerField()))


def _named(index: Index, ids: Iterable[str]) -> QuerySet:
    """The rows that name the record."""
    return index.rows.objects.filter(**{f"{index.record}__public_id__in": list(ids)}).order_by()


def _words(index: Index) -> tuple[str, ...]:
    return (
        ("key", "wording")
        if index is CLAIMS
        else (f"{index.statement}__key", f"{index.statement}__wording", "printed")
    )


def _with_printed(index: Index, rows: QuerySet) -> list[tuple]:
    return [(key, wording, None, *rest) for key, wording, *rest in rows] if index is CLAIMS else list(rows)
