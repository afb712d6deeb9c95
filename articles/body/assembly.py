"""Puts one block together from pieces of text that each came with their own marks."""

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter, eq
from typing import Any, NamedTuple

from articles.body.keys import is_key, new_key
from articles.body.model import FORMAT_TAGS, Block, Dismissed, Figure, Format, Segment, Words, single_spaced


class SegmentMark(NamedTuple):
    """What a segment's element says; `key` as found, proper or not."""

    key: str
    claim: str | None
    quotes: tuple[str, ...]
    exemption: str | None


class Style(NamedTuple):
    """What the elements around a piece of text say about it; `a` is the address of a link."""

    segment: SegmentMark | None = None
    words: str | None = None
    dismissed: str | None = None
    a: str | None = None
    strong: bool | None = None
    em: bool | None = None

    def within(self, inner: "Style") -> "Style":
        """Return the style of text in an element that says `inner`, inside one that says this."""
        return Style(
            inner.segment or self.segment,
            inner.words or self.words,
            inner.dismissed or self.dismissed,
            inner.a or self.a,
            inner.strong or self.strong,
            inner.em or self.em,
        )


class _Stretch(NamedTuple):
    start: int
    end: int
    value: Any


_Styled = list[tuple[int, int, Style]]


class Assembly:
    """Collects the pieces of one block after the other; a key of a segment or figure is used once in all of them."""

    def __init__(self):
        self._pieces: list[tuple[str, Style]] = []
        self._keys: set[str] = set()
        self._figures: set[str] = set()

    def add(self, text: str, style: Style) -> None:
        """Add a piece of text to the block that is being collected."""
        self._pieces.append((text, style))

    def take(self, kind: str) -> Block | None:
        """Return the block collected and begin the next; None when there is nothing but white space in it."""
        pieces, self._pieces = self._pieces, []
        text, styled = _joined(pieces)
        if not text:
            return None
        segments = _stretches(text, styled, attrgetter("segment"), same=_same_key, bridging=True)
        words = _stretches(text, styled, _words)
        return Block(
            kind,
            text,
            tuple(self._segment(*stretch) for stretch in segments),
            tuple(Words(start, end, quote) for start, end, (quote, _) in words),
            tuple(Dismissed(*stretch) for stretch in _stretches(text, styled, _dismissed)),
            _formats(text, styled),
        )

    def take_figure(self, figure: Figure) -> Block:
        """Return the figure whose caption was collected and begin the next block; no mark but formats is kept."""
        pieces, self._pieces = self._pieces, []
        text, styled = _joined(pieces)
        if not is_key(figure.key) or figure.key in self._figures:
            figure = replace(figure, key=new_key())
        self._figures.add(figure.key)
        return Block("figure", text, formats=_formats(text, styled), figure=figure)

    def _segment(self, start: int, end: int, mark: SegmentMark) -> Segment:
        key = mark.key if is_key(mark.key) and mark.key not in self._keys else new_key()
        self._keys.add(key)
        return Segment(start, end, key, mark.claim, mark.quotes, mark.exemption)


def _joined(pieces: list[tuple[str, Style]]) -> tuple[str, _Styled]:
    """Return the clean text of the pieces together, and the style of each stretch of it."""
    texts: list[str] = []
    styled: _Styled = []
    length, spaced = 0, True
    for piece, style in pieces:
        text = single_spaced(piece)
        if spaced and text[:1] == " ":
            text = text[1:]
        if text:
            texts.append(text)
            styled.append((length, length + len(text), style))
            length += len(text)
            spaced = text[-1] == " "
    joined = "".join(texts)
    cut = len(joined) - len(joined.lstrip())
    clean = joined.strip()
    bounded = ((max(start - cut, 0), min(end - cut, len(clean)), style) for start, end, style in styled)
    return clean, [stretch for stretch in bounded if stretch[0] < stretch[1]]


def _stretches(
    text: str,
    styled: _Styled,
    value_of: Callable[[Style], Any],
    *,
    same: Callable[[Any, Any], bool] = eq,
    bridging: bool = False,
) -> list[_Stretch]:
    """Return where a value holds, without white space at the ends; stretches of one value that touch are one.

    With `bridging`, those with nothing but white space between them are one as well.
    """
    found: list[_Stretch] = []
    for start, end, style in styled:
        value = value_of(style)
        if value is None:
            continue
        last = found[-1] if found else None
        if last and same(last.value, value) and _touch(text, last.end, start, bridging):
            found[-1] = last._replace(end=end)
        else:
            found.append(_Stretch(start, end, value))
    return [trimmed for stretch in found if (trimmed := _trimmed(text, stretch))]


def _touch(text: str, end: int, start: int, bridging: bool) -> bool:
    return end == start or (bridging and text[end:start].isspace())


def _trimmed(text: str, stretch: _Stretch) -> _Stretch | None:
    inner = text[stretch.start : stretch.end]
    start = stretch.start + len(inner) - len(inner.lstrip())
    end = stretch.start + len(inner.rstrip())
    return stretch._replace(start=start, end=end) if start < end else None


def _same_key(one: SegmentMark, other: SegmentMark) -> bool:
    return one.key == other.key


def _words(style: Style) -> tuple[str, str] | None:
    return (style.words, style.segment.key) if style.words and style.segment else None


def _dismissed(style: Style) -> str | None:
    return style.dismissed if _words(style) is None else None


def _formats(text: str, styled: _Styled) -> tuple[Format, ...]:
    formats = [
        Format(start, end, tag, value if tag == "a" else None)
        for tag in FORMAT_TAGS
        for start, end, value in _stretches(text, styled, attrgetter(tag))
    ]
    return tuple(sorted(formats, key=attrgetter("start", "end", "tag")))
