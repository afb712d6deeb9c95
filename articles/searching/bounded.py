"""Ask the server what may take long if somebody means it to, and no longer than MILLISECONDS."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import QueryCanceled

from articles.models import Edition
from newsroom.core.errors import DomainError

MILLISECONDS = 3_000


def listed(now: datetime) -> tuple[str, dict]:
    """SQL of the row keys of what is listed at ``now``, as the public set says it, and its arguments by name."""
    statement, values = Edition.objects.listed(now).order_by().values("pk").query.sql_with_params()
    arguments = {f"listed{number}": value for number, value in enumerate(values)}
    return statement % tuple(f"%({name})s" for name in arguments), arguments


def rows(statement: str, arguments: dict, **settings) -> list[tuple]:
    """The rows of ``statement``, during which the server's ``settings`` hold. One round trip.

    In one message to the server, which is a transaction of its own where none is open: nothing of it stays. Raises
    DomainError ``search_too_slow`` where the server gave up.
    """
    try:
        return _rows(statement, arguments, settings | {"statement_timeout": MILLISECONDS})
    except OperationalError as error:
        raise_if_slow(
            error, DomainError("search_too_slow", "This search took too long. Ask for fewer words.", "q")
        )
        raise


@contextmanager
def within_time(*, quick: bool = False) -> Iterator[None]:
    """Within, the server gives up on whatever takes longer than MILLISECONDS; with ``quick``, which never does, it need
    not be told so. Raises DomainError ``too_slow``."""
    if quick:
        yield
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {MILLISECONDS}")
            yield
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError as error:
        raise_if_slow(error)
        raise


def rows_of(queryset: QuerySet, around: str = "{}") -> list[tuple]:
    """The rows of ``queryset``, in the statement ``around`` it, in one round trip. Raises DomainError ``too_slow``."""
    statement, values = queryset.query.sql_with_params()
    before, after = around.split("{}")
    try:
        return _rows(f"{before}{statement}{after}", values, {"statement_timeout": MILLISECONDS})
    except OperationalError as error:
        raise_if_slow(error)
        raise


def raise_if_slow(error: OperationalError, refusal: DomainError | None = None) -> None:
    """Raises ``refusal`` (None: DomainError ``too_slow``) if the server gave up for the time it took, and nothing if it
    could not be asked at all."""
    if isinstance(error.__cause__, QueryCanceled):
        slow = "This takes too long. Ask for less: a shorter time, or other filters."
        raise refusal or DomainError("too_slow", slow) from error


def _rows(statement: str, arguments: dict | Sequence, settings: dict) -> list[tuple]:
    before = "".join(f"SET LOCAL {name} = {value}; " for name, value in settings.items())
    after = "".join(f"; SET LOCAL {name} TO DEFAULT" for name in settings)
    with connection.cursor() as cursor:
        cursor.execute(before + statement + after, arguments)
        for _setting in settings:
            cursor.nextset()
        return cursor.fetchall()
