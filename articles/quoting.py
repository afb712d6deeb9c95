"""Hold what stands between quotation marks in a draft against the quotes it names."""

import re
from collections import Counter, defaultdict

from articles.body.model import Block
from articles.body.quotations import Quotation, find_quotations
from articles.dossier import Dossier
from articles.matching import carries_words
from articles.models import Quote
from articles.rules.verbatim import is_verbatim
from articles.seen import Seen
from sources.passages.matching import has_words

_WORD = re.compile(r"\w")
# As people count them: "twenty-five" and "isn't" are one word each.
_COUNTED = re.compile(r"\w+(?:['’-]\w+)*")


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


def words_printed(dossier: Dossier) -> Counter[int]:
    """How many words of each source (row id) the article prints: what its allowance is held against (N26).

    Of a quote, to each source that has its words, every time it stands in the text, translations included; of a
    claim the words of its passages, which stand in the list of sources. Where the passage of a quote or its original
    is longer than what is printed, that counts instead: it stands there too.
    """
    in_text: Counter[int] = Counter()
    for seen in dossier.segments:
        pieces = words_of(seen)
        for quote in seen.quotes:
            in_text[quote.pk] += _count(" ".join(pieces.get(quote.public_id, ())))
    longest: dict[tuple, int] = {}
    for citation in dossier.citations:
        printed = _count(citation.exact)
        if carries_words(citation):
            key = (citation.source_id, citation.quote_id)
            printed = max(printed, in_text[citation.quote_id], _count(citation.quote.original))
        else:
            key = (citation.source_id, citation.exact)
        longest[key] = max(printed, longest.get(key, 0))
    counted: Counter[int] = Counter()
    for (source, _), printed in longest.items():
        counted[source] += printed
    return counted


def _count(text: str) -> int:
    return len(_COUNTED.findall(text))


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
    return [words for words in said if not any(has_words(words, other) for other in heard)]
