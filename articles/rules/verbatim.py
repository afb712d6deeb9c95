"""Are the words between quotation marks the words of the quote?

Declared normalising: form of quotation marks, dashes and white space, soft hyphens, ligatures and invisible
characters, Unicode composition; and for a quote one terminal comma or stop inside the closing mark and the case of
its first letter. ``…`` and ``[brackets]`` are marked edits: what stands between them must follow in order. A quote
interrupted by "she went on" is printed in several pieces, which must follow on each other. Nothing else.
"""

import re
import unicodedata

_FORMS = str.maketrans(
    {**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚‹›′", "'"), **dict.fromkeys("‐‑‒–—−", "-")}
    # Not Unicode's compatibility forms, which would also make 10² the same as 102.
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_EDITS = re.compile(r"\[[^\]]{0,200}\]|…|\.\.\.")
# What may stand between the pieces of an interrupted quote.
_JOINTS = " ,.;:-…"


def normalise(text: str) -> str:
    """``text`` with everything folded that a misquote cannot hide in."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_FORMS)
    return _SPACES.sub(" ", text).strip()


def is_verbatim(printed: str | list[str], quote: str) -> bool:
    """Whether ``printed`` (without its quotation marks; pieces in order, if interrupted) is what ``quote`` says.

    Where the printed words have marked edits, what they leave must stand in the quote, in whole words and in order.
    """
    pieces = [normalise(piece) for piece in ([printed] if isinstance(printed, str) else printed)]
    stored = normalise(quote)
    if not all(re.search(r"\w", piece) for piece in pieces) or not pieces:
        return False
    if len(pieces) == 1 and _same_start(_terminal(pieces[0])) == _same_start(_terminal(stored)):
        return True
    if any(_EDITS.search(piece) for piece in pieces):
        return stands_in(" … ".join(pieces), quote)
    return len(pieces) > 1 and _follow_on(pieces, stored)


def stands_in(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text``, in whole words; where they have marked edits, piece by piece in order."""
    text, at = normalise(text), 0
    pieces = [piece.strip(" ,.;") for piece in _EDITS.split(normalise(words))]
    pieces = [piece for piece in pieces if piece]
    for number, wanted in enumerate(pieces):
        found = _find_word(text, wanted, at)
        if found < 0 and number == 0:
            swapped = wanted[:1].swapcase() + wanted[1:]
            found = _find_word(text, swapped, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return bool(pieces)


def _follow_on(pieces: list[str], stored: str) -> bool:
    """Whether the pieces make up all of ``stored``, with nothing but joints between them."""
    rest = _same_start(stored)
    for number, piece in enumerate(pieces):
        wanted = piece.strip(_JOINTS)
        wanted = _same_start(wanted) if number == 0 else wanted
        rest = rest.lstrip(_JOINTS)
        if not rest.startswith(wanted):
            return False
        rest = rest[len(wanted) :]
    return not rest.strip(_JOINTS)


def _same_start(piece: str) -> str:
    return piece[:1].casefold() + piece[1:]


def _terminal(text: str) -> str:
    return text[:-1] if text[-1:] in ".," and text[-2:-1] not in ".," else text


def _find_word(text: str, wanted: str, start: int) -> int:
    """Where ``wanted`` stands in ``text`` as whole words, from ``start``; -1 if nowhere."""
    at = text.find(wanted, start)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return at
        at = text.find(wanted, at + 1)
    return -1
