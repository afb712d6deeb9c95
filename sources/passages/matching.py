"""Where a passage stands in a text, and whether a text has the words of a quote: exactly, or not at all.

Nothing here comes close, moves or guesses (design, "Passage"); what resembles is offered by
:mod:`sources.passages.offering`.
"""

import re
from dataclasses import dataclass

from newsroom.core.errors import DomainError
from sources.passages.finding import is_edge, whole_words
from sources.passages.normalising import Normalised, normalise, other_start, without_terminal

LONGEST_PASSAGE, LONGEST_QUOTE = 5_000, 50_000
# Code points of prefix and of suffix: as Web Annotation advises, and more where that does not tell it from its like.
REACHES = (32, 64, 100, 150, 200)
# The text of an edit says nothing of the source, so a bracket in a bracket is none.
_EDITS = re.compile(r"\[[^\[\]]{0,200}\]|…|\.{3,4}|\. \. \.(?: \.)?")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a source, with those before and after: TextQuoteSelector (W3C Web Annotation, 2017, 4.2.4)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text in code points, ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two marked edits. Not ``whole_start``: its first word is begun by a bracket, ``[T]he``."""

    words: str
    whole_start: bool = True
    whole_end: bool = True


def normalised(text: str | Normalised) -> Normalised:
    """``text``, normalised unless it is."""
    return Normalised(text) if isinstance(text, str) else text


def locate(passage: Passage, text: str | Normalised) -> Span | None:
    """Where ``exact`` stands in the original text, if prefix+exact+suffix, normalised, occurs exactly once.

    None is an orphan. ``exact`` stands as whole words; prefix and suffix may be cut at their outer ends only.
    """
    if not _WORD.search(passage.exact):
        return None
    text, wanted = normalised(text), Normalised(passage.prefix + passage.exact + passage.suffix)
    start, end = wanted.place(len(passage.prefix), len(passage.prefix) + len(passage.exact))
    inner = wanted.text[start:end]
    start, end = end - len(inner.lstrip(" ")), start + len(inner.rstrip(" "))
    places = whole_words(text, wanted.text, most=2, left=not passage.prefix, right=not passage.suffix)
    if len(places) != 1 or not (is_edge(text, places[0] + start) and is_edge(text, places[0] + end)):
        return None
    return Span(*text.span(places[0] + start, places[0] + end))


def passage_at(text: str | Normalised, start: int, end: int) -> Passage:
    """The passage from ``start`` to ``end`` (code points, exclusive) of the original, widened to whole words.

    Prefix and suffix stay in the paragraph and are about 32 characters; where these do not tell it from its like,
    they are longer, 200 at most, and go beyond. :func:`locate` finds it in the same text.

    Raises DomainError ``passage_empty`` for a stretch without words, ``passage_too_long`` above 5,000 code points,
    ``passage_not_unique`` where 200 characters on either side do not tell it from another.
    """
    text = normalised(text)
    if not (0 <= start < end <= len(text.original)) or not _WORD.search(text.original, start, end):
        raise DomainError("passage_empty", "There are no words in what was chosen.", "exact")
    if end - start > LONGEST_PASSAGE:
        raise _too_long()
    first, last = _whole(text, *text.cover(start, end))
    span = Span(*text.span(first, last))
    if span.end - span.start > LONGEST_PASSAGE:
        raise _too_long()
    for beyond in (False, True):
        for reach in REACHES:
            passage = Passage(
                text.original[span.start : span.end],
                _before(text, first, span.start, reach, beyond=beyond),
                _after(text, last, span.end, reach, beyond=beyond),
            )
            if locate(passage, text) == span:
                return passage
    raise DomainError(
        "passage_not_unique", "These words stand in the text more than once. Choose more of them.", "exact"
    )


def _too_long() -> DomainError:
    return DomainError(
        "passage_too_long",
        "A passage has at most %(most)s characters. Choose fewer words.",
        "exact",
        most=f"{LONGEST_PASSAGE:,}",
    )


def _whole(text: Normalised, first: int, last: int) -> tuple[int, int]:
    """The stretch without white space at its ends, and to the edges of its words."""
    while first < last and text.text[first] == " ":
        first += 1
    while first < last and text.text[last - 1] == " ":
        last -= 1
    while last - first <= LONGEST_PASSAGE and not is_edge(text, first):
        first -= 1
    while last - first <= LONGEST_PASSAGE and not is_edge(text, last):
        last += 1
    return first, last


def _before(text: Normalised, first: int, start: int, reach: int, *, beyond: bool) -> str:
    """Up to ``reach`` code points of the original before ``start``, whole words where there are any."""
    floor = max(0, start - reach)
    if not beyond:
        floor = max(floor, text.original.rfind("\n", floor, start) + 1)
    at, _ = text.place(floor, start)
    if at and text.text[at - 1] != " ":
        space = text.text.find(" ", at, first)
        at = space + 1 if space >= 0 else at
        while at < first and not is_edge(text, at):
            at += 1
    return text.original[text.span(at, at + 1)[0] : start] if at < first else ""


def _after(text: Normalised, last: int, end: int, reach: int, *, beyond: bool) -> str:
    ceiling = min(len(text.original), end + reach)
    if not beyond:
        newline = text.original.find("\n", end, ceiling)
        ceiling = newline if newline >= 0 else ceiling
    _, at = text.place(end, ceiling)
    if at < len(text.text) and text.text[at] != " ":
        space = text.text.rfind(" ", last, at)
        at = space if space >= 0 else at
        while at > last and not is_edge(text, at):
            at -= 1
    return text.original[end : text.span(at - 1, at)[1]] if at > last else ""


def has_words(words: str, text: str | Normalised) -> bool:
    """Whether the ``words`` of a quote stand in ``text``; see :func:`span_of_words`."""
    return span_of_words(words, text) is not None


def span_of_words(words: str, text: str | Normalised) -> Span | None:
    """The first place in the original where the ``words`` of a quote stand, in whole words; None if nowhere.

    Where they have marked edits, what these leave must stand there piece by piece, in order; the place is from the
    first to the last. Each piece may have one comma or stop at its end that is not the text's, the first may begin
    with the other case. Words without a letter or digit, or of more than 50,000 code points, stand nowhere.
    """
    if len(words) > LONGEST_QUOTE:
        return None
    text, places = normalised(text), []
    pieces = pieces_of(words)
    for number, piece in enumerate(pieces):
        wordings = {piece.words}
        if number == 0 and piece.whole_start:
            wordings.add(other_start(piece.words))
        start = places[-1][1] if places else 0
        found = [
            at
            for wording in wordings
            for at in whole_words(text, wording, start=start, left=piece.whole_start, right=piece.whole_end)
        ]
        if not found:
            return None
        # The first place leaves most room for the pieces to come.
        places.append((min(found), min(found) + len(piece.words)))
    if not any(_WORD.search(piece.words) for piece in pieces):
        return None
    return Span(*text.span(places[0][0], places[-1][1]))


def is_edited(words: str) -> bool:
    """Whether ``words`` have a marked edit."""
    return bool(_EDITS.search(words))


def pieces_of(words: str) -> list[Piece]:
    """What ``words`` say between their marked edits, normalised, without a terminal comma or stop."""
    words = normalise(words)
    pieces, at, whole_start = [], 0, True
    for edit in _EDITS.finditer(words):
        inside = edit[0][1:-1]
        whole_end = not (words[at : edit.start()][-1:].isalnum() and inside[:1].isalnum())
        pieces.append((words[at : edit.start()], whole_start, whole_end))
        at = edit.end()
        whole_start = not (inside[-1:].isalnum() and words[at : at + 1].isalnum())
    pieces.append((words[at:], whole_start, True))
    trimmed = ((without_terminal(words.strip(" ")).rstrip(" "), *whole) for words, *whole in pieces)
    return [Piece(words, *whole) for words, *whole in trimmed if words]
