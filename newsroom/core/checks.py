"""System checks: what would otherwise fail later and less clearly."""

from django.core.checks import Error, Tags, register
from django.db import connections

OLDEST_POSTGRESQL = 18


@register(Tags.database)
def check_postgresql_version(databases=None, **kwargs):
    """core.E001: the server behind DATABASE_URL is too old."""
    return [
        Error(
            f"PostgreSQL {connections[alias].pg_version // 10000} is too old.",
            hint=f"Point DATABASE_URL to PostgreSQL {OLDEST_POSTGRESQL} or newer, or unset it.",
            id="core.E001",
        )
        for alias in databases or []
        if connections[alias].pg_version < OLDEST_POSTGRESQL * 10000
    ]
