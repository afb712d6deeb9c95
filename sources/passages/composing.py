"""Unicode composition (NFC, Unicode Standard Annex 15) in bounded time.

``unicodedata.normalize`` sorts a run of combining characters by insertion: some hundred thousand of them on one
letter keep it busy for minutes. Here no run is looked at for longer than :data:`LONGEST`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from sources.passages.rewriting import Change

# Annex 15 counts a text as safe for streaming up to 30 combining characters on one letter.
LONGEST = 64
# Everything below is composed already, unless something from here follows.
_HIGH = re.compile("[\u0300-\U0010ffff]+")


def compositions(text: str) -> Iterator[Change]:
    """What has to be replaced in ``text`` to compose it, each as short as can be; runs of more than 30 combining
    characters may be left as they are."""
    for run in _HIGH.finditer(text):
        start = max(0, run.start() - 1)
        for at, end in _stretches(text, start, run.end()):
            stretch = text[at:end]
            if not unicodedata.is_normalized("NFC", stretch):
                yield from ((at + old, at + old_end, new) for old, old_end, new in _changes(stretch))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut up at places no composition reaches over; by force where there is none for too long."""
    while end - start > LONGEST:
        cut = start + LONGEST // 2
        while cut < start + LONGEST and not _independent(text[cut - 3 : cut], text[cut]):
            cut += 1
        yield start, cut
        start = cut
    yield start, end


def _independent(before: str, after: str) -> bool:
    """Whether ``after`` begins a letter of its own; the longest chains of letters that become one are three."""
    if unicodedata.combining(after):
        return False
    return unicodedata.normalize("NFC", before + after) == unicodedata.normalize("NFC", before) + after


@lru_cache(maxsize=4096)
def _changes(stretch: str) -> tuple[Change, ...]:
    """The shortest pieces of ``stretch`` that have to be replaced, and with what.

    A stretch and its composition take apart into the same characters; they meet where as many of these are behind
    each, and a letter begins.
    """
    composed = unicodedata.normalize("NFC", stretch)
    edges = _letter_edges(composed)
    changes, done, new_done = [], 0, 0
    for apart, at in _letter_edges(stretch).items():
        new_at = edges.get(apart)
        if new_at is None:
            continue
        if stretch[done:at] != composed[new_done:new_at]:
            changes.append((done, at, composed[new_done:new_at]))
        done, new_done = at, new_at
    return tuple(changes)


def _letter_edges(text: str) -> dict[int, int]:
    """The places in ``text`` where a character begins that combines with none before it, and its end, by the number
    of characters before it when all are taken apart."""
    apart = accumulate((len(unicodedata.normalize("NFD", char)) for char in text), initial=0)
    return {
        count: at for at, count in enumerate(apart) if at == len(text) or not unicodedata.combining(text[at])
    }
