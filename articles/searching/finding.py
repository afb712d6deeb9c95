"""Find editions by words and subjects, in work that is bounded whatever is asked and however many there are.

One statement looks at the NEWEST entries one by one, where a word that stands everywhere is met at once. Where that was
not enough it looks at one thing more: at what the index has, or, where the words are so common among the newest that
its list would be long, at the NEWER ones. Of what meets the search the newest RANKED are put in order.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from articles.searching.asking import Search, english_query, loosely, plain_query
from articles.searching.bounded import listed, rows
from articles.searching.showing import Marked, Sentence, show
from articles.subjects import values_of
from newsroom.core.cursors import DATED, MOMENT, key_at
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID

NEWEST, BY_INDEX, NEWER, RANKED = 1_000, 2_000, 4_000, 200
# So many of the newest that have the words make them common.
COMMON = 50
# Of each kind of subject, those that most of the ranked share.
MOST_VALUES = 8

# Where a reader has got to: the newest of those put in order, and weight and place of the last one shown; the weight
# FRESH, which no entry has, is that of a new lot, whose entries are older than the place.
_TOP = rf"{MOMENT} {PUBLIC_ID.pattern}"
PLACE = re.compile(rf"(?P<top>{_TOP}) (?P<weight>\d{{1,9}}) {DATED.pattern}")
FRESH = 999_999_999

_STATEMENT = """
WITH asked AS MATERIALIZED (SELECT {queries}),
edge AS MATERIALIZED (
    SELECT list_key FROM articles_searchededition WHERE {within} ORDER BY list_key DESC OFFSET {newest} LIMIT 1
),
near AS MATERIALIZED ({near}),
few AS MATERIALIZED (SELECT count(*) < {ranked} AND EXISTS (SELECT 1 FROM edge) AS so FROM near),
common AS MATERIALIZED (SELECT count(*) >= {common} AS so FROM ({sample}) AS sample),
by_index AS MATERIALIZED (
    SELECT edition_id, list_key, ({meets}) AS meets FROM articles_searchededition searched
    WHERE ({loosely}) {about} AND (SELECT so FROM few) AND NOT (SELECT so FROM common)
    LIMIT {by_index} + 1
),
too_many AS MATERIALIZED (SELECT count(*) > {by_index} AS so FROM by_index),
newer AS MATERIALIZED ({newer}),
found AS MATERIALIZED (
    SELECT edition_id, list_key FROM near WHERE NOT (SELECT so FROM few)
    UNION ALL (
        SELECT edition_id, list_key FROM (
            SELECT edition_id, list_key FROM by_index
            WHERE meets AND {within} AND NOT (SELECT so FROM too_many) ORDER BY list_key DESC OFFSET 0
        ) AS newest_first WHERE {listed} LIMIT {ranked}
    )
    UNION ALL SELECT edition_id, list_key FROM newer
)
SELECT edition_id, found.list_key, facets, {weight}
FROM found JOIN articles_searchededition USING (edition_id)
UNION ALL SELECT NULL, '', NULL, 0 FROM few WHERE so AND ((SELECT so FROM common) OR (SELECT so FROM too_many))
"""
_SAMPLE = """
    SELECT 1 FROM (
        SELECT english, plain, facets FROM articles_searchededition
        WHERE {within} AND (SELECT so FROM few) ORDER BY list_key DESC LIMIT {newest}
    ) AS searched
    WHERE ({loosely}) {about} LIMIT {common}
"""
_WALK = """
    SELECT edition_id, list_key FROM (
        SELECT edition_id, list_key, english, plain, facets FROM articles_searchededition
        WHERE {within} {gate} ORDER BY list_key DESC LIMIT {window}
    ) AS searched
    WHERE ({exactly}) {about} AND {listed} ORDER BY list_key DESC LIMIT {ranked}
"""


_NOT_BY_INDEX = "AND (SELECT so FROM few) AND ((SELECT so FROM common) OR (SELECT so FROM too_many))"


@dataclass(frozen=True)
class Hit:
    """An article that was found: its entry in lists, its headline, and the sentences that have the words best."""

    card: dict
    headline: Marked
    sentences: list[Sentence]


@dataclass(frozen=True)
class Found:
    """A page of what was found, best first.

    ``seen`` is how many were put in order, ``at_least`` whether older ones meet the search too or may (``NEWER`` were
    looked through); ``facets`` counts subjects among those, as ``{kind: [(value, name, count), …]}``, and years.
    ``next`` is the place behind the last hit, None if nothing follows.
    """

    hits: list[Hit] = field(default_factory=list)
    seen: int = 0
    at_least: bool = False
    facets: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    next: str | None = None


@dataclass(frozen=True)
class _Candidate:
    edition: int
    key: str
    weight: int
    facets: dict[str, str]


def search(asked: Search, *, now: datetime, limit: int, after: str | None = None) -> Found:
    """At most ``limit`` articles of those listed at ``now`` that meet ``asked``, behind the place ``after``.

    Two queries, and one for each speaker or publisher that ``asked`` names: others may have been merged into it.
    Raises DomainError ``search_nothing_asked``, and ``search_too_slow`` where the server gave up.
    """
    if asked.asks_nothing:
        raise DomainError("search_nothing_asked", "Say what to search for.", "q")
    place = PLACE.fullmatch(after) if after else None
    candidates, too_many = _candidates(asked, now=now, place=place)
    ranked = sorted(candidates, key=lambda one: (one.weight, one.key), reverse=True)
    if place:
        last = int(place["weight"]), f"{place['moment']} {place['public_id']}"
        ranked = [one for one in ranked if (one.weight, one.key) < last]
    shown, full = ranked[:limit], len(candidates) == RANKED
    return Found(
        hits=[Hit(*found) for found in show([one.edition for one in shown], asked)],
        seen=len(candidates),
        at_least=full or too_many,
        facets=_facets(candidates),
        next=_place(candidates, shown, more=len(ranked) > limit, full=full),
    )


def _place(candidates: list[_Candidate], shown: list[_Candidate], *, more: bool, full: bool) -> str | None:
    """Where to go on: within the ranked ones, or with the next older ones, which are put in order among themselves."""
    if more:
        top = max(one.key for one in candidates)
        return f"{top} {shown[-1].weight} {shown[-1].key}"
    if full:
        oldest = min(one.key for one in candidates)
        return f"{oldest} {FRESH} {oldest}"
    return None


def _facets(candidates: list[_Candidate]) -> dict[str, list[tuple[str, str, int]]]:
    """How many of ``candidates`` have each subject; what was merged has one name, and is counted under it once."""
    counts: dict[str, Counter] = {}
    values: dict[tuple[str, str], str] = {}
    for one in candidates:
        named = {(*facet.partition(":")[::2], name) for facet, name in one.facets.items()}
        for kind, value, name in named:
            values.setdefault((kind, name or value), value)
        for kind, name in {(kind, name or value) for kind, value, name in named}:
            counts.setdefault(kind, Counter())[name] += 1
        counts.setdefault("year", Counter())[one.key[:4]] += 1
    return {
        kind: [
            (values.get((kind, name), name), name, count)
            for name, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
        ]
        for kind, counter in counts.items()
    }


def _candidates(asked: Search, *, now: datetime, place: re.Match | None) -> tuple[list[_Candidate], bool]:
    statement, arguments = _compiled(asked, now=now, place=place)
    found = rows(statement, arguments)
    # A row of no edition says that not all were looked through.
    candidates = [
        _Candidate(edition, key, weight, json.loads(facets))
        for edition, key, facets, weight in found
        if edition
    ]
    return candidates, len(candidates) < len(found)


def _compiled(asked: Search, *, now: datetime, place: re.Match | None) -> tuple[str, dict]:
    are_listed, arguments = listed(now)
    fresh = place is not None and int(place["weight"]) == FRESH
    arguments |= _range(asked, now=now, top=place["top"] if place else "~")
    about = ""
    for number, values in enumerate(_values(asked)):
        arguments[f"about{number}"] = list(values)
        about += f" AND facets ?| %(about{number})s"
    parts = {
        "within": f"list_key >= %(since)s AND list_key < %(until)s AND list_key {'<' if fresh else '<='} %(top)s",
        "about": about,
        "listed": f"edition_id IN ({are_listed})",
        "ranked": RANKED,
        "by_index": BY_INDEX,
        "newest": NEWEST,
        "common": COMMON,
    }
    parts |= _of_words(asked, arguments)
    # What the index has found need not be read once more, where that was all that is asked.
    parts["meets"] = "TRUE" if parts["exactly"] == parts["loosely"] else parts["exactly"]
    near = _WALK.format(**parts, window=NEWEST, gate="")
    newer = _WALK.format(**parts, window=NEWER, gate=_NOT_BY_INDEX)
    # Where the words are asked for as loosely as can be, those that are near are the sample.
    sample = _SAMPLE.format(**parts) if parts["exactly"] != parts["loosely"] else "SELECT 1 FROM near"
    return _STATEMENT.format(**parts, near=near, newer=newer, sample=sample), arguments


def _of_words(asked: Search, arguments: dict) -> dict[str, str]:
    """The parts of the statement that say which words, with their ``arguments``; without words everything meets."""
    if asked.words is None:
        return {"queries": "1", "exactly": "TRUE", "loosely": "TRUE", "weight": "0"}
    weights = asked.where.weights if asked.where else ""
    exact = english_query(asked.words, weights=weights), plain_query(asked.words, weights=weights)
    loose = english_query(loosely(asked.words)), plain_query(loosely(asked.words))
    arguments |= dict(zip(("english", "plain", "loose_english", "loose_plain"), exact + loose, strict=True))
    meets = "english @@ (SELECT {0}english FROM asked) OR plain @@ (SELECT {0}plain FROM asked)"
    rank = "ts_rank_cd({0}, (SELECT {0} FROM asked), 1)"
    return {
        "queries": (
            "to_tsquery('desk_english', %(english)s) AS english, to_tsquery('desk', %(plain)s) AS plain,"
            " to_tsquery('desk_english', %(loose_english)s) AS loose_english,"
            " to_tsquery('desk', %(loose_plain)s) AS loose_plain"
        ),
        "exactly": meets.format(""),
        "loosely": meets.format("loose_" if exact != loose else ""),
        "weight": f"least(1e6 * ({rank.format('english')} + {rank.format('plain')}), {FRESH - 1})::int",
    }


def _range(asked: Search, *, now: datetime, top: str) -> dict[str, str]:
    """The list keys between which to look: no later than ``now``, so that what waits is not walked through."""
    until = f"{key_at(now)}~"
    if asked.until:
        until = min(until, f"{asked.until.isoformat()}~")
    return {"since": asked.since.isoformat() if asked.since else "", "until": until, "top": top}


def _values(asked: Search) -> Iterable[list[str]]:
    """For each subject the facets that stand for it: of what was merged, all of one."""
    if asked.language:
        yield [f"language:{asked.language}"]
    for kind, value in asked.about:
        yield [f"{kind}:{each}" for each in values_of(kind, value)]
