"""Ask the server what may take long if somebody means it to, and no longer than MILLISECONDS."""

from datetime import datetime

from django.db import OperationalError, connection

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
    settings["statement_timeout"] = MILLISECONDS
    before = "".join(f"SET LOCAL {name} = {value}; " for name, value in settings.items())
    after = "".join(f"; SET LOCAL {name} TO DEFAULT" for name in settings)
    with connection.cursor() as cursor:
        try:
            cursor.execute(before + statement + after, arguments)
        except OperationalError as error:
            raise DomainError(
                "search_too_slow", "This search took too long. Ask for fewer words.", "q"
            ) from error
        for _setting in settings:
            cursor.nextset()
        return cursor.fetchall()
