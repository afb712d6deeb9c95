"""Cuts a paragraph into sentences, in English and Polish.

The library `choppa` (LanguageTool's rules) gives the verdict, `stops` corrects it, and the shape of the
paragraph comes before both: nothing is cut inside a quotation or inside a bracket in mid-sentence. Time is
linear in the length of the text, whatever the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from articles.body.language_rules import RULE_SETS, sentence_ends
from articles.body.model import Block
from articles.body.quotations import find_quotations
from articles.body.stops import REACH_BACK, REACH_ON, Stop, ends_sentence
from newsroom.core.errors import DomainError

# A paragraph of prose has fewer stops; those beyond end no sentence, and the result says `limited`.
MAX_STOPS = 20_000
# So many stops in a row, each so few characters after the one before, are a list or an attack, not sentences.
CROWD_LENGTH = 16
CROWD_STEP = 9
# A longer bracket is a slip of the keyboard.
MAX_BRACKET = 600
# Paragraphs up to this length are remembered, since a document is built from the same ones several times.
REMEMBERED = 4_000

_STOP = re.compile(
    r"(?<![.!?…])(?P<marks>[.!?…]++)(?P<closers>[\"'”“’»›)\]}]*+)(?:\s++|(?=[A-ZĄĆĘŁŃÓŚŹŻ]))(?=\S)"
)
_BRACKET = re.compile(r"[()\[\]{}]")
_SPACES = re.compile(r"\s*+")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_FINAL_STOP = re.compile(r"[.!?…][\"'”“’»›)\]}]*$")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The spans of the sentences, as offsets; they tile the text, each with the white space after it.

    `limited` says that a hostile paragraph was cut by the simple rule alone in places: too many stops, or
    crowded.
    """

    spans: tuple[tuple[int, int], ...]
    limited: bool = False


def split_sentences(text: str, language: str, *, breaks: Iterable[int] = ()) -> Sentences:
    """Cut one paragraph into sentences; `language` is "en" or "pl".

    `breaks` are offsets at which a sentence always ends, with the white space that follows (a citation
    group printed after a stop); they win over everything, also inside a quotation. Raises DomainError
    `language_unknown`.
    """
    if language not in RULE_SETS:
        raise DomainError(
            "language_unknown",
            "Sentences are split in English and Polish, not in %(language)s.",
            language=f"{language!r}",
        )
    if len(text) > REMEMBERED:
        return _split(text, language, tuple(breaks))
    return _remembered(text, language, tuple(breaks))


def block_sentences(block: Block, language: str) -> Sentences:
    """Cut the text of a block; a segment that ends in a stop ends a sentence: its group is printed there."""
    ends = [segment.end for segment in block.segments]
    return split_sentences(
        block.text,
        language,
        breaks=[end for end in ends if _FINAL_STOP.search(block.text, max(0, end - 8), end)],
    )


@lru_cache(maxsize=512)
def _remembered(text: str, language: str, breaks: tuple[int, ...]) -> Sentences:
    return _split(text, language, breaks)


def _split(text: str, language: str, breaks: tuple[int, ...]) -> Sentences:
    stops = list(_STOP.finditer(text))
    forced = {_after_spaces(text, offset) for offset in breaks if 0 < offset < len(text)}
    if not stops:
        return Sentences(_spans(text, forced))
    free, limited = _within_bounds(stops)
    free = [stop for stop in free if stop.end() not in forced]
    free = _outside(free, [(quotation.start, quotation.end) for quotation in find_quotations(text, language)])
    if not free:
        return Sentences(_spans(text, forced), limited)
    shown = _without(text, stops, free)
    return Sentences(_spans(text, forced | _judged(text, shown, language, free, forced)), limited)


def _judged(text: str, shown: str, language: str, stops: list[re.Match], forced: set[int]) -> set[int]:
    """Return where sentences end among `stops`: by our own rules, where they say nothing by the library's.

    `shown` is the text as the library may see it; `forced` are ends that stand already.
    """
    library = sentence_ends(shown, language)
    brackets = _brackets(text)
    boundaries = sorted(forced)
    ends: set[int] = set()
    start = at_bracket = at_forced = 0
    for stop in stops:
        while at_forced < len(boundaries) and boundaries[at_forced] <= stop.start():
            start = max(start, boundaries[at_forced])
            at_forced += 1
        while at_bracket < len(brackets) and brackets[at_bracket][1] < stop.end():
            at_bracket += 1
        if at_bracket < len(brackets) and start < brackets[at_bracket][0] < stop.start():
            continue
        verdict = ends_sentence(_in_context(text, language, stop, start))
        if verdict is None:
            place = bisect_right(library, stop.start())
            verdict = place < len(library) and library[place] <= stop.end()
        if verdict:
            start = stop.end()
            ends.add(start)
    return ends


def _in_context(text: str, language: str, stop: re.Match, start: int) -> Stop:
    return Stop(
        before=text[max(start, stop.start() - REACH_BACK) : stop.start()].lstrip(),
        marks=stop["marks"],
        closers=stop["closers"],
        gap=stop.end() > stop.end("closers"),
        after=text[stop.end() : stop.end() + REACH_ON],
        language=language,
    )


def _within_bounds(stops: list[re.Match]) -> tuple[list[re.Match], bool]:
    """Leave out crowds of stops, all but the first of each, and those beyond the bound; say whether any were."""
    kept: list[re.Match] = []
    crowd: list[re.Match] = []
    for stop in stops[:MAX_STOPS]:
        if crowd and stop.start() - crowd[-1].start() > CROWD_STEP:
            kept += crowd if len(crowd) < CROWD_LENGTH else crowd[:1]
            crowd = []
        crowd.append(stop)
    kept += crowd if len(crowd) < CROWD_LENGTH else crowd[:1]
    return kept, len(kept) < len(stops)


def _outside(stops: list[re.Match], areas: list[tuple[int, int]]) -> list[re.Match]:
    """Leave out the stops inside one of the areas, both in order; one at an area's very end is outside."""
    kept, at = [], 0
    for stop in stops:
        while at < len(areas) and areas[at][1] <= stop.end():
            at += 1
        if at == len(areas) or stop.end() <= areas[at][0]:
            kept.append(stop)
    return kept


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return the outermost pairs of brackets, in order; a bracket without its partner is a character."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        char, at = match.group(), match.start()
        if char not in _CLOSING:
            stack.append((char, at))
        elif stack and stack[-1][0] == _CLOSING[char]:
            opened = stack.pop()[1]
            while pairs and pairs[-1][0] > opened:
                pairs.pop()
            pairs.append((opened, at + 1))
    return [pair for pair in pairs if pair[1] - pair[0] <= MAX_BRACKET]


def _without(text: str, stops: list[re.Match], kept: list[re.Match]) -> str:
    """Return the text with commas for the marks of those `stops` that are not `kept`, at the same offsets."""
    starts = {stop.start() for stop in kept}
    pieces, at = [], 0
    for stop in stops:
        if stop.start() not in starts:
            begin, end = stop.span("marks")
            pieces += [text[at:begin], "," * (end - begin)]
            at = end
    return "".join(pieces) + text[at:]


def _after_spaces(text: str, offset: int) -> int:
    return offset + len(_SPACES.match(text, offset).group())


def _spans(text: str, ends: set[int]) -> tuple[tuple[int, int], ...]:
    bounds = [0, *sorted(end for end in ends if end < len(text)), len(text)]
    return tuple(pairwise(bounds)) if text else ()
