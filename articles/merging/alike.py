"""Who looks like whom: records that may be the same entered twice. Only a person says that they are.

The work is bounded: of what has the rarest-looking words of the name, the newest are compared letter by letter.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from django.db.models import Model

from newsroom.core.excerpts import folded
from newsroom.core.finding import asked_for, newest, words_in
from sources.models import Source

# Share of three-letter runs that two names have in common, from which they are told as alike.
LIKENESS = 0.55
# Compared with one record, and told of it.
COMPARED = 60
TOLD = 5
# Of a long text, the beginning is its name.
LONGEST_NAME = 300


def name_of(record: Model) -> str:
    """By what two records are compared; "" for what is never compared: a confidential source tells nothing."""
    if isinstance(record, Source):
        return "" if record.confidential else record.title
    return (getattr(record, "label", None) or getattr(record, "name", ""))[:LONGEST_NAME]


def alike(record: Model) -> list[Model]:
    """The records most like ``record``, at most TOLD. At most a score of queries."""
    name = name_of(record)
    words = sorted(words_in(name), key=len, reverse=True)
    if not words or record.merged_into_id:
        return []
    rows = type(record)._default_manager.filter(merged_into=None).exclude(pk=record.pk)
    found: set[int] = set()
    # All of its longest words, or but for one that may be misspelt.
    for chosen in dict.fromkeys((tuple(words[:3]), tuple(words[1:3]), tuple(words[:1]))):
        sought = asked_for(chosen) if chosen else None
        if sought:
            found.update(newest(rows, sought, most=COMPARED).ids)
    near = [(likeness(name, name_of(row)), row) for row in rows.filter(pk__in=found)]
    best = sorted((pair for pair in near if pair[0] >= LIKENESS), key=lambda pair: (-pair[0], -pair[1].pk))
    return [row for _score, row in best[:TOLD]]


def alike_among(records: Iterable[Model]) -> list[tuple[Model, Model]]:
    """The pairs of ``records``, all of one kind, that are alike; no query."""
    named = [(record, name_of(record)) for record in records]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(named, 2)
        if likeness(first, second) >= LIKENESS
    ]


def likeness(one: str, other: str) -> float:
    """How much two names have in common, 0 to 1, whatever their case and accents; 0 where one is empty."""
    first, second = _runs(one), _runs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(1000)
def _runs(name: str) -> frozenset[str]:
    return frozenset(
        f"  {word} "[n : n + 3]
        for word in words_in(folded(name[:LONGEST_NAME]))
        for n in range(len(word) + 1)
    )
