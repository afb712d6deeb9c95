"""Find records by words, in work that is bounded whatever is asked and however many there are.

A table that can be searched has a column ``searched``, which the server makes from its texts (``desk_words``) and
indexes. Django's models do not name it, so that no list and no save ever carries it. Newest first means by row id.

A word that stands everywhere is found in the newest rows without its list of a million places; any other by the index
alone, whatever the planner would rather do.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, migrations, transaction
from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

# Of what was typed: characters that are looked at, words that count, and their length (PostgreSQL takes 2046 bytes).
LONGEST_ASKED = 1000
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]{1,200}")
# A word is also taken for the beginning of one, from this length on.
BEGINNING = 3
# The newest rows, which are looked through one by one; and those of a second look, where the index has found more
# than MOST_MATCHES, so that the newest of them cannot be told from it.
NEWEST = 1_000
NEWER = 20_000
MOST_MATCHES = 3_000
# What the search of one table may take at most.
MILLISECONDS = 2_000


@dataclass(frozen=True)
class Asked:
    """What somebody searches: its ``words`` as typed, and the ``query`` for them (a tsquery)."""

    words: tuple[str, ...]
    query: str

    def in_rows_of(self, model) -> RawSQL:
        """Whether a row has every word: a condition of a queryset of ``model``."""
        table = model._meta.db_table
        return RawSQL(f'"{table}"."searched" @@ %s::tsquery', [self.query], BooleanField())  # noqa: S611

    def weight_in(self, model) -> RawSQL:
        """How well a row of ``model`` meets it: what stands in a title counts more than what stands below."""
        table = model._meta.db_table
        return RawSQL(f'ts_rank("{table}"."searched", %s::tsquery)', [self.query], FloatField())  # noqa: S611


@dataclass(frozen=True)
class Matches:
    """Row ids, newest first. ``whole`` is False where the search was given up: there may be others."""

    ids: list[int]
    whole: bool = True


def words_in(text: str) -> tuple[str, ...]:
    """The words of ``text`` that a search looks at; none in what has no letter and no digit."""
    typed = unicodedata.normalize("NFC", text[:LONGEST_ASKED])
    return tuple(dict.fromkeys(_WORD.findall(typed)))[:MOST_WORDS]


def asked(text: str) -> Asked | None:
    """What ``text`` asks for, whatever it is; None where it has no word. One query."""
    words = words_in(text)
    return asked_for(words) if words else None


def asked_for(words: tuple[str, ...]) -> Asked | None:
    """As :func:`asked`, for ``words`` from :func:`words_in`."""
    parts = " && ".join(["desk_asked(%s, %s)"] * len(words))
    arguments = [value for word in words for value in (word, len(word) >= BEGINNING)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({parts})::text", arguments)
        query = cursor.fetchone()[0]
    # The parser of the server may see no word where Python sees one.
    return Asked(words, query) if query else None


def newest(rows: QuerySet, sought: Asked, *, most: int, before: int | None = None) -> Matches:
    """The newest ``most`` of ``rows`` that have the words, of those with a row id below ``before``.

    ``rows`` may be filtered as one likes; its order means nothing. At most ten queries.
    """
    rows = rows.filter(sought.in_rows_of(rows.model)).order_by("-pk")
    everything = rows.model._base_manager.order_by("-pk")
    if before is not None:
        rows, everything = rows.filter(pk__lt=before), everything.filter(pk__lt=before)
    found, all_seen = _among(rows, everything, NEWEST, most)
    if all_seen or len(found) >= most:
        return Matches(found)
    try:
        with transaction.atomic(), _by_the_index():
            matches = list(rows.order_by().values_list("pk", flat=True)[: MOST_MATCHES + 1])
    except OperationalError:
        return Matches(found, whole=False)
    if len(matches) <= MOST_MATCHES:
        return Matches(sorted(matches, reverse=True)[:most])
    # Too many to be told apart by age: they are close together, or a second look finds enough of them.
    found, all_seen = _among(rows, everything, NEWER, most)
    if all_seen or len(found) >= most:
        return Matches(found)
    return Matches(sorted({*found, *matches}, reverse=True)[:most], whole=False)


def _among(rows: QuerySet, everything: QuerySet, window: int, most: int) -> tuple[list[int], bool]:
    """Of the newest ``window`` of ``everything``, the newest ``most`` that are in ``rows``; and whether there is no
    older row at all."""
    oldest = everything.values_list("pk", flat=True)[window - 1 : window].first()
    within = rows if oldest is None else rows.filter(pk__gte=oldest)
    return list(within.values_list("pk", flat=True)[:most]), oldest is None


@contextmanager
def _by_the_index() -> Iterator[None]:
    """Within, the server finds rows by the index of words alone, and gives up after a time."""
    settings = {"enable_seqscan": "off", "enable_indexscan": "off", "statement_timeout": str(MILLISECONDS)}
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])
        yield
        cursor.execute("; ".join(f"SET LOCAL {name} TO DEFAULT" for name in settings))


def searched_column(table: str, made_from: str, *, index: str) -> migrations.RunSQL:
    """The operation of a migration that gives ``table`` its column: ``made_from`` is SQL over its own columns."""
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ADD COLUMN searched tsvector GENERATED ALWAYS AS ({made_from}) STORED",
            f"CREATE INDEX {index} ON {table} USING gin (searched) WITH (gin_pending_list_limit = 512)",
        ],
        [f"ALTER TABLE {table} DROP COLUMN searched"],
    )
