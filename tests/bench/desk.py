"""How long the desk's pages take with little and with very much in the database, and what a save and a publish take."""

import os
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafting, standings
from articles.models import Article
from articles.publishing import publish
from newsroom.accounts.models import User
from tests.bench.filling import fill
from tests.bench.printing import line
from tests.bench.stories import make_ready
from tests.making import make_user

FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
WRITERS = 50
ROUNDS, ACTS = 21, 40
WAGTAIL = "Wagtail 8: open 128 ms, save 95 ms, publish 170 ms, list 250 ms"


def measure_desk() -> None:
    """Print each page at FEW and at MANY articles, and the acts at MANY; works beside what the stories' bench left."""
    now = timezone.now()
    person = make_user("reporter", "fact_checker", "editor", "duty_editor", username="bench-desk")
    writers = [person.pk, *(make_user("reporter").pk for _ in range(WRITERS - 1))]
    like = Article.objects.filter(editions__number=1, imported__isnull=False).order_by("pk").first()
    standings.count_standing(like.pk, now=now)
    fill(FEW, most=MANY, like=like, writers=writers, now=now)
    few = _pages(like, person)
    started = time.perf_counter()
    fill(MANY, most=MANY, like=like, writers=writers, now=now)
    line(f"filling up to {MANY:,} articles, s", time.perf_counter() - started)
    for name, (milliseconds, queries) in _pages(like, person).items():
        before, queries_before = few[name]
        same = "queries" if queries == queries_before else f"queries, which were {queries_before}"
        line(
            f"{name}, ms",
            milliseconds,
            f"{milliseconds / before:.2f} × the {before:.0f} at {FEW:,} articles, aim at most 1.3; {queries} {same}",
        )
    line("save of a draft, ms", _save(person), f"aim under 40; {WAGTAIL}")
    line("publish, ms", _publish(), "aim under 60")


def _pages(article: Article, person: User) -> dict[str, tuple[float, int]]:
    """By page the median in milliseconds and the number of its queries."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    chooser = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "harbour"}
    offered = reverse("admin:articles_article_offered")
    near = article.headline
    asks = {
        "article screen": lambda: client.get(reverse("admin:articles_article_change", args=[article.pk])),
        "list of articles": lambda: client.get(reverse("admin:articles_article_changelist")),
        "search in the list": lambda: client.get(
            reverse("admin:articles_article_changelist"), {"q": "harbour"}
        ),
        "list of claims": lambda: client.get(reverse("admin:articles_claim_changelist")),
        "list of sources": lambda: client.get(reverse("admin:sources_source_changelist")),
        "autocomplete of sources": lambda: client.get(reverse("admin:autocomplete"), chooser),
        "claims offered for a sentence": lambda: client.post(
            offered, {"kind": "claim", "near": near, "words": ""}, content_type="application/json"
        ),
        "My desk": lambda: client.get(reverse("admin:index")),
        "board": lambda: client.get(reverse("admin:board")),
        "scorecard": lambda: client.get(reverse("admin:scorecard")),
        "search of the desk, common word": lambda: client.get(reverse("admin:find"), {"q": "treaty"}),
        "search of the desk, rare word": lambda: client.get(reverse("admin:find"), {"q": "10500"}),
    }
    return {name: _page(name, ask) for name, ask in asks.items()}


def _page(name: str, ask) -> tuple[float, int]:
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        ask()
    return 1000 * median(took), len(queries)


def _latest() -> list[int]:
    """Imported stories, which went out once."""
    return list(
        Article.objects.filter(imported__isnull=False).order_by("-pk").values_list("pk", flat=True)[:ACTS]
    )


def _save(person: User) -> float:
    took = []
    for pk in _latest():
        article = Article.objects.get(pk=pk)
        body = article.body.replace("A shared log", "A common log", 1)
        started = time.perf_counter()
        drafting.save_draft(article, by=person, now=timezone.now(), version=article.version, body=body)
        took.append(time.perf_counter() - started)
    return 1000 * median(took)


def _publish() -> float:
    """The next edition of each, an update."""
    now, took = timezone.now(), []
    checker, editor = make_user("fact_checker"), make_user("editor")
    by = User.objects.get(username="bench-duty")
    for pk in _latest():
        article = Article.objects.get(pk=pk)
        make_ready(article, checker=checker, editor=editor, now=now)
        article.refresh_from_db()
        started = time.perf_counter()
        publish(article, by=by, now=timezone.now(), kind="update", note="")
        took.append(time.perf_counter() - started)
    return 1000 * median(took)
