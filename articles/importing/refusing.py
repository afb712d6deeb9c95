"""Leaves out of a proposal the marks that somebody refused; their words stay, resting on nothing."""

from collections.abc import Set
from dataclasses import replace

from articles.importing.proposal import Proposal, ProposedQuote, ProposedSegment, ProposedWords

_Place = tuple[int, int]


def without(proposal: Proposal, refused: Set[int]) -> Proposal:
    """Return ``proposal`` without the segments of these places in its reading order, counted from 0.

    Quotes and sources that nothing else of the text names go with them. Places that do not exist change nothing.
    """
    kept = _kept(proposal, refused)
    quotes, places = {}, {place: at for at, place in enumerate(kept)}
    for index, quote in enumerate(proposal.quotes):
        if left := [place for place in quote.places if place in places]:
            quotes[index] = _of_places(quote, left, kept)
    order = {index: at for at, index in enumerate(quotes)}
    moved = _moved(kept)
    paragraphs = [[] for _ in proposal.paragraphs]
    for (paragraph, _), segment in kept.items():
        paragraphs[paragraph].append(_renamed(segment, order))
    cited = {number for segment in kept.values() for number in segment.sources}
    return replace(
        proposal,
        paragraphs=tuple(
            replace(paragraph, segments=tuple(segments))
            for paragraph, segments in zip(proposal.paragraphs, paragraphs, strict=True)
        ),
        quotes=tuple(
            replace(quote, places=tuple(moved[place] for place in quote.places)) for quote in quotes.values()
        ),
        sources=tuple(entry for entry in proposal.sources if entry.number in cited),
    )


def _kept(proposal: Proposal, refused: Set[int]) -> dict[_Place, ProposedSegment]:
    every = [
        ((number, place), segment)
        for number, paragraph in enumerate(proposal.paragraphs)
        for place, segment in enumerate(paragraph.segments)
    ]
    return {place: segment for at, (place, segment) in enumerate(every) if at not in refused}


def _moved(kept: dict[_Place, ProposedSegment]) -> dict[_Place, _Place]:
    """Where each place stands once those between are gone."""
    seen: dict[int, int] = {}
    found = {}
    for paragraph, place in kept:
        found[paragraph, place] = (paragraph, seen.get(paragraph, 0))
        seen[paragraph] = seen.get(paragraph, 0) + 1
    return found


def _of_places(
    quote: ProposedQuote, places: list[_Place], kept: dict[_Place, ProposedSegment]
) -> ProposedQuote:
    cited = {number for place in places for number in kept[place].sources}
    sources = tuple(number for number in quote.sources if number in cited)
    return replace(quote, places=tuple(places), sources=sources)


def _renamed(segment: ProposedSegment, order: dict[int, int]) -> ProposedSegment:
    words = tuple(ProposedWords(part.start, part.end, order[part.quote]) for part in segment.words)
    return replace(segment, quotes=tuple(order[quote] for quote in segment.quotes), words=words)
