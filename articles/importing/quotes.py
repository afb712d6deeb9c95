"""Makes quotes of the quotations in a text: which are one quote, which are none, and what their words are.

A quotation that runs on into the next paragraph and one that an attribution interrupts are one quote each. Its
citations are the quote's own, so where parts of it are cited differently, each such part is a quote of its own.
What is not in a segment is in no quote: a sentence without citation makes no record.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.body.quotations import Quotation
from articles.importing.attribution.directory import Known
from articles.importing.attribution.speakers import Verdict
from articles.importing.segments import Stretch

MOST_DISMISSED_WORDS = 4

_SMALL_IN_TITLES = frozenset(
    ["of", "the", "a", "an", "and", "in", "on", "for", "to", "i", "w", "z", "o", "na", "do"]
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of one paragraph when quotes are made of its quotations; `verdicts` go with `quotations`."""

    text: str
    stretches: Sequence[Stretch]
    quotations: Sequence[Quotation]
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quote inside one segment: paragraph, segment, start and end of the words (all from 0)."""

    paragraph: int
    segment: int
    start: int
    end: int


@dataclass(slots=True)
class Quoted:
    """One quote: its words as printed, who speaks, the numbers it is cited with, and its parts."""

    words: str
    speaker: Known | None
    numbers: tuple[int, ...]
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A quotation that is no quote, without its marks; `reason` is title, term or scare."""

    paragraph: int
    start: int
    end: int
    reason: str


def make_quotes(paragraphs: Sequence[Marks]) -> tuple[list[Quoted], list[Dismissal]]:
    """Return the quotes of a text in reading order, and the quotations dismissed."""
    quotes: list[Quoted] = []
    dismissed: list[Dismissal] = []
    for chain in _chains(paragraphs):
        reason = _dismissal(paragraphs, chain)
        if reason is None:
            quotes += _quotes_of(paragraphs, chain)
            continue
        for paragraph, number in chain:
            quotation = paragraphs[paragraph].quotations[number]
            dismissed.append(Dismissal(paragraph, quotation.inner_start, quotation.inner_end, reason))
    return quotes, dismissed


def _chains(paragraphs: Sequence[Marks]) -> Iterator[list[tuple[int, int]]]:
    """Group the quotations that belong together, as (paragraph, quotation)."""
    chain: list[tuple[int, int]] = []
    runs_on = False
    for at, paragraph in enumerate(paragraphs):
        for number, (quotation, verdict) in enumerate(
            zip(paragraph.quotations, paragraph.verdicts, strict=True)
        ):
            continues = runs_on and number == 0 and quotation.start == 0
            if chain and not (continues or verdict.joins):
                yield chain
                chain = []
            chain.append((at, number))
        runs_on = bool(paragraph.quotations) and not paragraph.quotations[-1].closed
    if chain:
        yield chain


def _dismissal(paragraphs: Sequence[Marks], chain: list[tuple[int, int]]) -> str | None:
    """Why a quotation is no quote, None if it is one (design of the import: no verb of saying and few words)."""
    if len(chain) > 1:
        return None
    paragraph, number = paragraphs[chain[0][0]], chain[0][1]
    quotation, verdict = paragraph.quotations[number], paragraph.verdicts[number]
    inner = paragraph.text[quotation.inner_start : quotation.inner_end]
    words = inner.split(maxsplit=MOST_DISMISSED_WORDS)
    if not any(map(str.isalnum, inner)):
        return "scare"
    if len(words) > MOST_DISMISSED_WORDS or not quotation.closed:
        return None
    capitals = _capitals(words)
    # `told reporters that the "Eastern Flank Watch" programme …`: a name, though somebody says something.
    named_in_passing = capitals > 1 and not verdict.direct
    if verdict.said and not named_in_passing:
        return None
    return verdict.cue or ("title" if capitals else "scare")


def _capitals(words: list[str]) -> int:
    """How many words have a capital, 0 if one that should in a title has none."""
    initials = [found[0] for word in words if (found := _WORD.search(word)) and word not in _SMALL_IN_TITLES]
    return len(initials) if all(word[0].isupper() for word in initials) else 0


def _quotes_of(paragraphs: Sequence[Marks], chain: list[tuple[int, int]]) -> list[Quoted]:
    speaker = _speaker(paragraphs, chain)
    quotes: list[Quoted] = []
    previous: tuple[int, int] | None = None
    for paragraph, number in chain:
        for part, numbers in _parts(paragraphs[paragraph], paragraph, number):
            text = paragraphs[paragraph].text
            if quotes and quotes[-1].numbers == numbers:
                quote = quotes[-1]
                last = quote.parts[-1]
                if last.paragraph == paragraph and last.end == part.start:
                    part = Part(part.paragraph, part.segment, part.start + 1, part.end)
                quote.words += _between(text, last, part, same=previous == (paragraph, number))
                quote.words += text[part.start : part.end]
            else:
                quote = Quoted(text[part.start : part.end], speaker, numbers)
                quotes.append(quote)
            quote.parts.append(part)
            previous = (paragraph, number)
    return quotes


def _between(text: str, last: Part, part: Part, *, same: bool) -> str:
    """What joins two parts of one quote."""
    if last.paragraph != part.paragraph:
        return " "
    left_out = text[last.end : part.start]
    return left_out if same and not any(map(str.isalnum, left_out)) else " … "


def _speaker(paragraphs: Sequence[Marks], chain: list[tuple[int, int]]) -> Known | None:
    speakers = {paragraphs[at].verdicts[number].speaker for at, number in chain} - {None}
    return next(iter(speakers)) if len(speakers) == 1 else None


def _parts(paragraph: Marks, at: int, number: int) -> Iterator[tuple[Part, tuple[int, ...]]]:
    """The words of one quotation inside each segment it touches, with the segment's numbers."""
    quotation, text, stretches = paragraph.quotations[number], paragraph.text, paragraph.stretches
    place = bisect_right(stretches, quotation.inner_start, key=lambda stretch: stretch.end)
    while place < len(stretches) and stretches[place].start < quotation.inner_end:
        stretch = stretches[place]
        start, end = max(quotation.inner_start, stretch.start), min(quotation.inner_end, stretch.end)
        if end == quotation.inner_end and quotation.closed and text[end - 1] == ",":
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if any(map(str.isalnum, text[start:end])):
            yield Part(at, place, start, end), stretch.numbers
        place += 1
