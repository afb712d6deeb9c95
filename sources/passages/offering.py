"""What a person may want to choose: places that resemble a statement, places where nearly the same words stand.

Offers only: nothing here says that anything stands anywhere (:mod:`sources.passages.matching` does), and nothing is
applied. Bounded for texts of any make: a fraction of a second for a megabyte of prose.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from itertools import islice
from math import log

from rapidfuzz import fuzz

from sources.passages.differing import Run, difference
from sources.passages.finding import is_edge
from sources.passages.matching import normalised, pieces_of, whole_words
from sources.passages.normalising import Normalised, normalise

__all__ = ["Candidate", "Near", "candidates", "difference", "near_matches"]

# Code points of a statement or a quote that are looked at.
_LONGEST_WORDING, _LONGEST_QUOTE = 1_000, 5_000
# Of a candidate: less is a number in a table, more is no passage.
_SHORTEST, _LONGEST = 12, 600
# More places than this tell nothing.
_COMMON = 3_000
_LEAST_LIKE, _LEAST_NEAR = 20, 70
_SENTENCE_ENDS = re.compile(r"[.!?…\n]([\"'”’»)\]]*(?:\s|(?<=\n)))")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence from ``start`` to ``end`` (code points, exclusive) that resembles a statement; ``score`` to 100."""

    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Nearly the same words, from ``start`` to ``end``, and how they differ (``gone``: only in what was looked for).

    ``score`` to 100, which is the same words but for declared variation.
    """

    start: int
    end: int
    score: float
    difference: list[Run]


def candidates(wording: str, text: str | Normalised, *, limit: int = 5) -> list[Candidate]:
    """The ``limit`` sentences of ``text`` most like the ``wording`` of a statement, best first.

    Counts which of its words a sentence has, endings apart, the rare ones for more; and how alike the two read.
    """
    original = text if isinstance(text, str) else text.original
    wording = normalise(wording[:_LONGEST_WORDING]).lower()
    sentences = list(_sentences(original))
    shares = _shares(wording, _lower(original), sentences)
    found = []
    for number, share in nlargest(8 * limit, shares.items(), key=lambda item: item[1]):
        start, end = sentences[number]
        likeness = fuzz.token_set_ratio(wording, normalise(original[start:end]).lower())
        score = round(60 * share + 0.4 * likeness, 1)
        if score >= _LEAST_LIKE:
            found.append(Candidate(start, end, score, original[start:end]))
    return nlargest(limit, found, key=lambda candidate: (candidate.score, -candidate.start))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of ``text`` without white space at their ends, cut where sentences seem to end."""
    start = 0
    for match in _SENTENCE_ENDS.finditer(text):
        if "\n" in match[0] or match.end() - start > 2 * _SHORTEST:
            yield from _bounded(text, start, match.end())
            start = match.end()
    yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start >= _SHORTEST:
        cut = end
        if end - start > _LONGEST:
            cut = text.rfind(" ", start + _SHORTEST, start + _LONGEST)
            cut = cut if cut > 0 else start + _LONGEST
        stretch = text[start:cut]
        if len(stretch.strip()) >= _SHORTEST:
            yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        start = cut


def _shares(wording: str, text: str, sentences: list[tuple[int, int]]) -> dict[int, float]:
    """Which share of the wording's words, weighed by rarity, a sentence (by its number) has, 0 to 1."""
    starts = [start for start, _ in sentences]
    shares: Counter[int] = Counter()
    total = 0.0
    for stem in {_stem(word) for word in _WORDS.findall(wording) if len(word) > 2 or word.isdecimal()}:
        places = _places(text, stem, whole=stem.isdecimal())
        if len(places) >= _COMMON:
            continue
        weight = log(2 + len(sentences) / (1 + len(places)))
        total += weight
        numbers = {(bisect_right(starts, place) - 1, place) for place in places}
        for number in {number for number, place in numbers if number >= 0 and place < sentences[number][1]}:
            shares[number] += weight
    return {number: share / total for number, share in shares.items()}


def _stem(word: str) -> str:
    """What the forms of a word have in common, roughly: Polish nouns have seven cases."""
    return word if word.isdecimal() else word[: max(3, len(word) * 7 // 10)]


def _places(text: str, stem: str, *, whole: bool) -> list[int]:
    """The first places where a word begins with ``stem`` (``whole``: is it)."""
    places, at, tries = [], text.find(stem), 0
    while at >= 0 and len(places) < _COMMON and tries < 10 * _COMMON:
        begins = not text[at - 1 : at].isalnum() if at else True
        if begins and not (whole and text[at + len(stem) : at + len(stem) + 1].isalnum()):
            places.append(at)
        at, tries = text.find(stem, at + 1), tries + 1
    return places


def near_matches(words: str, text: str | Normalised, *, limit: int = 3) -> list[Near]:
    """The ``limit`` places of ``text`` whose words are most like those of a quote or passage, best first.

    Of words with marked edits the first piece that does not stand there is looked for. A place where exactly the
    words stand counts as well: of those that stand twice a person may choose one.
    """
    text = normalised(text)
    pieces = [piece.words for piece in pieces_of(words)]
    wanted = next((piece for piece in pieces if not whole_words(text, piece)), "".join(pieces[:1]))
    wanted = wanted[:_LONGEST_QUOTE].rstrip(" ")
    found: list[tuple[float, int, int]] = []
    for start, end in _neighbourhoods(_lower(wanted), _lower(text.text), 4 * limit):
        score, start, end = _fitted(wanted, text, start, end)
        if score >= _LEAST_NEAR and not any(start < other[2] and other[1] < end for other in found):
            found.append((score, start, end))
    nears = []
    for score, start, end in nlargest(limit, found):
        span = text.span(start, end)
        nears.append(Near(*span, round(score, 1), difference(wanted, text.original[slice(*span)])))
    return nears


def _neighbourhoods(wanted: str, text: str, most: int) -> list[tuple[int, int]]:
    """About where in ``text`` most of the letter groups of ``wanted`` stand in line, from and to."""
    size = 5 if len(wanted) >= 20 else 3
    step = max(1, (len(wanted) - size) // 48)
    groups = {wanted[at : at + size]: at for at in range(len(wanted) - size, -1, -step)}
    width = max(16, len(wanted) // 4)
    votes: Counter[int] = Counter()
    left = 20 * _COMMON
    for count, group in sorted((text.count(group), group) for group in groups):
        # The rarest always, the common ones as long as they can be gone through.
        if count > left and votes:
            break
        left -= count
        places = (match.start() for match in islice(re.finditer(re.escape(group), text), 20 * _COMMON))
        votes.update({(place - groups[group]) // width for place in places})
    lines = {line: votes[line] + votes[line + 1] for line in votes}
    best = nlargest(most, lines, key=lambda line: (lines[line], -line))
    return [_in_line(groups, text, line * width, 2 * width, len(wanted)) for line in best]


def _in_line(groups: dict[str, int], text: str, at: int, width: int, length: int) -> tuple[int, int]:
    """From and to where, by the first and the last letter group that stand there."""
    begins = []
    for group, offset in sorted(groups.items(), key=lambda item: item[1]):
        place = text.find(group, max(0, at + offset), max(0, at + offset + width + len(group)))
        if place >= 0:
            begins.append(place - offset)
    middle = sorted(begins)[len(begins) // 2]
    begins = [begin for begin in begins if abs(begin - middle) <= 8 + length // 5]
    return max(0, begins[0]), min(len(text), begins[-1] + length)


def _fitted(wanted: str, text: Normalised, start: int, end: int) -> tuple[float, int, int]:
    """The score, start and end of the whole words nearby that are most like ``wanted``."""

    def score(start: int, end: int) -> float:
        return fuzz.ratio(wanted, text.text[start:end]) if start < end else 0

    reach = min(200, 16 + len(wanted) // 8)
    starts = _nearest(text, start, reach, before=False)
    ends = _nearest(text, end, reach, before=True)
    for _ in range(2):
        start = max(starts, key=lambda at: (score(at, end), at), default=start)
        end = max(ends, key=lambda at: (score(start, at), -at), default=end)
    # Marks at the ends, which are no words.
    while start and end < len(text.text) and score(start - 1, end) > score(start, end):
        start -= 1
    while end < len(text.text) and score(start, end + 1) > score(start, end):
        end += 1
    return score(start, end), start, end


def _nearest(text: Normalised, about: int, reach: int, *, before: bool) -> list[int]:
    """The places closest to ``about`` where a word begins or (``before``) ends."""
    places = [
        at
        for at in range(max(0, about - reach), min(len(text.text), about + reach) + 1)
        if text.text[at - before : at - before + 1].isalnum() and is_edge(text, at)
    ]
    return nsmallest(12, places, key=lambda at: abs(at - about))


def _lower(text: str) -> str:
    """``text`` in lower case, of the same length: one capital alone has a longer small letter."""
    return text.replace("İ", "I").lower()
