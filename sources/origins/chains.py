"""Follow who copies from whom: up to the origin that corroboration counts, down to everything that took it over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from sources.models import Source

# What a tree shows at most; the rest is counted.
LARGEST_TREE = 60

# UNION, not UNION ALL: were there a cycle against all rules, walking it would still end.
_ROOTS = """
WITH RECURSIVE up (start, id, above) AS (
    SELECT id, id, derives_from_id FROM sources_source WHERE id = ANY(%s)
    UNION
    SELECT up.start, source.id, source.derives_from_id
    FROM up JOIN sources_source source ON source.id = up.above
)
SELECT start, id FROM up WHERE above IS NULL
"""

_LINE = """
WITH RECURSIVE up (id, above) AS (
    SELECT id, derives_from_id FROM sources_source WHERE id = %s
    UNION
    SELECT source.id, source.derives_from_id FROM up JOIN sources_source source ON source.id = up.above
)
SELECT id FROM up
"""

# The way from the root to the source itself comes first, so that a large tree never leaves it out; then by rank.
_TREE = """
WITH RECURSIVE up (id, above) AS (
    SELECT id, derives_from_id FROM sources_source WHERE id = %(source)s
    UNION
    SELECT source.id, source.derives_from_id FROM up JOIN sources_source source ON source.id = up.above
), down (id, depth) AS (
    SELECT id, 0 FROM up WHERE above IS NULL
    UNION
    SELECT source.id, down.depth + 1 FROM down JOIN sources_source source ON source.derives_from_id = down.id
)
SELECT id, count(*) OVER () FROM down
ORDER BY id IN (SELECT id FROM up) DESC, depth, id
LIMIT %(limit)s
"""


def roots_of(sources: Iterable[Source]) -> dict[int, int]:
    """The row id of each source's origin, by the source's own: its own again if it derives from nothing.

    One query however many sources and however long the chains; none if none of them derives.
    """
    above = {source.pk: source.derives_from_id for source in sources}
    roots = {pk: pk for pk in above}
    derived = [pk for pk, origin in above.items() if origin is not None]
    if derived:
        with connection.cursor() as cursor:
            cursor.execute(_ROOTS, [derived])
            roots.update(cursor.fetchall())
    return roots


def line_above(source: Source) -> set[int]:
    """The row ids of ``source`` and of all it derives from, as they stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [source.pk])
        return {pk for (pk,) in cursor.fetchall()}


@dataclass
class Node:
    """A source in its origin tree, with what derives from it."""

    source: Source
    below: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """An origin and everything derived from it; ``left_out`` counts what would have made it too large."""

    root: Node
    left_out: int


def tree_of(source: Source, *, limit: int = LARGEST_TREE) -> Tree:
    """The whole tree in which ``source`` stands, at most ``limit`` sources of it, with their publishers.

    What ``source`` derives from comes first, so that it is itself left out only at the end of a longer line than
    that. Two queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TREE, {"source": source.pk, "limit": limit})
        rows = cursor.fetchall()
    order = [pk for pk, _ in rows]
    found = Source.objects.select_related("publisher").in_bulk(order)
    nodes = {pk: Node(found[pk]) for pk in order}
    for pk in sorted(order):
        if (above := nodes.get(found[pk].derives_from_id)) is not None:
            above.below.append(nodes[pk])
    return Tree(nodes[order[0]], left_out=rows[0][1] - len(rows))
