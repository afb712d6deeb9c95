"""Hold what stands between quotation marks in a draft against the quotes it names."""

from articles.body.model import Block
from articles.body.quotations import Quotation, find_quotations
from articles.dossier import Seen
from articles.models import Quote
from articles.rules.verbatim import is_verbatim


def undecided_quotations(block: Block, language: str) -> list[Quotation]:
    """The quotations of a block that are neither words of a quote nor dismissed by a person."""
    decided = [(mark.start, mark.end) for mark in (*block.words, *block.dismissed)]
    return [
        quotation
        for quotation in find_quotations(block.text, language)
        if not any(start < quotation.inner_end and quotation.inner_start < end for start, end in decided)
    ]


def misquoted(seen: Seen) -> list[Quote]:
    """The quotes of a segment of which something else is printed than was said."""
    return [
        quote
        for quote in seen.quotes
        for words in seen.block.words
        if words.quote == quote.public_id
        and seen.segment.start <= words.start
        and words.end <= seen.segment.end
        and not _stands_in(seen.block.text[words.start : words.end], quote.words)
    ]


def _stands_in(printed: str, said: str) -> bool:
    """Whether ``printed`` is the quote or, being one of several pieces, stands in it whole."""
    return is_verbatim(printed, said) or is_verbatim(f"{printed} …", said)
