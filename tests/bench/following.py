"""How long a page of the change feed takes for whoever has a million changes behind them, and for whoever has none."""

import os
import time
from statistics import median

from django.db import connection, transaction
from django.db.models import Max
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import following
from articles.models import Change, Section
from articles.rules.entitlements import Entitlement, Product
from articles.rules.wanted import wanted
from sources.models import Source
from tests.bench.printing import line

MANY = int(os.environ.get("BENCH_CHANGES", "1000000"))
ROUNDS, PAGE = 31, 100
AIM = "aim at most 1.3"

# One of ten is about a section's name, the others about an article's address: what costs is finding out who may read.
_FILL = """
    INSERT INTO articles_change (number, kind, article_id, section_id, fields, note, at)
    SELECT %(last)s + n, CASE WHEN n %% 10 = 0 THEN 'section_amended' ELSE 'moved' END,
        CASE WHEN n %% 10 <> 0 THEN known.ids[1 + n %% array_length(known.ids, 1)] END,
        CASE WHEN n %% 10 = 0 THEN %(section)s END,
        CASE WHEN n %% 10 = 0 THEN ARRAY['name'] ELSE '{}' END, '', %(now)s
    FROM generate_series(1, %(count)s) AS n,
        (SELECT array_agg(DISTINCT article_id ORDER BY article_id) AS ids FROM articles_release) AS known
"""


def measure() -> None:
    """Print a page at the beginning and at the end of MANY changes, as each kind of follower reads it.

    Works on a database in which at least one article is published.
    """
    section, _made = Section.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    _fill(section)
    last = following.last_number()
    source = Source.objects.order_by("pk").values_list("public_id", flat=True).first()
    followers = {
        "everything": {},
        "one language by entitlement": {"by": Entitlement((Product(languages=("en",)),))},
        "nothing by entitlement": {"by": Entitlement((Product(languages=("pl",)),))},
        "one source": {"wanted": wanted(source=source)},
    }
    for name, asked in followers.items():
        first, queries = _page(0, asked)
        latest, _queries = _page(last - following.LOOK_AHEAD, asked)
        remark = f"{latest / first:.2f} × its first page ({first:.1f}), {AIM}; {queries} queries"
        line(f"{name}, latest page of {MANY:,} changes, ms", latest, remark)


def _page(after: int, asked: dict) -> tuple[float, int]:
    """The median in milliseconds, and the number of queries."""
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        following.changes(after=after, limit=PAGE, now=timezone.now(), **asked)
        took.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as queries:
        following.changes(after=after, limit=PAGE, now=timezone.now(), **asked)
    return 1000 * median(took), len(queries)


def _fill(section: Section) -> None:
    last = Change.objects.aggregate(last=Max("number"))["last"] or 0
    if last >= MANY:
        return
    facts = {"last": last, "count": MANY - last, "section": section.pk, "now": timezone.now()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_FILL, facts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE articles_change")
