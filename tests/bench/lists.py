"""How long lists of articles take with few and with very many listed, on their first page and far down."""

import os
import time
from pathlib import Path
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import reading
from articles.models import Article, Edition, Treaty
from newsroom.core.cursors import cursor_after
from tests.bench.printing import line

FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
ROUNDS, DEEP = 41, 5_000
AIM = "aim at most 1.3"


def measure() -> None:
    """Print each list at FEW and at MANY listed articles, and its page DEEP beside its first.

    Works on a database in which at least one article is published.
    """
    Treaty.objects.get_or_create(slug="bench-treaty", defaults={"title": "Treaty of the bench"})
    _fill(FEW)
    few = _lists()
    _fill(MANY)
    many = _lists()
    for name, (milliseconds, queries) in many.items():
        remark = f"{milliseconds / few[name][0]:.2f} × the {few[name][0]:.1f} at {FEW:,} listed, {AIM}"
        line(f"{name}, ms at {MANY:,}", milliseconds, f"{remark}; {queries} queries")
    for name, path in {"home": "/", "one treaty": "/treaties/bench-treaty/"}.items():
        first, deep = (_get(path, query)[0] for query in ({}, {"before": _place(DEEP)}))
        line(f"{name}, page {DEEP:,}, ms", deep, f"{deep / first:.2f} × its first page, {AIM}")


def _lists() -> dict[str, tuple[float, int]]:
    month = f"{timezone.now():%Y/%m}"
    paths = {
        "home": "/",
        "one treaty": "/treaties/bench-treaty/",
        "one language": "/languages/en/",
        "rare tag": "/tags/rare/",
        "a month": f"/archive/{month}/",
    }
    return {name: _get(path, {}) for name, path in paths.items()}


def _place(page: int) -> str:
    """Where that page of all articles begins, or the last one if there are fewer."""
    entries = Edition.objects.listed(timezone.now()).entries("", reading.NEWEST)
    keys = entries.order_by("-renderings__list_key").values_list("renderings__list_key", flat=True)
    at = min(20 * page, keys.count()) - 21
    return cursor_after(keys[max(at, 0)])


def _get(path: str, query: dict) -> tuple[float, int]:
    """The median in milliseconds, and the number of queries."""
    client, took = Client(headers={"host": "localhost"}), []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = client.get(path, query)
        took.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path, query)
    return 1000 * median(took), len(queries)


def _fill(articles: int) -> None:
    have = Article.objects.filter(slug__startswith="listed-").count()
    if (more := articles - have) <= 0:
        return
    like = Edition.objects.listed(timezone.now()).earliest("pk").pk
    facts = {"first": have, "count": more, "like": like, "now": timezone.now()}
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
