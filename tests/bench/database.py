"""The benchmark's own database, and a copy of it as importing left it."""

from django.core.management import call_command
from django.db import connection, connections


def make_anew() -> None:
    """Drop it, whatever is in it, and make it empty."""
    _copy(None, _name())
    call_command("migrate", verbosity=0)


def keep_stories() -> None:
    """Keep what is in it now for :func:`begin_with_stories`, counted as a database in use counts by itself."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    _copy(_name(), f"{_name()}_stories")


def begin_with_stories() -> None:
    """Let there be in it what was kept, and nothing else."""
    _copy(f"{_name()}_stories", _name())


def _name() -> str:
    return connection.settings_dict["NAME"]


def _copy(original: str | None, name: str) -> None:
    # Nobody may be connected to what is copied.
    connections.close_all()
    like = f' TEMPLATE "{original}"' if original else ""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"{like}')
