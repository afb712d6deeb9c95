"""Cuts a paragraph into words and punctuation, with each quotation as one opaque token.

The words inside a quotation never say who speaks them, and names in them are nobody's mention.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.body.quotations import Quotation

QUOTED = '"'
SENTENCE_END = "\n"
DASHES = frozenset("–—")
STOPS = frozenset(".!?…")

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mrs?|Ms|Dr|Gen|Col|Lt|Prof|Sen|Rep|Gov|Rev|gen|prof|dr|hab|płk|ppłk|mjr|kpt|adm|ks|min|inż)\."
    r"|[^\W\d_]\.(?=\s[^\W\d_])"  # an initial
    r"|[^\W\d_](?:\w|[’'–-](?=\w))*"
    r"|\d\S*\b"
    r"|[,;:.!?…()–—]"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a paragraph, as lists of equal length.

    `words` are as written, `lower` in small letters with a straight apostrophe; QUOTED stands for a quotation,
    SENTENCE_END for the place between two sentences. `starts` and `ends` are offsets into the paragraph.
    `quoted` gives for each quotation the index of its token.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    quoted: list[int]


def cut(text: str, sentences: Sequence[tuple[int, int]], quotations: Sequence[Quotation]) -> Tokens:
    """Return the tokens of `text`; `sentences` tile it, `quotations` are its outermost ones, both in order."""
    tokens = Tokens([], [], [], [], [])
    breaks = [start for start, _ in sentences[1:]]
    taken = at = 0
    for quotation in [*quotations, None]:
        end = quotation.start if quotation else len(text)
        while taken < len(breaks) and breaks[taken] <= end:
            _cut_plain(text, at, breaks[taken], tokens)
            _append(tokens, SENTENCE_END, SENTENCE_END, breaks[taken], breaks[taken])
            at = max(at, breaks[taken])
            taken += 1
        _cut_plain(text, at, end, tokens)
        if quotation:
            tokens.quoted.append(len(tokens.words))
            _append(tokens, QUOTED, QUOTED, quotation.start, quotation.end)
            at = quotation.end
            while taken < len(breaks) and breaks[taken] < at:
                taken += 1
    return tokens


def _cut_plain(text: str, start: int, end: int, tokens: Tokens) -> None:
    words, lower, starts, ends = tokens.words, tokens.lower, tokens.starts, tokens.ends
    for found in _TOKEN.finditer(text, start, end):
        word = found[0]
        words.append(word)
        lower.append(word.lower().replace("’", "'"))
        starts.append(found.start())
        ends.append(found.end())


def _append(tokens: Tokens, word: str, lower: str, start: int, end: int) -> None:
    tokens.words.append(word)
    tokens.lower.append(lower)
    tokens.starts.append(start)
    tokens.ends.append(end)
