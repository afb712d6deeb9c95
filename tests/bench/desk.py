"""How long the desk's pages take with little and with very much in the database, and what a save and a publish take."""

import json
import os
import re
import time
from functools import partial

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
from tests.bench.serving import a_page, requests_a_second, served
from tests.bench.stories import make_ready
from tests.bench.watching import Taken, Watch
from tests.making import make_user

# Requests a second of the bare view on the machine for which the aims were set.
YARDSTICK = 4_400
FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
WRITERS = 50
ROUNDS, ACTS = 21, 40
WAGTAIL = {"save of a draft": "Wagtail 8 takes 95", "publish": "Wagtail 8 takes 170"}


def measure() -> None:
    """Print each page at FEW and at MANY articles, and the acts at MANY; works beside the stories that were imported.

    Other programs make a page wait, and not the same at both times: what is compared is the work it is, in our process
    and in the server's (CPU).
    """
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
    for name, taken in _pages(like, person).items():
        before = few[name]
        same = "queries" if taken.queries == before.queries else f"queries, which were {before.queries}"
        line(
            f"{name}, ms",
            taken.milliseconds,
            f"{taken.work:.1f} of work, {taken.work / before.work:.2f} × the {before.work:.1f} at {FEW:,} articles,"
            f" aim at most 1.3; {taken.queries} {same}",
        )
    with served() as site:
        rate = requests_a_second(f"{site}/bare/{a_page().pk}/")
    line("bare view, requests/s", rate, f"the aims below are for a machine where it does {YARDSTICK:,}")
    for name, taken, aim in (("save of a draft", _save(person), 40), ("publish", _publish(), 60)):
        there = taken.milliseconds * rate / YARDSTICK
        told = f"{taken.work:.1f} of work; {there:.0f} on such a machine, aim under {aim}; {WAGTAIL[name]}"
        line(f"{name}, ms", taken.milliseconds, told)


def _pages(article: Article, person: User) -> dict[str, Taken]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    listed, found = reverse("admin:articles_article_changelist"), reverse("admin:find")
    chooser = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "harbour"}
    near = {"kind": "claim", "near": "A treaty on the strait was signed by both ministers", "words": ""}
    asks = {
        "article screen": (reverse("admin:articles_article_change", args=[article.pk]), {}),
        "list of articles": (listed, {}),
        "search in the list": (listed, {"q": "harbour"}),
        "list of claims": (reverse("admin:articles_claim_changelist"), {}),
        "list of sources": (reverse("admin:sources_source_changelist"), {}),
        "autocomplete of sources": (reverse("admin:autocomplete"), chooser),
        "claims offered for a sentence": (reverse("admin:articles_article_offered"), json.dumps(near)),
        "My desk": (reverse("admin:index"), {}),
        "board": (reverse("admin:board"), {}),
        "scorecard": (reverse("admin:scorecard"), {}),
        "search of the desk, common word": (found, {"q": "treaty"}),
        "search of the desk, rare word": (found, {"q": "10500"}),
    }
    return {name: _page(name, _asking(client, *ask)) for name, ask in asks.items()}


def _asking(client: Client, url: str, asked: dict | str):
    """A text is posted as JSON."""
    if isinstance(asked, str):
        return partial(client.post, url, asked, content_type="application/json")
    return partial(client.get, url, asked)


def _page(name: str, ask) -> Taken:
    watch = Watch()
    if (status := ask().status_code) != 200:
        raise SystemExit(f"{name} answered {status}")
    for _ in range(ROUNDS):
        watch.take(ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return watch.taken(len(queries))


def _latest() -> list[int]:
    """Imported stories, which went out once."""
    imported = Article.objects.filter(imported__isnull=False).order_by("-pk")
    return list(imported.values_list("pk", flat=True)[:ACTS])


def _save(person: User) -> Taken:
    watch, word = Watch(), f"log{time.time():.0f}"
    for pk in _latest():
        article = Article.objects.get(pk=pk)
        body = re.sub(r"A \w+ log", f"A {word} log", article.body, count=1)
        save = partial(drafting.save_draft, article, by=person, version=article.version, body=body)
        watch.take(partial(save, now=timezone.now()))
    return watch.taken()


def _publish() -> Taken:
    """The next edition of each, an update."""
    now, watch = timezone.now(), Watch()
    checker, editor = make_user("fact_checker"), make_user("editor")
    by = User.objects.get(username="bench-duty")
    for pk in _latest():
        article = Article.objects.get(pk=pk)
        make_ready(article, checker=checker, editor=editor, now=now)
        article.refresh_from_db()
        watch.take(partial(publish, article, by=by, now=timezone.now(), kind="update", note=""))
    return watch.taken()
