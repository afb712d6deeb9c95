"""Where the words of a search stand in a text, for people to see: whatever their case, accents and endings."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from newsroom.core.finding import words_in

# Characters before and after what was found, and of a text that has none of the words.
AROUND = 90
# Of a word in one text.
MOST_PLACES = 50
# Letters of a word's end that may differ, and that are left of it at least: negotiations, negotiation.
ENDING = 3
STEM = 4
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans("łøđħıŀŧ", "lodhilt")


class _Folding(dict):
    """Each character as one plain small one, so that places in the folded text are places in the text."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFD", character)[0].lower().translate(_PLAIN)
        folded = plain if len(plain) == 1 else character
        self[code] = folded
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True)
class Excerpt:
    """``before``, ``found`` and ``after`` are what stands in a text, one after the other; ``found`` may be empty."""

    before: str
    found: str
    after: str


def folded(text: str) -> str:
    """``text`` in small letters without accents, character by character."""
    return text.translate(_FOLDING)


def first_place(words: str, text: str) -> tuple[int, int] | None:
    """Where ``words`` first stand in ``text``, whatever parts them; else the rarest of them."""
    tokens = [folded(word) for word in words_in(words)]
    if not tokens:
        return None
    plain = folded(text)
    if found := re.search(r"\b" + r"\W+".join(map(re.escape, tokens)), plain):
        return found.span()
    return min(filter(None, (_places(token, plain) for token in tokens)), key=len, default=[None])[0]


def _places(token: str, plain: str) -> list[tuple[int, int]]:
    for beginning in dict.fromkeys((token, token[: max(STEM, len(token) - ENDING)])):
        found = re.finditer(rf"\b{re.escape(beginning)}\w{{0,{ENDING if beginning != token else 0}}}", plain)
        if spans := [match.span() for match in islice(found, MOST_PLACES)]:
            return spans
    return []


def excerpt(words: str, text: str) -> Excerpt:
    """What stands around the first place of ``words`` in ``text``; the beginning of the text if they do not."""
    start, end = first_place(words, text) or (0, 0)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return Excerpt(before, text[start:end], after)
