"""A queryset compiled once and prepared by the server: what it costs afterwards is the look-up itself.

Planning a join of four tables takes eight times as long as carrying it out, so the hot look-ups are bound by the
server, which keeps their plans per connection. Everything else goes on binding in the client, as Django does.
"""

from collections.abc import Mapping, Sequence

import psycopg
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql
from psycopg.pq import Format


class Prepared:
    """The statement of ``queryset``, whose arguments were given as ``places``: values found nowhere else in it.

    Constants stay in the statement, so that the server may use what it knows of them (a partial index). Raises
    ValueError if a place does not occur.
    """

    def __init__(self, queryset: QuerySet, *places):
        statement, parameters = queryset.query.sql_with_params()
        pieces = statement.split("%s")
        self._arguments: list[int] = []
        text = pieces[0]
        for value, piece in zip(parameters, pieces[1:], strict=True):
            if value in places:
                self._arguments.append(places.index(value))
                text += "%s" + piece
            else:
                text += sql.Literal(value).as_string().replace("%", "%%") + piece
        if set(self._arguments) != set(range(len(places))):
            raise ValueError("a place does not occur in the statement")
        self.statement = text

    def rows(self, *arguments) -> list[tuple]:
        """The rows for ``arguments``, in the order of the places; binary columns are bytes."""
        return rows_of(self.statement, [arguments[place] for place in self._arguments])


def rows_of(statement: str, arguments: Sequence | Mapping) -> list[tuple]:
    """The rows that ``statement`` gives, bound and, after a few times, prepared by the server."""
    connection.ensure_connection()
    bound_by_server = psycopg.Cursor(connection.connection)
    bound_by_server.format = Format.BINARY
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(bound_by_server) as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()
