"""Are the words between quotation marks the words of the quote?

What makes no difference is declared in :mod:`sources.passages.normalising`; ``…`` and ``[brackets]`` are marked
edits: what stands between them must follow in order. A quote interrupted by "she went on" is printed in several
pieces, which must follow on each other. Nothing else.
"""

import re

from sources.passages.matching import has_words, is_edited
from sources.passages.normalising import normalise, other_start, without_terminal

# What may stand between the pieces of an interrupted quote.
_JOINTS = " ,.;:-…"


def is_verbatim(printed: str | list[str], quote: str) -> bool:
    """Whether ``printed`` (without its quotation marks; pieces in order, if interrupted) is what ``quote`` says.

    Where the printed words have marked edits, what they leave must stand in the quote, in whole words and in order.
    """
    pieces = [normalise(piece) for piece in ([printed] if isinstance(printed, str) else printed)]
    stored = normalise(quote)
    if not all(re.search(r"\w", piece) for piece in pieces) or not pieces:
        return False
    if len(pieces) == 1 and without_terminal(pieces[0]) in _starts(without_terminal(stored)):
        return True
    if any(is_edited(piece) for piece in pieces):
        return has_words(" … ".join(pieces), quote)
    return len(pieces) > 1 and any(_follow_on(pieces, start) for start in _starts(stored))


def _starts(words: str) -> tuple[str, str]:
    """``words`` with either case of their first letter."""
    return words, other_start(words)


def _follow_on(pieces: list[str], stored: str) -> bool:
    """Whether the pieces make up all of ``stored``, with nothing but joints between them."""
    for piece in pieces:
        wanted = piece.strip(_JOINTS)
        stored = stored.lstrip(_JOINTS)
        if not stored.startswith(wanted):
            return False
        stored = stored[len(wanted) :]
    return not stored.strip(_JOINTS)
