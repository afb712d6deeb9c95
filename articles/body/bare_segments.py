"""Give every sentence an address: a segment that rests on nothing yet, where no segment is."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from articles.body.model import Block, Body, Segment
from articles.body.sentences import block_sentences

_WORD = re.compile(r"\w")
_STOPS = re.compile(r"[.!?…]+$")
NOTHING = Body()


def mark_bare(body: Body, language: str, new_key: Callable[[], str], before: Body = NOTHING) -> Body:
    """``body`` with a bare segment for every stretch of words that none covers: whole sentences and remainders.

    The sentence's final stop stays outside, as it does for every segment. Headings are marked too: they are read. A
    figure names what its caption rests on itself. Words that stood as a bare segment ``before`` keep its key: an
    editor that saves twice does not know it yet.
    """
    known = _keys_of_bare(before, body)

    def key_of(words: str) -> str:
        return known[words].pop(0) if known.get(words) else new_key()

    return Body(
        tuple(block if block.figure else _mark_block(block, language, key_of) for block in body.blocks)
    )


def _keys_of_bare(before: Body, body: Body) -> dict[str, list[str]]:
    """By their words, the keys of the bare segments of ``before`` that ``body`` has not."""
    given = {segment.key for block in body.blocks for segment in block.segments}
    keys = defaultdict(list)
    for block in before.blocks:
        for segment in block.segments:
            bare = not (segment.claim or segment.quotes or segment.exemption)
            if bare and segment.key not in given:
                keys[block.text[segment.start : segment.end]].append(segment.key)
    return keys


def _mark_block(block: Block, language: str, key_of) -> Block:
    added = []
    taken = iter([*block.segments, None])
    segment = next(taken)
    for start, end in block_sentences(block, language).spans:
        at = start
        while segment is not None and segment.start < end:
            added += _bare(block.text, at, segment.start, key_of)
            at = max(at, segment.end)
            if segment.end > end:
                break
            segment = next(taken)
        added += _bare(block.text, at, end, key_of)
    if not added:
        return block
    return replace(block, segments=tuple(sorted([*block.segments, *added], key=lambda s: s.start)))


def _bare(text: str, start: int, end: int, key_of) -> list[Segment]:
    """A bare segment over the words of ``text[start:end]``, or nothing where there are none."""
    if start >= end or not _WORD.search(text, start, end):
        return []
    stretch = text[start:end].rstrip()
    stretch = _STOPS.sub("", stretch).rstrip() or stretch
    lead = len(stretch) - len(stretch.lstrip(" ,;:.!?…"))
    return [Segment(start + lead, start + len(stretch), key_of(stretch[lead:]))]
