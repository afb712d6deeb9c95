"""Reads a whole story: paragraph after paragraph, then what concerns all of them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from articles.body.model import clean_text
from articles.body.quotations import find_quotations
from articles.importing.attribution.speakers import VOCABULARIES, SpeakerFinder
from articles.importing.entries import SourceEntry
from articles.importing.findings import Findings
from articles.importing.markers import NUMBERS_WITHOUT_LIST, Group, Trouble, read_markers
from articles.importing.placement import place_groups
from articles.importing.quotes import Dismissal, Marks, Quoted, make_quotes
from articles.importing.reference_list import split
from articles.importing.segments import cut_segments, sentences_of
from newsroom.core.errors import DomainError
from sources.addresses import normalise_url

MAX_PARAGRAPHS = 10_000
MAX_GROUPS = 20_000

# So many words beside an attribution and its quotation are an assertion of their own.
_WORDS_OF_AN_ASSERTION = 5
_BLANK_LINES = re.compile(r"\n\s*\n")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """One paragraph as read; `sentences` are spans that tile its text."""

    marks: Marks
    sentences: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Reading:
    """A story as read. `stating_more` are segments, as (paragraph, segment), that need a claim beside a quote."""

    inline_list: bool
    findings: Findings
    paragraphs: list[ReadParagraph] = field(default_factory=list)
    quotes: list[Quoted] = field(default_factory=list)
    dismissed: list[Dismissal] = field(default_factory=list)
    sources: tuple[SourceEntry, ...] = ()
    renumbered: dict[int, int] = field(default_factory=dict)
    stating_more: set[tuple[int, int]] = field(default_factory=set)


def read_story(text: str, *, language: str, sources: Sequence[SourceEntry] | None) -> Reading:
    """Read numbered text; arguments and errors are those of `proposal.propose`."""
    if language not in VOCABULARIES:
        raise DomainError(
            "language_unknown",
            "Stories are read in English and Polish, not in %(language)s.",
            language=f"{language!r}",
        )
    body, listed = split(text)
    if listed and sources is not None:
        message = "The text ends in a list of sources, and another list was given beside it."
        raise DomainError("two_reference_lists", message)
    reading = Reading(inline_list=listed is not None, findings=Findings())
    entries = listed if sources is None else tuple(sources)
    first_of = _first_of_each_address(entries or ())
    citable: Set[int] = NUMBERS_WITHOUT_LIST if entries is None else first_of.keys()
    _read_paragraphs(reading, body, language, citable, first_of)
    _number_sources(reading, entries, first_of)
    reading.quotes, reading.dismissed = make_quotes([paragraph.marks for paragraph in reading.paragraphs])
    _check_quotes(reading)
    return reading


def _read_paragraphs(
    reading: Reading, body: str, language: str, citable: Set[int], first_of: dict[int, int]
) -> None:
    typed = [paragraph for piece in _BLANK_LINES.split(body) if (paragraph := clean_text(piece))]
    if not typed:
        raise DomainError("empty", "The text is empty.")
    if len(typed) > MAX_PARAGRAPHS:
        raise DomainError(
            "too_many_paragraphs",
            "The text has more than %(most)s paragraphs.",
            most=f"{MAX_PARAGRAPHS:,}",
        )
    speakers = SpeakerFinder(language) if any(map(_may_quote, typed)) else None
    groups_left = MAX_GROUPS
    for number, paragraph in enumerate(typed, 1):
        marked = read_markers(paragraph, citable, escape=reading.inline_list)
        groups_left -= len(marked.groups)
        if groups_left < 0:
            raise DomainError(
                "too_many_groups",
                "The text has more than %(most)s citation groups.",
                most=f"{MAX_GROUPS:,}",
            )
        quotations = find_quotations(marked.text, language) if speakers else []
        groups = place_groups(marked.text, marked.groups, quotations, language)
        if first_of:
            groups = tuple(_same_sources_once(group, first_of) for group in groups)
        sentences = sentences_of(marked.text, groups, language)
        stretches = cut_segments(marked.text, groups, sentences.spans, quotations)
        verdicts = speakers.read(marked.text, sentences.spans, quotations) if speakers else []
        read = ReadParagraph(Marks(marked.text, stretches, quotations, verdicts), sentences.spans)
        reading.paragraphs.append(read)
        _check_paragraph(reading.findings, read, number, marked.troubles)
        if sentences.limited:
            reading.findings.add("paragraph_too_dense", marked.text, number)


def _may_quote(paragraph: str) -> bool:
    return any(mark in paragraph for mark in "\"'“”„«»‘’‚‹›")


def _first_of_each_address(entries: Sequence[SourceEntry]) -> dict[int, int]:
    """For each number the first one with the same address, most often itself."""
    first: dict[str, int] = {}
    numbers = {}
    for entry in entries:
        key = normalise_url(entry.url) if entry.url else None
        numbers[entry.number] = first.setdefault(key, entry.number) if key else entry.number
    return numbers


def _same_sources_once(group: Group, first_of: dict[int, int]) -> Group:
    numbers = tuple(sorted({first_of[number] for number in group.numbers}))
    return group if numbers == group.numbers else Group(group.at, numbers)


def _check_paragraph(
    findings: Findings, paragraph: ReadParagraph, number: int, troubles: Sequence[Trouble]
) -> None:
    text, ends = paragraph.marks.text, [end for _, end in paragraph.sentences]
    for trouble in troubles:
        findings.add(
            trouble.code, trouble.text, number, min(bisect_right(ends, trouble.at), len(ends) - 1) + 1
        )
    covered: dict[int, int] = {}
    for stretch in paragraph.marks.stretches:
        covered[stretch.sentence] = stretch.end
    for sentence, (start, end) in enumerate(paragraph.sentences):
        rest = text[covered.get(sentence, start) : end]
        if any(map(str.isalnum, rest)):
            code = "remainder_without_citation" if sentence in covered else "sentence_without_citation"
            findings.add(code, rest.strip(), number, sentence + 1)
    invisible = _INVISIBLE.search(text)
    if invisible:
        sentence = bisect_right(ends, invisible.start()) + 1
        findings.add("invisible_character", f"U+{ord(invisible[0]):04X}", number, min(sentence, len(ends)))


def _number_sources(
    reading: Reading, entries: Sequence[SourceEntry] | None, first_of: dict[int, int]
) -> None:
    """Number the sources by their first use, and tell of those that have none."""
    cited = dict.fromkeys(
        number
        for paragraph in reading.paragraphs
        for stretch in paragraph.marks.stretches
        for number in stretch.numbers
    )
    if reading.inline_list and len(cited) > len(NUMBERS_WITHOUT_LIST):
        message = (
            f"More than {len(NUMBERS_WITHOUT_LIST)} sources are cited; give their list in a file of its own."
        )
        raise DomainError("too_many_sources", message)
    known = {entry.number: entry for entry in entries or ()}
    reading.sources = tuple(known.get(number) or SourceEntry(number) for number in cited)
    printed = {number: place for place, number in enumerate(cited, 1)}
    reading.renumbered = {number: place for number, place in sorted(printed.items()) if number != place}
    for entry in entries or ():
        if first_of[entry.number] != entry.number:
            text = f"{entry.number}: same address as {first_of[entry.number]}"
            reading.findings.add("source_listed_twice", text)
        elif entry.number not in cited:
            name = entry.title or entry.url or ""
            reading.findings.add("source_never_cited", f"{entry.number}. {name}".rstrip())


def _check_quotes(reading: Reading) -> None:
    for quote in reading.quotes:
        part = quote.parts[0]
        paragraph = reading.paragraphs[part.paragraph]
        sentence = paragraph.marks.stretches[part.segment].sentence + 1
        if quote.speaker is None:
            reading.findings.add("quote_unattributed", quote.words, part.paragraph + 1, sentence)
    attributed = {
        (part.paragraph, part.segment) for quote in reading.quotes if quote.speaker for part in quote.parts
    }
    for at, place in sorted(attributed):
        marks = reading.paragraphs[at].marks
        stretch = marks.stretches[place]
        if _states_more(marks, place):
            reading.stating_more.add((at, place))
            text = marks.text[stretch.start : stretch.end]
            reading.findings.add("claim_proposed", text, at + 1, stretch.sentence + 1)


def _states_more(marks: Marks, place: int) -> bool:
    """Whether a segment has words before, after or inside the attribution that assert something themselves."""
    stretch = marks.stretches[place]
    first, last = stretch.end, stretch.start
    for start, end, aside in _attributions(marks, stretch.start, stretch.end):
        if aside >= _WORDS_OF_AN_ASSERTION:
            return True
        first, last = min(first, start), max(last, end)
    before, after = marks.text[stretch.start : first], marks.text[last : stretch.end]
    return max(len(before.split()), len(after.split())) >= _WORDS_OF_AN_ASSERTION


def _attributions(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The quotations of a stretch and what attributes them, each with the words it has aside."""
    quotations, verdicts = marks.quotations, marks.verdicts
    number = bisect_right(quotations, start, key=lambda quotation: quotation.end)
    while number < len(quotations) and quotations[number].start < end:
        quotation, verdict = quotations[number], verdicts[number]
        yield quotation.start, quotation.end, 0
        if verdict.start is not None and verdict.start < end and verdict.end > start:
            yield verdict.start, verdict.end, verdict.aside
        number += 1
