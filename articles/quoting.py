"""Hold what stands between quotation marks in a draft against the quotes it names."""

import re
from collections import defaultdict

from articles.body.model import Block
from articles.body.quotations import Quotation, find_quotations
from articles.dossier import SUPPORTS, Dossier, Seen
from articles.models import Citation, Quote
from articles.rules.verbatim import is_verbatim, stands_in

_WORD = re.compile(r"\w")


def undecided_quotations(block: Block, language: str) -> list[Quotation]:
    """The quotations of a block of which a word is neither a quote's nor dismissed by a person."""
    marks = sorted((mark.start, mark.end) for mark in (*block.words, *block.dismissed))
    return [q for q in find_quotations(block.text, language) if _has_word_outside(block.text, q, marks)]


def _has_word_outside(text: str, quotation: Quotation, marks: list[tuple[int, int]]) -> bool:
    at = quotation.inner_start
    for start, end in marks:
        if end > at and start < quotation.inner_end:
            if _WORD.search(text, at, max(at, start)):
                return True
            at = max(at, end)
    return bool(_WORD.search(text, at, max(at, quotation.inner_end)))


def words_of(seen: Seen) -> dict[str, list[str]]:
    """The pieces printed in a segment of each quote, in order, by the quote's public id."""
    pieces = defaultdict(list)
    for words in seen.block.words:
        if seen.segment.start <= words.start and words.end <= seen.segment.end:
            pieces[words.quote].append(seen.block.text[words.start : words.end])
    return pieces


def misquoted(dossier: Dossier) -> set[str]:
    """The quotes (public ids) of which something else is printed than was said.

    Each segment prints a quote whole, or all segments together do: a quotation over two paragraphs.
    """
    printed: dict[str, list[list[str]]] = defaultdict(list)
    quotes: dict[str, Quote] = {}
    for seen in dossier.segments:
        quotes |= {quote.public_id: quote for quote in seen.quotes}
        for quote, pieces in words_of(seen).items():
            printed[quote].append(pieces)
    return {
        quote
        for quote, segments in printed.items()
        if quote in quotes
        and not all(is_verbatim(pieces, quotes[quote].words) for pieces in segments)
        and not is_verbatim([piece for pieces in segments for piece in pieces], quotes[quote].words)
    }


def absent_from_passage(seen: Seen) -> bool:
    """Whether a source that is said to have a quote's words has another passage. What was said counts, not its
    translation."""
    said = {quote.pk: quote.original or quote.words for quote in seen.quotes}
    return any(
        citation.quote_id in said
        and citation.stance == SUPPORTS
        and citation.carries == Citation.Carries.WORDS
        and citation.exact
        and not stands_in(said[citation.quote_id], citation.exact)
        for citation in seen.citations
    )


def unheard_quotations(text: str, language: str, rested_on: list[Seen]) -> list[str]:
    """The quotations of a headline or standfirst that stand in no quote of the segments it rests on."""
    heard = [quote.words for seen in rested_on for quote in seen.quotes]
    heard += [
        seen.block.text[mark.start : mark.end]
        for seen in rested_on
        for mark in seen.block.dismissed
        if seen.segment.start <= mark.start < seen.segment.end
    ]
    said = [text[q.inner_start : q.inner_end] for q in find_quotations(text, language)]
    return [words for words in said if not any(stands_in(words, other) for other in heard)]
