"""A stored text as the desk shows it: a bounded part of it, block by block, with marks.

Every position counts code points of the whole text, end exclusive.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# Code points shown at once, and how far the parts before and after reach into each other, so that no passage is
# cut in all of them.
LENGTH = 20_000
OVERLAP = 1_000
# How far back a part looks for the beginning of a block to begin with, or for the end of one to end with.
_BACK = 2_000


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that is marked as ``kind``; ``label`` says in words why."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Piece:
    """Text under one mark, or under none."""

    text: str
    mark: Mark | None = None
    # Whether the mark begins here: what an address can point to.
    first: bool = False


@dataclass(frozen=True)
class Block:
    """One block; ``page`` is the number of the page that begins in or before it, where one begins."""

    start: int
    pieces: list[Piece]
    page: int | None = None


@dataclass(frozen=True)
class Part:
    """What is shown of a text of ``total`` code points; ``before`` and ``after`` are places in the parts beside it."""

    start: int
    end: int
    total: int
    blocks: list[Block]

    @property
    def before(self) -> int | None:
        return max(0, self.start + OVERLAP - LENGTH // 2) if self.start else None

    @property
    def after(self) -> int | None:
        return min(self.total, self.end - OVERLAP + LENGTH // 2) if self.end < self.total else None

    @property
    def first(self) -> int:
        """The number of its first character, as people count."""
        return self.start + 1


def part_around(
    text: str, at: int, *, pages: Iterable[int] = (), marks: Iterable[Mark] = (), length: int = LENGTH
) -> Part:
    """The part of ``text`` around the code point ``at`` (any number: it is brought into the text).

    ``pages`` are the offsets at which pages begin. Of marks that overlap the first given is shown.
    """
    at = min(max(0, at), len(text))
    wanted = min(max(0, at - length // 2), max(0, len(text) - length))
    start, end = _block_start(text, wanted), min(len(text), wanted + length)
    if end < len(text) and (stop := text.rfind("\n", max(at, end - _BACK), end)) > 0:
        end = stop
    begins = sorted(pages)
    shown = _apart(marks)
    blocks, here = [], start
    for line in text[start:end].split("\n"):
        if line:
            page = _page_beginning(begins, here, here + len(line))
            blocks.append(Block(here, _pieces(text, here, here + len(line), shown), page))
        here += len(line) + 1
    return Part(start, end, len(text), blocks)


def without_edges(runs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Runs of a difference with the white space before what differs taken out of it: it is no part of the change."""
    found = []
    for op, text in runs:
        words = text.lstrip()
        if op != "same" and len(words) < len(text):
            found += [("same", text[: len(text) - len(words)]), (op, words)]
        else:
            found.append((op, text))
    return [(op, text) for op, text in found if text]


def _block_start(text: str, wanted: int) -> int:
    if wanted <= 0:
        return 0
    found = text.rfind("\n", max(0, wanted - _BACK), wanted)
    if found < 0:
        found = text.rfind(" ", max(0, wanted - _BACK), wanted)
    return found + 1 if found >= 0 else wanted


def _page_beginning(begins: list[int], start: int, end: int) -> int | None:
    """The last page that begins between ``start`` and ``end``."""
    number = bisect_right(begins, end - 1)
    return number if number and begins[number - 1] >= start else None


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Those of ``marks`` that overlap none before them, in the order of the text."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.start < mark.end and not any(m.start < mark.end and mark.start < m.end for m in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> list[Piece]:
    pieces, at = [], start
    for mark in marks:
        begin, stop = max(mark.start, start), min(mark.end, end)
        if begin >= stop:
            continue
        if at < begin:
            pieces.append(Piece(text[at:begin]))
        pieces.append(Piece(text[begin:stop], mark, first=begin == mark.start))
        at = stop
    return [*pieces, Piece(text[at:end])] if at < end else pieces
