"""What a merge would do, for the page on which somebody decides: counts and places, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from articles.models import Article, Citation, Claim, Quote, Statement, StatementCitation
from sources.models import Publisher, Source, Speaker

# Counted, and listed; there may be more.
COUNTED = 1_000
LISTED = 20


@dataclass(frozen=True)
class Consequences:
    """``counts`` of what would name the other record, by name, up to COUNTED; ``drafts`` that rest on it, of which
    there may be ``more``; whether editions have ``printed`` it."""

    counts: dict[str, int]
    drafts: list[Article]
    more: bool
    printed: bool


def consequences(gone: Model, user) -> Consequences:
    """What merging ``gone`` into another would point anew, of drafts those that ``user`` may see."""
    return _OF[type(gone)](gone, user)


def _source(gone: Source, user) -> Consequences:
    citations = Citation.objects.filter(source=gone)
    derived = Source.objects.filter(derives_from=gone)
    named = citations.values_list("claim__public_id", "quote__public_id")[:COUNTED]
    drafts, more = _drafts([claim or quote for claim, quote in named], user)
    printed = StatementCitation.objects.filter(source=gone).exists()
    return Consequences({"citations": _count(citations), "derived": _count(derived)}, drafts, more, printed)


def _claim(gone: Claim, user) -> Consequences:
    drafts, more = _drafts([gone.public_id], user)
    printed = Statement.objects.filter(claim=gone).exists()
    return Consequences({"citations": _count(gone.citations.all())}, drafts, more, printed)


def _publisher(gone: Publisher, user) -> Consequences:
    sources = Source.objects.filter(publisher=gone)
    printed = StatementCitation.objects.filter(source__publisher=gone).exists()
    return Consequences({"sources": _count(sources)}, [], False, printed)


def _speaker(gone: Speaker, user) -> Consequences:
    quotes = Quote.objects.filter(speaker=gone)
    drafts, more = _drafts(list(quotes.values_list("public_id", flat=True)[:COUNTED]), user)
    printed = quotes.filter(Q(statement_quotes__isnull=False)).exists()
    counts = {"quotes": _count(quotes), "roles": _count(gone.roles.all())}
    return Consequences(counts, drafts, more, printed)


def _count(rows: QuerySet) -> int:
    return rows.order_by()[: COUNTED + 1].count()


def _drafts(named: list[str], user) -> tuple[list[Article], bool]:
    if not named:
        return [], False
    rows = (
        Article.objects.visible_to(user)
        .not_trashed()
        .filter(rests_on__overlap=named)
        .defer("body")
        .order_by("-saved_at", "-pk")
    )
    found = list(rows[: LISTED + 1])
    return found[:LISTED], len(found) > LISTED


_OF = {Source: _source, Publisher: _publisher, Speaker: _speaker, Claim: _claim}
