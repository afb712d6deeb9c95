"""What rests on a source: the statements of what is public and of what waits, and, apart, the drafts.

However much rests on it, a page of the answer takes the same number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from articles.body.html import parse_html
from articles.body.model import Segment
from articles.models import Article, Citation, Edition, Statement, StatementCitation
from newsroom.core.merged import rows_of
from sources.models import Source

# On a page: statements and articles, each; and drafts, whose bodies have to be read.
PAGE = 100
DRAFTS = 20
MOST_PAGES = 10_000

SUPPORTS = Citation.Stance.SUPPORTS


@dataclass(frozen=True)
class Resting:
    """A sentence that rests on the source, with the stances in which it cites it; none: it cites its copies only.

    ``edition`` is None in a draft; otherwise it ``shows`` now or waits for its moment. ``only``: the source supports
    it and no other does. ``only_by_origin``: nothing supports it but the source and what derives from it.
    """

    article: Article
    edition: int | None
    shows: bool
    key: str
    wording: str
    stances: frozenset[str]
    only: bool
    only_by_origin: bool


@dataclass(frozen=True)
class Touched:
    """An article with how many of its sentences, in what shows and what waits, rest on the source, and on it only."""

    article: Article
    statements: int
    only: int
    shows: bool


@dataclass(frozen=True)
class Impact:
    """One page of what rests on a source; the numbers are of the whole.

    ``statements`` are ordered: first those that rest on the source only, then those that rest only on it and what
    derives from it, then the rest. ``drafts`` are the articles' working drafts as they stand; ``more`` says that a
    further page has something.
    """

    statements: list[Resting]
    articles: list[Touched]
    drafts: list[Resting]
    more: bool
    statement_count: int
    only_count: int
    only_by_origin_count: int
    article_count: int

    @property
    def only(self) -> list[Resting]:
        """The statements of this page that rest on the source only."""
        return [statement for statement in self.statements if statement.only]

    @property
    def shared(self) -> list[Resting]:
        """The statements of this page that other sources support as well, or that it does not support."""
        return [statement for statement in self.statements if not statement.only]


def impact_of(source: Source, *, now: datetime, page: int = 1) -> Impact:
    """Page ``page`` (from 1) of what rests on ``source``: statements of listed and of waiting editions, and drafts.

    That is what cites it, in whatever stance, and what nothing supports but its copies. Eight queries at most.
    """
    derived = derived_from(source)
    resting = resting_on(source, now=now, derived=derived)
    counts = resting.aggregate(
        statements=Count("pk"),
        only=Count("pk", filter=Q(rank=0)),
        only_by_origin=Count("pk", filter=Q(rank__lte=1)),
        articles=Count("edition__article", distinct=True),
    )
    statements, more_statements = _told(resting, source, now, page)
    articles, more_articles = _articles(resting, now, page)
    drafts, more_drafts = _drafts(source, derived, page)
    return Impact(
        statements=statements,
        articles=articles,
        drafts=drafts,
        more=more_statements or more_articles or more_drafts,
        statement_count=counts["statements"],
        only_count=counts["only"],
        only_by_origin_count=counts["only_by_origin"],
        article_count=counts["articles"],
    )


def derived_from(source: Source) -> list[int]:
    """The row ids of ``source`` and of every source that derives from it, however far, each with what was merged into
    it, which editions go on naming: one query."""
    with connection.cursor() as cursor:
        # UNION, not UNION ALL: it ends where sources derived from each other in a circle.
        cursor.execute(
            "WITH RECURSIVE derived(id) AS (VALUES (%s::bigint) UNION"
            " SELECT s.id FROM sources_source s JOIN derived d ON s.derives_from_id = d.id OR s.merged_into_id = d.id)"
            " SELECT id FROM derived",
            [source.pk],
        )
        return [row[0] for row in cursor.fetchall()]


def resting_on(source: Source, *, now: datetime, derived: list[int] | None = None) -> QuerySet[Statement]:
    """The statements of listed and waiting editions that cite ``source``, or that nothing supports but its copies.

    ``rank`` is 0 where they rest on it only, 1 on it and what derives from it, 2 for the rest; ``derived`` is
    :func:`derived_from` where that has been asked already.
    """
    derived = derived_from(source) if derived is None else derived
    itself = Q(source__in=rows_of(source))
    editions = Edition.objects.listed(now) | Edition.objects.waiting(now)
    citing = StatementCitation.objects.filter(source__in=derived)
    cited = StatementCitation.objects.filter(statement=OuterRef("pk"))
    support = cited.filter(stance=SUPPORTS)
    only = Exists(support.filter(itself)) & ~Exists(support.exclude(itself))
    by_origin = Exists(support.filter(source__in=derived)) & ~Exists(support.exclude(source__in=derived))
    return (
        Statement.objects.filter(pk__in=citing.values("statement"), edition__in=editions)
        .annotate(
            rank=Case(
                When(only, then=Value(0)),
                When(by_origin, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .filter(Q(rank=1) | Exists(cited.filter(itself)))
    )


def _told(
    resting: QuerySet[Statement], source: Source, now: datetime, page: int
) -> tuple[list[Resting], bool]:
    stances = StatementCitation.objects.filter(statement=OuterRef("pk"), source__in=rows_of(source)).values(
        "stance"
    )
    rows = (
        resting.annotate(stances=ArraySubquery(stances), shows=_shows(now))
        .select_related("edition__article")
        .defer("edition__article__body")
        .order_by("rank", "-edition_id", "position")
    )
    found, more = _slice(rows, page, PAGE)
    told = [
        Resting(
            article=row.edition.article,
            edition=row.edition.number,
            shows=row.shows,
            key=row.key,
            wording=row.wording,
            stances=frozenset(row.stances),
            only=row.rank == 0,
            only_by_origin=row.rank <= 1,
        )
        for row in found
    ]
    return told, more


def _shows(now: datetime) -> Exists:
    return Exists(Edition.objects.listed(now).filter(pk=OuterRef("edition")))


def _articles(resting: QuerySet[Statement], now: datetime, page: int) -> tuple[list[Touched], bool]:
    counted = (
        resting.annotate(shows=_shows(now))
        .values(article=F("edition__article"))
        .annotate(statements=Count("pk"), only=Count("pk", filter=Q(rank=0)), shown=BoolOr("shows"))
        .order_by("-article")
    )
    found, more = _slice(counted, page, PAGE)
    articles = Article.objects.defer("body").in_bulk([row["article"] for row in found])
    told = [Touched(articles[row["article"]], row["statements"], row["only"], row["shown"]) for row in found]
    return told, more


def _drafts(source: Source, derived: list[int], page: int) -> tuple[list[Resting], bool]:
    named = Citation.objects.filter(source__in=derived).values_list("claim__public_id", "quote__public_id")
    touched = {claim or quote for claim, quote in named.distinct()}
    drafts, more = _slice(
        Article.objects.not_trashed().filter(rests_on__overlap=list(touched)).order_by("-saved_at", "-pk"),
        page,
        DRAFTS,
    )
    segments = [
        (article, block, segment)
        for article in drafts
        for block in parse_html(article.body).blocks
        for segment in block.segments
        if touched & _records(segment)
    ]
    cited = _cited_by({record for _article, _block, segment in segments for record in _records(segment)})
    told = []
    for article, block, segment in segments:
        pairs = {pair for record in _records(segment) for pair in cited[record]}
        stances = frozenset(stance for pk, stance in pairs if pk == source.pk)
        support = {pk for pk, stance in pairs if stance == SUPPORTS}
        only, by_origin = support == {source.pk}, bool(support) and support <= set(derived)
        if stances or by_origin:
            wording = block.text[segment.start : segment.end]
            told.append(Resting(article, None, False, segment.key, wording, stances, only, by_origin))
    return told, more


def _records(segment: Segment) -> set[str]:
    """The public ids of what the segment names."""
    return {*segment.quotes, *([segment.claim] if segment.claim else [])}


def _cited_by(records: set[str]) -> dict[str, set[tuple[int, str]]]:
    """By public id of a claim or quote, the sources (row ids) it cites with the stance."""
    cited = defaultdict(set)
    rows = Citation.objects.filter(Q(claim__public_id__in=records) | Q(quote__public_id__in=records))
    for claim, quote, pk, stance in rows.values_list(
        "claim__public_id", "quote__public_id", "source", "stance"
    ):
        cited[claim or quote].add((pk, stance))
    return cited


def _slice(rows: QuerySet, page: int, size: int) -> tuple[list, bool]:
    """The rows of a page, and whether there are more behind it."""
    start = (min(max(page, 1), MOST_PAGES) - 1) * size
    found = list(rows[start : start + size + 1])
    return found[:size], len(found) > size
