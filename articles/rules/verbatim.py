"""Are the words between quotation marks the words of the quote?

Declared normalising: form of quotation marks, dashes and white space, soft hyphens, ligatures and invisible
characters, Unicode composition; and for a quote one terminal comma or stop inside the closing mark and the case of
its first letter. ``…`` and ``[…]`` are marked edits: what stands between them must follow in order. Nothing else.
"""

import re
import unicodedata

_MARKS = str.maketrans({**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚‹›′", "'")})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_EDITS = re.compile(r"\[[^\]]{0,200}\]|…|\.\.\.")


def normalise(text: str) -> str:
    """``text`` with everything folded that a misquote cannot hide in."""
    text = unicodedata.normalize("NFKC", text.replace("…", "\0")).replace("\0", "…")
    text = _INVISIBLE.sub("", text).translate(_MARKS).translate(_DASHES)
    return _SPACES.sub(" ", text).strip()


def _pieces(words: str) -> list[str]:
    return [piece.strip() for piece in _EDITS.split(normalise(words)) if piece.strip(" ,.;")]


def _same_start(piece: str) -> str:
    return piece[:1].casefold() + piece[1:]


def is_verbatim(printed: str, quote: str) -> bool:
    """Whether ``printed`` (without its quotation marks) is what ``quote`` says, as declared above.

    Where either has marked edits, every piece of the printed words must stand in the quote, whole and in order.
    """
    pieces = _pieces(printed)
    stored = normalise(quote)
    if not pieces:
        return False
    if len(pieces) == 1 and not _EDITS.search(normalise(printed)):
        return _same_start(_terminal(pieces[0])) == _same_start(_terminal(stored))
    at = 0
    for piece in pieces:
        wanted = piece.rstrip(",.")
        found = _find_word(stored, wanted, at)
        if found < 0 and at == 0:
            found = _find_word(_same_start(stored), _same_start(wanted), 0)
        if found < 0:
            return False
        at = found + len(wanted)
    return True


def _terminal(text: str) -> str:
    return text[:-1] if text[-1:] in ".," and text[-2:-1] not in ".," else text


def _find_word(text: str, wanted: str, start: int) -> int:
    """Where ``wanted`` stands in ``text`` as whole words, from ``start``; -1 if nowhere."""
    at = text.find(wanted, start)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return at
        at = text.find(wanted, at + 1)
    return -1
