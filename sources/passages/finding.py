"""Find words in a text as whole words."""

import re
import unicodedata

from sources.passages.normalising import Normalised

# Places looked at for one find, less for long words: only a text made to hold it up comes near.
_PATIENCE = 1_500_000
_HYPHENS = "-‐‑﹣－"
_MINUS = "-−–‐‑﹣－"
_IN_NUMBERS = "-.,:/"
# 40 000, as Polish writes it.
_THOUSANDS, _GROUP = re.compile(r"(?<!\d)\d{1,3}\Z"), re.compile(r"\d{3}(?!\d)")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_JOINER = "\u200d"
# Scripts written without spaces between words: every character may begin or end one.
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u9fff"),  # Chinese characters, kana
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


def whole_words(
    text: Normalised, wanted: str, *, start: int = 0, most: int = 1, left: bool = True, right: bool = True
) -> list[int]:
    """The first ``most`` places from ``start`` at which the normalised ``wanted`` stands in ``text``, overlaps too.

    With ``left`` and ``right`` only where a word begins and ends there. None at all if that cannot be told in a
    bounded number of steps.
    """
    found, at, patience = [], text.text.find(wanted, start), _PATIENCE // (len(wanted) + 5)
    while at >= 0 and len(found) < most:
        if (not left or is_edge(text, at)) and (not right or is_edge(text, at + len(wanted))):
            found.append(at)
        patience -= 1
        if patience <= 0:
            return []
        at = text.text.find(wanted, at + 1)
    return found


def is_edge(normalised: Normalised, at: int) -> bool:
    """Whether ``at`` in the normalised text is inside no word, number or character.

    A hyphen or apostrophe between letters is inside a word ("can" does not stand in "can't", nor "nuclear" in
    "non-nuclear"); a point, comma, colon, stroke or dash between digits and the space before three of them are inside
    a number, and so is its minus sign.
    """
    text = normalised.text
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or _one_sign(normalised, at):
        return False
    if _is_unspaced(before) or _is_unspaced(after):
        return True
    if _is_word(before):
        return not (_is_word(after) or (_is_word(text[at + 1 : at + 2]) and _joins(normalised, at)))
    if not _is_word(after):
        return True
    if before == "-" and after.isdecimal() and (at == 1 or text[at - 2] == " "):
        return _original(normalised, at - 1) not in _MINUS
    return not (at > 1 and _is_word(text[at - 2]) and _joins(normalised, at - 1))


def _joins(normalised: Normalised, at: int) -> bool:
    """Whether what stands at ``at``, between two characters of words, makes them one."""
    text = normalised.text
    if text[at - 1].isdecimal() and text[at + 1].isdecimal():
        if text[at] in _IN_NUMBERS:
            return True
        if text[at] == " ":
            return bool(_THOUSANDS.search(text[max(0, at - 4) : at]) and _GROUP.match(text, at + 1))
    return text[at] == "'" or (text[at] == "-" and _original(normalised, at) in _HYPHENS)


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char or " ")[0] == "M"


def _is_unspaced(char: str) -> bool:
    return char > "\u0dff" and any(first <= char <= last for first, last in _UNSPACED)


def _one_sign(normalised: Normalised, at: int) -> bool:
    """Whether ``at`` is inside one sign of several code points: a flag, a skin tone, joined emoji."""
    before, after = normalised.text[at - 1], normalised.text[at]
    if after < "\u2000":
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or _FLAG_LETTERS.fullmatch(before + after):
        return True
    return _original(normalised, at, back=1) == _JOINER


def _original(normalised: Normalised, at: int, back: int = 0) -> str:
    start = normalised.span(at, at + 1)[0] - back
    return normalised.original[start] if start >= 0 else ""
