"""How long something takes, and how much work it is.

Other programs make whoever waits wait longer, and not the same at all times: what is compared is the work, in our
process and in the database server's (CPU).
"""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection


@dataclass(frozen=True)
class Taken:
    """Medians in milliseconds: from the call to the answer, and of work in our process and the database server's."""

    milliseconds: float
    work: float
    queries: int = 0


class Watch:
    """Takes the time of one piece of work after another."""

    def __init__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        self._took: list[float] = []
        self._work: list[float] = []

    def take(self, work) -> None:
        started, spent = time.perf_counter(), self._spent()
        work()
        self._work.append(1000 * (self._spent() - spent))
        self._took.append(1000 * (time.perf_counter() - started))

    def taken(self, queries: int = 0) -> Taken:
        return Taken(median(self._took), median(self._work), queries)

    def _spent(self) -> float:
        # The first figure: nanoseconds on a processor.
        return time.process_time() + int(self._server.read_text().split()[0]) / 1e9
