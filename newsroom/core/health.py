"""Two questions a supervisor or load balancer asks; no session, no detail for strangers.

``/healthz``: is this process alive? ``/readyz``: may it be given requests? Both answer JSON and are never
cached. They must be asked with a host name of ALLOWED_HOSTS.
"""

from functools import cache

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django import app as queue

PATIENCE_MS = 2000


@never_cache
@require_safe
def alive(request):
    """200 for as long as the process answers; asks nothing else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request):
    """200 when database, migrations and queue are in order, else 503; says which, not why."""
    checks = {"database": False, "migrations": False, "queue": False}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MS)])
            checks["database"] = True
            cursor.execute("SELECT app, name FROM django_migrations")
            checks["migrations"] = newest_migrations() <= set(cursor.fetchall())
            cursor.execute("SELECT FROM procrastinate_jobs LIMIT 1")
            checks["queue"] = bool(queue.tasks)
    except DatabaseError:
        pass
    in_order = all(checks.values())
    return JsonResponse(
        {"status": "ready" if in_order else "not ready", "checks": checks}, status=200 if in_order else 503
    )


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app as (app, name), read once: the files change only with a restart."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
