"""Give every sentence an address: a segment that rests on nothing yet, where no segment is."""

import re
from collections.abc import Callable
from dataclasses import replace

from articles.body.model import Block, Body, Segment
from articles.body.sentences import block_sentences

_WORD = re.compile(r"\w")
_STOPS = re.compile(r"[.!?…]+$")


def mark_bare(body: Body, language: str, new_key: Callable[[], str]) -> Body:
    """``body`` with a bare segment for every stretch of words that none covers: whole sentences and remainders.

    The sentence's final stop stays outside, as it does for every segment. Headings are marked too: they are read.
    """
    return Body(tuple(_mark_block(block, language, new_key) for block in body.blocks))


def _mark_block(block: Block, language: str, new_key) -> Block:
    added = []
    taken = iter([*block.segments, None])
    segment = next(taken)
    for start, end in block_sentences(block, language).spans:
        at = start
        while segment is not None and segment.start < end:
            added += _bare(block.text, at, segment.start, new_key)
            at = max(at, segment.end)
            if segment.end > end:
                break
            segment = next(taken)
        added += _bare(block.text, at, end, new_key)
    if not added:
        return block
    return replace(block, segments=tuple(sorted([*block.segments, *added], key=lambda s: s.start)))


def _bare(text: str, start: int, end: int, new_key) -> list[Segment]:
    """A bare segment over the words of ``text[start:end]``, or nothing where there are none."""
    if start >= end or not _WORD.search(text, start, end):
        return []
    stretch = text[start:end].rstrip()
    stretch = _STOPS.sub("", stretch).rstrip() or stretch
    lead = len(stretch) - len(stretch.lstrip(" ,;:.!?…"))
    return [Segment(start + lead, start + len(stretch), new_key())]
