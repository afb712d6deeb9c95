"""How many stories a second come in and go out, in as many processes as there are cores."""

import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import django
from django.db import connections
from django.utils import timezone

from articles.importing.archive import BATCH, Order, import_folder
from articles.models import Article
from articles.publishing import publish
from newsroom.accounts.models import User
from tests.bench.database import keep_stories, make_anew
from tests.bench.printing import line
from tests.bench.stories import make_ready, write_folder
from tests.making import make_user

STORIES = int(os.environ.get("BENCH_STORIES", "600"))
CORES = os.cpu_count() or 1


def measure() -> None:
    """Print a line for importing, for publishing, and for both one after the other. Makes the database anew."""
    make_anew()
    imported, published = _import(), _publish_all()
    keep_stories()
    line("bulk import, stories/s", imported, "floor 50, aim 300")
    line("publish, stories/s", published)
    line("import and publish, stories/s", 1 / (1 / imported + 1 / published), "floor 20, aim 100")


def _import() -> float:
    """Stories a second, from when every process has had its first batch: starting them is not importing."""
    reporter = make_user("reporter", username="bench-reporter")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_folder(folder, STORIES)
        order = Order(folder, name, reporter.username, timezone.now(), "en", release=False)
        connections.close_all()
        outcomes, started = [], 0.0
        for batch in import_folder(order, files, processes=CORES):
            started = started or time.perf_counter()
            outcomes += batch
        took = time.perf_counter() - started
    if failed := [outcome for outcome in outcomes if outcome.status != "imported"]:
        raise SystemExit(f"not imported: {failed[0]}")
    return (STORIES - CORES * BATCH) / took


def _publish_all() -> float:
    now = timezone.now()
    checker, editor = make_user("fact_checker"), make_user("editor")
    make_user("duty_editor", username="bench-duty")
    for article in Article.objects.iterator():
        article.headline = "A treaty on the strait"
        Article.objects.filter(pk=article.pk).update(headline=article.headline)
        make_ready(article, checker=checker, editor=editor, now=now)
    keys = list(Article.objects.values_list("pk", flat=True))
    connections.close_all()
    with ProcessPoolExecutor(CORES, get_context("spawn"), initializer=django.setup) as pool:
        list(pool.map(_publish, [[] for _ in range(CORES)]))  # Start the processes before the clock.
        started = time.perf_counter()
        list(pool.map(_publish, [keys[n::20] for n in range(20)]))
        return STORIES / (time.perf_counter() - started)


def _publish(keys: list[int]) -> None:
    by = User.objects.get(username="bench-duty")
    for pk in keys:
        publish(Article.objects.get(pk=pk), by=by, now=timezone.now())
