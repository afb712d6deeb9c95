"""Turns numbered text into a proposal: everything an import would store, before anybody has agreed to it.

A proposal is data: the admin page shows it, `storing` makes records of it, `report` tells of it. Numbers in it are
the input's; `renumbered` says which of them change when the story is printed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from articles.body.model import Block, Body, Dismissed, Segment, Words
from articles.importing.entries import SourceEntry
from articles.importing.findings import Finding
from articles.importing.proposing import Reading, read_story
from articles.importing.quotes import Quoted
from articles.numbered_text import write

__all__ = ["Proposal", "SourceEntry", "propose", "to_body", "to_text"]


@dataclass(frozen=True, slots=True)
class ProposedWords:
    """The words of quote `quote` (an index into the proposal's quotes) in a paragraph, without quotation marks."""

    start: int
    end: int
    quote: int


@dataclass(frozen=True, slots=True)
class ProposedSegment:
    """A segment: its place, its sources by input number, what it rests on.

    `kind` is "quote" where it rests on quotes alone, "claim" where it rests on a claim; then `quotes`, if there are
    any, are quotations nobody is known to have spoken, and it rests on both. `states_more`: it visibly states more
    than that somebody said something, so an editor may add a claim. `sentence` counts from 0.
    """

    start: int
    end: int
    sentence: int
    kind: str
    sources: tuple[int, ...]
    quotes: tuple[int, ...] = ()
    words: tuple[ProposedWords, ...] = ()
    states_more: bool = False


@dataclass(frozen=True, slots=True)
class ProposedDismissal:
    """A quotation taken for a title, a term or scare quotes, without its marks."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProposedParagraph:
    """A paragraph without its markers; `sentences` are spans that tile it."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    segments: tuple[ProposedSegment, ...]
    dismissed: tuple[ProposedDismissal, ...]


@dataclass(frozen=True, slots=True)
class ProposedQuote:
    """A quote; speaker, role and kind of speaker (person, organisation, document) are None where not plain.

    `places` are (paragraph, segment), both from 0.
    """

    words: str
    speaker: str | None
    role: str | None
    speaker_kind: str | None
    sources: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import would make of a text. `sources` are those cited, in the order in which they will be numbered.

    `renumbered` maps input numbers to printed ones where they differ. `inline_list` says that the text ended in a
    list of its own.
    """

    language: str
    headline: str | None
    paragraphs: tuple[ProposedParagraph, ...]
    quotes: tuple[ProposedQuote, ...]
    sources: tuple[SourceEntry, ...]
    groups: int
    findings: tuple[Finding, ...]
    final_newline: bool
    inline_list: bool
    renumbered: dict[int, int] = field(default_factory=dict)

    @property
    def claims(self) -> tuple[tuple[int, ProposedSegment], ...]:
        """The segments that rest on a claim of their own, each with its paragraph (from 0)."""
        return tuple(
            (number, segment)
            for number, paragraph in enumerate(self.paragraphs)
            for segment in paragraph.segments
            if segment.kind == "claim"
        )

    @property
    def sentences(self) -> int:
        """How many sentences the text has."""
        return sum(len(paragraph.sentences) for paragraph in self.paragraphs)

    @property
    def numbers(self) -> dict[int, int]:
        """The printed number of each cited source by its input number."""
        return {entry.number: printed for printed, entry in enumerate(self.sources, 1)}


def propose(
    text: str,
    *,
    language: str,
    sources: Sequence[SourceEntry] | None = None,
    headline: str | None = None,
) -> Proposal:
    """Return what an import of `text` (as `read_text` gives it) would make.

    `language` is "en" or "pl". `sources` is a list given beside the text; without one the list at the end of the
    text is used, and without that the sources are the numbers used. Raises `DomainError`: `language_unknown`,
    `two_reference_lists` (one in the text and one beside it), `too_many_paragraphs`, `too_many_groups`,
    `too_many_sources`, and those of `reference_list.split`.
    """
    reading = read_story(text, language=language, sources=sources)
    quotes_at = _by_segment(reading.quotes)
    return Proposal(
        language=language,
        headline=headline,
        paragraphs=tuple(_paragraphs(reading, quotes_at)),
        quotes=tuple(_quote(quote) for quote in reading.quotes),
        sources=reading.sources,
        groups=sum(len(paragraph.marks.stretches) for paragraph in reading.paragraphs),
        findings=reading.findings.in_order(),
        final_newline=text.endswith("\n"),
        inline_list=reading.inline_list,
        renumbered=reading.renumbered,
    )


def to_body(
    proposal: Proposal, *, new_key: Callable[[], str], claim_ids: Sequence[str], quote_ids: Sequence[str]
) -> Body:
    """Return the body of the proposal: `claim_ids` are the public ids for `proposal.claims` in their order,
    `quote_ids` those for `proposal.quotes`; each segment gets a fresh key.
    """
    claims = iter(claim_ids)
    return Body(tuple(_block(paragraph, claims, quote_ids, new_key) for paragraph in proposal.paragraphs))


def to_text(proposal: Proposal) -> str:
    """Return the canonical text of the proposal, as exporting the stored story would print it."""
    groups: dict[str, list[int]] = {}
    numbers = proposal.numbers
    blocks = []
    for paragraph in proposal.paragraphs:
        segments = []
        for segment in paragraph.segments:
            key = str(len(groups))
            groups[key] = [numbers[number] for number in segment.sources]
            segments.append(Segment(segment.start, segment.end, key))
        blocks.append(Block("p", paragraph.text, tuple(segments)))
    return write(Body(tuple(blocks)), groups, final_newline=proposal.final_newline)


def _by_segment(quotes: Sequence[Quoted]) -> dict[tuple[int, int], list[ProposedWords]]:
    found: dict[tuple[int, int], list[ProposedWords]] = {}
    for index, quote in enumerate(quotes):
        for part in quote.parts:
            words = ProposedWords(part.start, part.end, index)
            found.setdefault((part.paragraph, part.segment), []).append(words)
    return found


def _paragraphs(
    reading: Reading, quotes_at: dict[tuple[int, int], list[ProposedWords]]
) -> Iterator[ProposedParagraph]:
    dismissed: dict[int, list[ProposedDismissal]] = {}
    for dismissal in reading.dismissed:
        proposed = ProposedDismissal(dismissal.start, dismissal.end, dismissal.reason)
        dismissed.setdefault(dismissal.paragraph, []).append(proposed)
    for number, paragraph in enumerate(reading.paragraphs):
        segments = []
        for place, stretch in enumerate(paragraph.marks.stretches):
            words = quotes_at.get((number, place), ())
            attributed = any(reading.quotes[part.quote].speaker for part in words)
            segments.append(
                ProposedSegment(
                    start=stretch.start,
                    end=stretch.end,
                    sentence=stretch.sentence,
                    kind="quote" if attributed else "claim",
                    sources=stretch.numbers,
                    quotes=tuple(dict.fromkeys(part.quote for part in words)),
                    words=tuple(words),
                    states_more=(number, place) in reading.stating_more,
                )
            )
        yield ProposedParagraph(
            paragraph.marks.text, paragraph.sentences, tuple(segments), tuple(dismissed.get(number, ()))
        )


def _quote(quote: Quoted) -> ProposedQuote:
    speaker = quote.speaker
    return ProposedQuote(
        words=quote.words,
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        speaker_kind=speaker.kind if speaker else None,
        sources=quote.numbers,
        places=tuple(dict.fromkeys((part.paragraph, part.segment) for part in quote.parts)),
    )


def _block(
    paragraph: ProposedParagraph, claims: Iterator[str], quote_ids: Sequence[str], new_key: Callable[[], str]
) -> Block:
    return Block(
        "p",
        paragraph.text,
        segments=tuple(
            Segment(
                segment.start,
                segment.end,
                new_key(),
                claim=next(claims) if segment.kind == "claim" else None,
                quotes=tuple(quote_ids[quote] for quote in segment.quotes),
            )
            for segment in paragraph.segments
        ),
        words=tuple(
            Words(words.start, words.end, quote_ids[words.quote])
            for segment in paragraph.segments
            for words in segment.words
        ),
        dismissed=tuple(Dismissed(d.start, d.end, d.reason) for d in paragraph.dismissed),
    )
