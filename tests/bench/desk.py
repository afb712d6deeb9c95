"""How long the desk's pages take with little and with very much in the database, and what a save and a publish take."""

import os
import sys
import time
from pathlib import Path
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafting
from articles.models import Article
from articles.publishing import publish
from newsroom.accounts.models import User
from tests.bench.stories import make_ready
from tests.making import make_user

FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
CLAIMS, SOURCES = 10, 2  # An article's.
ROUNDS, ACTS = 21, 40
WAGTAIL = "Wagtail 8: open 128 ms, save 95 ms, publish 170 ms, list 250 ms"


def measure_desk() -> None:
    """Print each page at FEW and at MANY articles, and the acts at MANY. Works on the database as it is filled."""
    person = make_user("reporter", "fact_checker", "editor", "duty_editor", username="bench-desk")
    _fill(FEW, person)
    few = _pages(person)
    _fill(MANY, person)
    many = _pages(person)
    for name, (milliseconds, queries) in many.items():
        before, queries_before = few[name]
        remark = f"{milliseconds / before:.2f} × the {before:.0f} at {FEW:,} articles, aim at most 1.3"
        same = "" if queries == queries_before else f" (was {queries_before})"
        _line(f"{name}, ms at {MANY:,}", milliseconds, f"{remark}; {queries} queries{same}")
    _line("save of a draft, ms", _save(person), f"aim under 40; {WAGTAIL}")
    _line("publish, ms", _publish(person), "aim under 60")


def _pages(person) -> dict[str, tuple[float, int]]:
    """By page the median in milliseconds and the number of its queries."""
    client = Client()
    client.force_login(person)
    article = Article.objects.filter(imported__isnull=False).order_by("pk").first()
    chooser = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "harbour"}
    pages = {
        "article screen": (reverse("admin:articles_article_change", args=[article.pk]), {}),
        "list of articles": (reverse("admin:articles_article_changelist"), {}),
        "search in the list": (reverse("admin:articles_article_changelist"), {"q": "harbour"}),
        "autocomplete of sources": (reverse("admin:autocomplete"), chooser),
        "My desk": (reverse("admin:index"), {}),
        "list of claims": (reverse("admin:articles_claim_changelist"), {}),
        "search, common word": (reverse("admin:find"), {"q": "treaty"}),
        "search, rare word": (reverse("admin:find"), {"q": "strait77"}),
    }
    return {name: _page(client, url, query) for name, (url, query) in pages.items()}


def _page(client: Client, url: str, query: dict) -> tuple[float, int]:
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = client.get(url, query)
        took.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url, query)
    return 1000 * median(took), len(queries)


def _save(person) -> float:
    took = []
    articles = Article.objects.filter(imported__isnull=False).order_by("-pk")[:ACTS]
    for article in articles:
        body = article.body.replace("A shared log", "A common log", 1)
        started = time.perf_counter()
        drafting.save_draft(article, by=person, now=timezone.now(), version=article.version, body=body)
        took.append(time.perf_counter() - started)
    return 1000 * median(took)


def _publish(person) -> float:
    """What is measured was published once: its next edition, an update."""
    now, took = timezone.now(), []
    checker, editor = make_user("fact_checker"), make_user("editor")
    by = User.objects.get(username="bench-duty")
    for pk in (
        Article.objects.filter(imported__isnull=False).order_by("-pk").values_list("pk", flat=True)[:ACTS]
    ):
        article = Article.objects.get(pk=pk)
        make_ready(article, checker=checker, editor=editor, now=now)
        article.refresh_from_db()
        started = time.perf_counter()
        publish(article, by=by, now=timezone.now(), kind="update", note="")
        took.append(time.perf_counter() - started)
    return 1000 * median(took)


def _fill(articles: int, person) -> None:
    """Add drafts, claims, citations and sources by SQL until there are so many articles; as an archive would be."""
    have = Article.objects.count()
    if (more := articles - have) <= 0:
        return
    with connection.cursor() as cursor:
        # No row of history each: nothing here is measured but reading beside it.
        cursor.execute("SET session_replication_role = replica")
        facts = {"first": have, "count": more, "by": person.pk, "now": timezone.now()}
        for statement in Path(__file__).with_suffix(".sql").read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, facts | {"claims": CLAIMS, "sources": SOURCES})
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _line(what: str, figure: float, remark: str) -> None:
    sys.stdout.write(f"{what:40} {figure:9.1f}   {remark}\n")
    sys.stdout.flush()
