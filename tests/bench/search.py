"""How long readers' searches take, for a word in every article and for a rare one, among few articles and many."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from tests.bench.printing import line
from tests.bench.watching import Taken, Watch
from tests.making import make_user

FEW, MANY = 1_000, int(os.environ.get("BENCH_ARTICLES", "100000"))
ROUNDS = 31

SEARCHES = {
    "common word": {"q": "treaty"},
    "rare word": {"q": "strait"},
    "word in one of two": {"q": "fishery"},
    "word in one of sixty": {"q": "word2000ing"},
    "phrase that is nowhere": {"q": '"fishery treaty"'},
    "common word, one publisher": {"q": "treaty", "publisher": "p00000000007"},
    "misspelt word": {"q": "straigt"},
}


def measure() -> None:
    """Print each search at FEW and at MANY articles, and the common word against the rare one."""
    person = make_user("reporter", username="bench-search")
    _fill(FEW, person)
    few = _searches()
    _fill(MANY, person)
    many = _searches()
    for name, taken in many.items():
        before = few[name].work
        remark = f"{taken.work:.1f} of work, {taken.work / before:.2f} × the {before:.1f} at {FEW:,} articles"
        line(f"search, {name}, ms at {MANY:,}", taken.milliseconds, f"{remark}; {taken.queries} queries")
    line("common word against rare word", many["common word"].work / many["rare word"].work, "aim at most 3")


def _searches() -> dict[str, Taken]:
    client = Client(headers={"host": "localhost"})
    watches = {name: Watch() for name in SEARCHES}
    for _ in range(ROUNDS):
        for name, asked in SEARCHES.items():
            watches[name].take(partial(_ask, client, asked))
    found = {}
    for name, asked in SEARCHES.items():
        with CaptureQueriesContext(connection) as queries:
            _ask(client, asked)
        found[name] = watches[name].taken(len(queries))
    return found


def _ask(client: Client, asked: dict) -> None:
    if (status := client.get("/search/", asked).status_code) != 200:
        raise SystemExit(f"the search for {asked} answered {status}")


def _fill(articles: int, person) -> None:
    """Add published articles by SQL until readers can search so many."""
    have = Article.objects.filter(slug__startswith="search-").count()
    if have >= articles:
        return
    facts = {"first": have, "count": articles, "by": person.pk, "now": timezone.now()}
    with connection.cursor() as cursor:
        # No row of history each: nothing here is measured but reading beside it.
        cursor.execute("SET session_replication_role = replica")
        Article.objects.bulk_create(_articles(range(have, articles), person, facts["now"]), batch_size=2_000)
        for statement in Path(__file__).with_suffix(".sql").read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, facts)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _articles(numbers: range, person, now) -> Iterator[Article]:
    for number in numbers:
        names = {
            "public_id": f"s{number:011}",
            "slug": f"search-{number}",
            "headline": f"Harbour treaty number {number}",
        }
        yield Article(**names, language="en", created_by=person, created_at=now, saved_at=now)
