"""Cuts a paragraph into segments: the words up to where each citation group is printed."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from articles.body.model import Block, Segment
from articles.body.quotations import Quotation
from articles.body.sentences import Sentences, block_sentences
from articles.importing.markers import Group

# Between a group and the first word of the next segment; opening brackets and quotation marks belong to it.
_LEADING = frozenset(",;:.!?…)]}–—-/'’\"”»“")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment to be: its place in the paragraph, its sources by number, and its sentence, counted from 0."""

    start: int
    end: int
    numbers: tuple[int, ...]
    sentence: int


def sentences_of(text: str, groups: Sequence[Group], language: str) -> Sentences:
    """Split a paragraph as its finished block will be split: a group after a stop ends the sentence."""
    ends = [Segment(max(0, group.at - 1), group.at, "") for group in groups]
    return block_sentences(Block("p", text, tuple(ends)), language)


def cut_segments(
    text: str,
    groups: Sequence[Group],
    sentences: Sequence[tuple[int, int]],
    quotations: Sequence[Quotation],
) -> list[Stretch]:
    """Return one segment for each group, in order.

    A segment begins after the group before it or with its sentence, whichever is later, and has words in it.
    """
    opening = {quotation.start for quotation in quotations}
    ends = [end for _, end in sentences]
    stretches: list[Stretch] = []
    done = 0
    for group in groups:
        sentence = bisect_left(ends, group.at)
        start = _first_word(text, max(done, sentences[sentence][0]), group.at, opening)
        if start == group.at:
            # Nothing but marks between the sentence's beginning and the group: the words before it are meant.
            sentence = bisect_left(ends, _after_last_word(text, group.at))
            start = _first_word(text, max(done, sentences[sentence][0]), group.at, opening)
        stretches.append(Stretch(start, group.at, group.numbers, sentence))
        done = group.at
    return stretches


def _first_word(text: str, start: int, end: int, opening: set[int]) -> int:
    """The first place that belongs to a segment, `end` if there are no words before it."""
    while start < end and start not in opening and (text[start] in _LEADING or text[start].isspace()):
        start += 1
    return start if any(map(str.isalnum, text[start:end])) else end


def _after_last_word(text: str, end: int) -> int:
    while end and not text[end - 1].isalnum():
        end -= 1
    return end
