"""How long lists of articles, and the pages and cards of what they say, take with few and with very many listed; lists
on their first page and far down.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import reading
from articles.arranging import MOST_PINS
from articles.models import Arrangement, Article, Edition, Pin, Section, Statement, StatementQuote, Treaty
from newsroom.core.cursors import cursor_after
from sources.models import Speaker
from tests.bench.printing import line
from tests.bench.watching import Taken, Watch
from tests.making import make_user

FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
ROUNDS, DEEP = 41, 5_000
AIM = "aim at most 1.3"


def measure() -> None:
    """Print each list at FEW and at MANY listed articles, and its page DEEP beside its first.

    Works on a database in which at least one article is published.
    """
    Treaty.objects.get_or_create(slug="bench-treaty", defaults={"title": "Treaty of the bench"})
    like = Like.of_the_oldest()
    _fill(FEW, like)
    _arrange()
    few = _pages(like)
    _fill(MANY, like)
    many = _pages(like)
    for name, taken in many.items():
        before = few[name].work
        remark = f"{taken.work / before:.2f} × the {before:.1f} at {FEW:,} listed, {AIM}"
        told = f"{taken.work:.1f} of work, {remark}; {taken.queries} queries"
        line(f"{name}, ms at {MANY:,}", taken.milliseconds, told)
    for name, path in {"home": "/", "one treaty": "/treaties/bench-treaty/"}.items():
        first, deep = (_get(path, query) for query in ({}, {"before": _place(DEEP)}))
        remark = f"{deep.work:.1f} of work, {deep.work / first.work:.2f} × its first page, {AIM}"
        line(f"{name}, page {DEEP:,}, ms", deep.milliseconds, remark)


@dataclass(frozen=True)
class Like:
    """What is copied: an edition, a claim that it makes and a quote that it carries, with the statements that do."""

    edition: Edition
    claim: Statement
    quote: StatementQuote
    speaker: Speaker

    @classmethod
    def of_the_oldest(cls) -> "Like":
        edition = Edition.objects.listed(timezone.now()).select_related("article").earliest("pk")
        quotes = StatementQuote.objects.filter(statement__edition=edition)
        claims = edition.statements.filter(claim__isnull=False)
        quote = quotes.select_related("quote", "statement").first()
        facts = {"name": "Speaker of the bench"}
        speaker, _made = Speaker.objects.get_or_create(slug="bench-speaker", defaults=facts)
        return cls(edition, claims.select_related("claim").first(), quote, speaker)

    @property
    def printed(self) -> str:
        """What copies of the quote print besides."""
        about = {name: getattr(self.speaker, name) for name in ("slug", "name", "kind")}
        return json.dumps(
            {"speaker": about | {"id": self.speaker.public_id}, "role": "Minister of the bench"}
        )


def _arrange() -> None:
    """The front of the section with as much pinned as can be."""
    section, _made = Section.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    editor = make_user("editor", username="bench-fronts")
    front = Arrangement.objects.create(
        section=section, number=1, leads=True, made_by=editor, made_at=timezone.now()
    )
    articles = Article.objects.filter(slug__startswith="listed-").order_by("pk")[:MOST_PINS]
    Pin.objects.bulk_create(
        Pin(arrangement=front, article=article, position=at) for at, article in enumerate(articles)
    )


def _pages(like: Like) -> dict[str, Taken]:
    slug, key = like.edition.article.slug, like.claim.key
    claim, quote = like.claim.claim.public_id, like.quote.quote.public_id
    month = f"{timezone.now():%Y/%m}"
    paths = {
        "home": "/",
        "one treaty": "/treaties/bench-treaty/",
        "one language": "/languages/en/",
        "rare tag": "/tags/rare/",
        "a month": f"/archive/{month}/",
        "front of a section": "/sections/bench/",
        "index of treaties": "/treaties/",
        "index of authors": "/authors/",
        "page of a claim": f"/claims/{claim}/",
        "page of a quote": f"/quotes/{quote}/",
        "page of a speaker": f"/speakers/{like.speaker.slug}/",
        "card of a claim": f"/embed/claims/{claim}/",
        "card of a quote": f"/embed/quotes/{quote}/",
        "card of a sentence": f"/embed/sentences/{slug}/{key}/",
        "related articles": f"/articles/{slug}/related/",
    }
    return {name: _get(path, {}) for name, path in paths.items()}


def _place(page: int) -> str:
    """Where that page of all articles begins, or the last one if there are fewer."""
    entries = Edition.objects.listed(timezone.now()).entries("", reading.NEWEST)
    keys = entries.order_by("-renderings__list_key").values_list("renderings__list_key", flat=True)
    at = min(20 * page, keys.count()) - 21
    return cursor_after(keys[max(at, 0)])


def _get(path: str, query: dict) -> Taken:
    client, watch = Client(headers={"host": "localhost"}), Watch()

    def ask() -> None:
        if (status := client.get(path, query).status_code) != 200:
            raise SystemExit(f"{path} answered {status}")

    for _ in range(ROUNDS):
        watch.take(ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return watch.taken(len(queries))


def _fill(articles: int, like: Like) -> None:
    have = Article.objects.filter(slug__startswith="listed-").count()
    if (more := articles - have) <= 0:
        return
    facts = {"first": have, "count": more, "like": like.edition.pk, "now": timezone.now()}
    facts |= {"statements": [like.claim.pk, like.quote.statement_id]}
    facts |= {"claim": like.claim.claim.public_id, "printed": like.printed}
    # What the database works out itself cannot be copied.
    columns = [field.column for field in Article._meta.concrete_fields if not field.generated]
    sql = Path(__file__).with_suffix(".sql").read_text()
    sql = sql.replace("COLUMNS_MADE", ", ".join(f"made.{column}" for column in columns))
    sql = sql.replace("COLUMNS", ", ".join(columns))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in sql.split(";\n"):
            if statement.strip():
                cursor.execute(statement, facts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
