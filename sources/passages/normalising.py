"""What makes no difference between two wordings, and nothing else (design, "Passage"; issue 3).

Folded: the form of quotation marks and of dashes, white space, soft hyphens, ligatures, invisible characters, and
Unicode composition. Of a quote, one terminal comma or stop and the case of the first letter besides:
:func:`without_terminal`, :func:`other_start`.
"""

import re
import sys
from collections.abc import Iterator

from sources.passages.composing import compositions
from sources.passages.rewriting import Change, Rewritten

_DOUBLE = "“”„‟«»″〝〞〟❝❞＂"
_SINGLE = "‘’‚‛‹›′`´ʼ❛❜＇\u1fef\u1ffd"
_DASHES = "‐‑‒–—―−⸺⸻﹘﹣－"
_SPACES = (
    "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
)
_PLAIN_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
# Typographic ligatures by name. Not Unicode's compatibility forms, which would also make 10² the same as 102.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Default_Ignorable_Code_Point of the Unicode database (DerivedCoreProperties), and control characters that are no
# white space. Left out: Hangul fillers, which are letters, and what turns the direction of writing (U+202A to U+202E,
# U+2066 to U+2069): with it the same characters are read in another order.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\ufeff\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufe00-\ufe0f"
)
# Of the invisible ones, those that belong to the character before them: variation selectors and tags.
_ATTACHED = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
_LONGER_OR_SHORTER = re.compile(f"[{_INVISIBLE}{''.join(_LIGATURES)}]")
_RUNS = re.compile(f"[{''.join(_LIGATURES)}]|[ {_INVISIBLE}](?:[ {_INVISIBLE}]+|(?<! ))")
# Single and double marks are one form: a quotation inside another takes the other kind. Not after a digit, where
# they may be feet and inches, or the minutes and seconds of a border.
_NO_MEASURE = re.compile(r'"(?<!\d")')
_FORMS = [
    (char, form)
    for chars, form in ((_DOUBLE, '"'), (_SINGLE, "'"), (_DASHES, "-"), (_SPACES, " "))
    for char in chars
]
_PLAIN_FORMS = [("`", "'"), *((char, " ") for char in _PLAIN_SPACES)]


def normalise(text: str) -> str:
    """``text`` with everything folded that a misquote cannot hide in, and no white space at its ends."""
    return Normalised(text).text


class Normalised:
    """A text as :func:`normalise` folds it (``text``), with the way back to ``original``.

    Places count code points. Takes a few milliseconds for a megabyte of prose and at most about a second for one
    that was made to hold it up; never changed once made, so threads may share it.
    """

    __slots__ = ("_start", "_steps", "original", "text")

    def __init__(self, text: str):
        self.original = text
        # Marks, dashes and white space one by one: nothing moves, and str.replace is the fastest there is.
        for char, form in _PLAIN_FORMS if text.isascii() else _PLAIN_FORMS + _FORMS:
            text = text.replace(char, form)
        self._steps = []
        if "  " in text or _LONGER_OR_SHORTER.search(text):
            text = self._rewrite(text, _resized(text))
        if not text.isascii():
            text = self._rewrite(text, compositions(text))
        text = _NO_MEASURE.sub("'", text)
        self._start = len(text) - len(text.lstrip(" "))
        self.text = text.strip(" ")

    def _rewrite(self, text: str, changes: Iterator[Change]) -> str:
        rewritten = Rewritten(text, changes)
        if rewritten.size:
            self._steps.append(rewritten)
        return rewritten.text

    @property
    def size(self) -> int:
        """The bytes it takes in memory, about."""
        texts = sys.getsizeof(self.text) + sys.getsizeof(self.original)
        return texts + sum(step.size for step in self._steps)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the characters from ``start`` to ``end`` (exclusive) of ``text`` stand."""
        start, end = start + self._start, end + self._start
        for step in reversed(self._steps):
            start, end = step.old_start(start), step.old_end(end)
        return start, end

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of ``text`` that lies within ``start`` and ``end`` (exclusive) of the original."""
        for step in self._steps:
            start, end = step.new_start(start), step.new_end(end)
        return self._cut(start, end)

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of ``text`` in which all from ``start`` to ``end`` (exclusive) of the original stands: a letter
        with the accents that follow it is not taken apart."""
        for step in self._steps:
            start, end = step.new_end(start), step.new_start(end)
        return self._cut(start, end)

    def _cut(self, start: int, end: int) -> tuple[int, int]:
        start = min(max(0, start - self._start), len(self.text))
        return start, max(start, min(len(self.text), end - self._start))


def without_terminal(words: str) -> str:
    """Normalised ``words`` less one terminal comma or stop: house styles put it inside the closing mark."""
    return words[:-1] if words[-1:] in (".", ",") and words[-2:-1] not in (".", ",") else words


def other_start(words: str) -> str:
    """Normalised ``words`` with their first letter in the other case; as they are where they begin with none."""
    at = next((at for at, char in enumerate(words) if char.isalnum()), len(words))
    letter = words[at : at + 1]
    other = letter.swapcase()
    # There and back: ß and SS, ſ and s are not two cases of one letter.
    return words[:at] + other + words[at + 1 :] if other.swapcase() == letter else words


def _resized(text: str) -> Iterator[Change]:
    """Runs of white space to one space, ligatures to their letters, invisible characters to nothing."""
    done = 0
    for run in _RUNS.finditer(text):
        start, end = run.span()
        if letters := _LIGATURES.get(run[0]):
            yield start, end, letters
        else:
            at = start
            while at < end and _ATTACHED.match(text, at):
                at += 1
            if at > start > done and text[start - 1] != " ":
                yield start - 1, at, text[start - 1]
                start = at
            if start < end and text[start:end] != " ":
                yield start, end, " " if " " in text[start:end] else ""
        done = end
