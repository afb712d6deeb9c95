"""Two people at once, without leaving to chance who is first."""

import threading

from django.db import connection


def until_one_waits(person: threading.Thread) -> None:
    """Return once another connection waits for a lock, or ``person`` has finished without waiting for one."""
    with connection.cursor() as cursor:
        while person.is_alive():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
