"""Reads the stored HTML of a body into blocks and marks.

Nothing is trusted: what is not in the allowlist is dropped and its text kept, and what comes back is always
a valid body (`model`), so that stored and pasted HTML are read alike. Marks end with the block in which
they stand. A figure is one that names an image; it ends where its caption does, or where another block begins.
"""

import re

from articles.body.assembly import Assembly, SegmentMark, Style
from articles.body.keys import is_key
from articles.body.model import DISMISSAL_REASONS, Block, Body, Figure, clean_text
from articles.body.rendering import render_html
from articles.body.tags import Tag, tags_and_text
from newsroom.core.errors import DomainError

__all__ = ["MAX_LENGTH", "parse_html", "render_html"]

# A text of 1 MB with a mark on every sentence has about three million characters and ten thousand blocks.
MAX_LENGTH = 4_000_000
MAX_BLOCKS = 50_000
# Elements nested deeper than this are dropped like unknown ones, their text kept.
MAX_DEPTH = 32
MAX_QUOTES = 50
MAX_HREF = 2_000
MAX_FIGURES = 200
MAX_RESTS_ON = 50
# In characters; the editor lets nobody type more.
MAX_ALT = 500

_CONTAINERS = frozenset(("ul", "ol", "blockquote"))
_HEADINGS = frozenset(("h2", "h3"))
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "a": "a", "span": "span"}
# Elements that begin a new line for every reader; the words on their two sides are not of one paragraph.
_BREAKING = re.compile(
    "p|li|div|h[1-6]|section|article|aside|header|footer|main|nav|figure|figcaption|table|caption|thead|tbody|"
    "tfoot|t[rdh]|d[ltd]|pre|hr|address|details|summary|form|fieldset|ul|ol|blockquote"
)
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_EXEMPTION = re.compile(r"[a-z_]{1,40}")
# Browsers drop tabs and read a backslash as a slash, so neither may stand in an address.
_HREF = re.compile(r"(?:https?://[^\s\\/?#]|mailto:[^\s\\@]+@|/(?![/\\]))[^\s\\\x00-\x1f]*", re.IGNORECASE)


def parse_html(html: str) -> Body:
    """Return the body that `html` describes.

    A segment without a proper key, or with one that stood elsewhere before, gets a new key; touching
    stretches of one segment become one. All else depends on the input alone. Raises DomainError
    `body_too_large` above MAX_LENGTH characters, MAX_BLOCKS paragraphs or MAX_FIGURES figures, and nothing else.
    """
    if len(html) > MAX_LENGTH:
        raise DomainError(
            "body_too_large",
            "The body has %(length)s characters of HTML; %(most)s are allowed.",
            length=f"{len(html):,}",
            most=f"{MAX_LENGTH:,}",
        )
    reader = _Reader()
    for piece in tags_and_text(html):
        if isinstance(piece, str):
            reader.text(piece)
        elif piece.closing:
            reader.close(piece.name)
        else:
            reader.open(piece)
    return Body(reader.finish())


class _Reader:
    """Follows the tags: in which block the text stands, and in which marks."""

    def __init__(self):
        self._assembly = Assembly()
        self._blocks: list[Block] = []
        self._containers: list[str] = []
        self._heading: str | None = None
        self._figure: Figure | None = None
        self._figures = 0
        self._inline: list[tuple[str, Style, Style]] = []
        self._style = Style()

    def text(self, text: str) -> None:
        self._assembly.add(text, self._style)

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in _INLINE:
            self._open_inline(_INLINE[name], tag)
        elif name == "br" or (name == "figcaption" and self._figure):
            self.text(" ")
        elif _BREAKING.fullmatch(name):
            self._end_block()
            self._heading = name if name in _HEADINGS else None
            self._figure = _figure_of(tag.attributes()) if name == "figure" else None
            if name in _CONTAINERS and len(self._containers) < MAX_DEPTH:
                self._containers.append(name)

    def close(self, name: str) -> None:
        if name in _INLINE:
            self._close_inline(_INLINE[name])
        elif _BREAKING.fullmatch(name):
            self._end_block()
            self._heading = None
            if name in self._containers:
                while self._containers.pop() != name:
                    pass

    def finish(self) -> tuple[Block, ...]:
        self._end_block()
        return tuple(self._blocks)

    def _end_block(self) -> None:
        block = self._take_block()
        if block is not None:
            if len(self._blocks) == MAX_BLOCKS:
                raise DomainError(
                    "body_too_large",
                    "The body has more than %(most)s paragraphs.",
                    most=f"{MAX_BLOCKS:,}",
                )
            self._blocks.append(block)
        self._inline.clear()
        self._style = Style()

    def _take_block(self) -> Block | None:
        if self._figure is None:
            return self._assembly.take(self._heading or (self._containers[-1] if self._containers else "p"))
        self._figures += 1
        if self._figures > MAX_FIGURES:
            raise DomainError("body_too_large", "The body has more than %(most)d figures.", most=MAX_FIGURES)
        figure, self._figure = self._figure, None
        return self._assembly.take_figure(figure)

    def _open_inline(self, name: str, tag: Tag) -> None:
        if len(self._inline) == MAX_DEPTH:
            return
        change = _style_of(name, tag.attributes() if name in ("a", "span") else {})
        self._inline.append((name, change, self._style))
        self._style = self._style.within(change)

    def _close_inline(self, name: str) -> None:
        """End the innermost element of that name; what was opened inside it goes on, as browsers have it."""
        for place in range(len(self._inline) - 1, -1, -1):
            if self._inline[place][0] == name:
                break
        else:
            return
        self._style = self._inline[place][2]
        still_open = self._inline[place + 1 :]
        del self._inline[place:]
        for inner, change, _ in still_open:
            self._inline.append((inner, change, self._style))
            self._style = self._style.within(change)


def _style_of(name: str, attributes: dict[str, str]) -> Style:
    """Return what one inline element says about its text."""
    if name == "strong":
        return Style(strong=True)
    if name == "em":
        return Style(em=True)
    if name == "a":
        href = attributes.get("href", "").strip()
        return Style(a=href if len(href) <= MAX_HREF and _HREF.fullmatch(href) else None)
    reason = attributes.get("data-dismissed")
    return Style(
        segment=_segment_of(attributes) if "data-segment" in attributes else None,
        words=_matching(_PUBLIC_ID, attributes.get("data-words")),
        dismissed=reason if reason in DISMISSAL_REASONS else None,
    )


def _figure_of(attributes: dict[str, str]) -> Figure | None:
    """Return what a figure's element says; None for one that names no image: its words are a paragraph."""
    image = _matching(_PUBLIC_ID, attributes.get("data-image"))
    if image is None:
        return None
    keys = [key for key in attributes.get("data-rests-on", "").split() if is_key(key)]
    return Figure(
        attributes.get("data-figure", ""),
        image,
        tuple(dict.fromkeys(keys))[:MAX_RESTS_ON],
        clean_text(clean_text(attributes.get("data-alt", ""))[:MAX_ALT]),
    )


def _segment_of(attributes: dict[str, str]) -> SegmentMark:
    quotes = [quote for quote in attributes.get("data-quotes", "").split() if _PUBLIC_ID.fullmatch(quote)]
    return SegmentMark(
        attributes["data-segment"],
        _matching(_PUBLIC_ID, attributes.get("data-claim")),
        tuple(dict.fromkeys(quotes))[:MAX_QUOTES],
        _matching(_EXEMPTION, attributes.get("data-exemption")),
    )


def _matching(form: re.Pattern, value: str | None) -> str | None:
    return value if value is not None and form.fullmatch(value) else None
