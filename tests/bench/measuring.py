"""Import, publish and read, each timed; reading against the yardstick in alternating rounds on one server."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import django
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from articles.importing.archive import Order, import_folder
from articles.models import Article, Rendering
from articles.publishing import publish
from newsroom.accounts.models import User
from newsroom.core.running import Processes, granian, wait_until_ready
from tests.bench.stories import make_ready, write_folder
from tests.making import make_user

STORIES = int(os.environ.get("BENCH_STORIES", "600"))
ROUNDS, SECONDS = 5, 3
CORES = os.cpu_count() or 1


def run() -> None:
    """Print a line for each figure, with its floor and aim."""
    _fresh_database()
    imported, published = _import_and_publish()
    both = 1 / (1 / imported + 1 / published)
    _line("bulk import, stories/s", imported, "floor 50, aim 300")
    _line("publish, stories/s", published, "")
    _line("import and publish, stories/s", both, "floor 20, aim 100")
    call_command("collectstatic", interactive=False, verbosity=0)

    page = Rendering.objects.filter(representation="page").select_related("edition__article").first()
    slug, pk = page.edition.article.slug, page.pk
    connections.close_all()
    with Processes() as processes:
        os.environ["NEWSROOM_POOL_SIZE"] = "8"
        port = _free_port()
        processes.start("web server", granian("127.0.0.1", port))
        site = f"http://127.0.0.1:{port}"
        if not wait_until_ready(f"{site}/readyz", processes):
            raise SystemExit("the web server did not start")
        _read(site, f"/articles/{slug}/", f"/bare/{pk}/", etag=_etag(f"{site}/articles/{slug}/"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _read(site: str, page: str, bare: str, *, etag: str) -> None:
    tries = {
        "bare view": [f"{site}{bare}"],
        "article page": [f"{site}{page}"],
        "article page, gzip": ["-H", "Accept-Encoding: gzip", f"{site}{page}"],
        "article page, 304": ["-H", f"If-None-Match: {etag}", f"{site}{page}"],
        "home": [f"{site}/"],
    }
    figures = {name: [] for name in tries}
    for _ in range(ROUNDS):
        for name, arguments in tries.items():
            figures[name].append(_wrk(arguments))
    yardstick = median(figures["bare view"])
    for name, found in figures.items():
        rate = median(found)
        aim = "aim at least 60 %" if name == "article page" else ""
        _line(f"{name}, requests/s", rate, f"{rate / yardstick:.0%} of the bare view  {aim}")


def _wrk(arguments: list[str]) -> float:
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in answer and "If-None-Match" not in " ".join(arguments):
        raise SystemExit(f"not every answer was 200:\n{answer}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", answer)[1])


def _etag(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.headers["ETag"]


def _import_and_publish() -> tuple[float, float]:

    now = timezone.now()
    reporter, checker = make_user("reporter", username="bench-reporter"), make_user("fact_checker")
    editor = make_user("editor")
    make_user("duty_editor", username="bench-duty")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_folder(folder, STORIES)
        order = Order(folder, name, User.objects.get(pk=reporter.pk).username, now, "en", release=False)
        connections.close_all()
        started = time.perf_counter()
        outcomes = [outcome for batch in import_folder(order, files, processes=CORES) for outcome in batch]
        imported = STORIES / (time.perf_counter() - started)
    if failed := [outcome for outcome in outcomes if outcome.status != "imported"]:
        raise SystemExit(f"not imported: {failed[0]}")
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
        published = STORIES / (time.perf_counter() - started)
    return imported, published


def _publish(keys: list[int]) -> None:

    by = User.objects.get(username="bench-duty")
    for pk in keys:
        publish(Article.objects.get(pk=pk), by=by, now=timezone.now())


def _fresh_database() -> None:
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    call_command("migrate", verbosity=0)


def _line(what: str, rate: float, remark: str) -> None:
    sys.stdout.write(f"{what:32} {rate:10.1f}   {remark}\n")
    sys.stdout.flush()
