"""What a body is made of: blocks of plain text, and marks that point into them.

Offsets count code points of `Block.text`, the end is exclusive. A valid block has clean text
(`clean_text`), and marks that are neither empty nor begin or end with white space; each kind of mark is in
order and without overlap: segments (their keys unique in the whole body), words (each inside one segment),
dismissed (apart from all words), and the formats of each tag, all formats sorted by start, end and tag.
Marks of one kind that touch differ in what they name. Figures have formats alone, and keys unique among figures.
"""

import re
from dataclasses import dataclass

BLOCK_KINDS = ("p", "h2", "h3", "ul", "ol", "blockquote", "figure")
FORMAT_TAGS = ("strong", "em", "a")
DISMISSAL_REASONS = ("title", "term", "scare")

# Everything that some reader of text takes for a line break or a tab; the no-break space is text.
_SPACES = re.compile(r"[\t-\r\x1c-\x20\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text up to where its citations are printed, and what it rests on.

    `claim` and `quotes` are public ids of records; `exemption` is the reason why it needs none.
    """

    start: int
    end: int
    key: str
    claim: str | None = None
    quotes: tuple[str, ...] = ()
    exemption: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words of one quote inside a segment, without quotation marks; `quote` is its public id."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A quotation that is no quote, as a person said, without its marks; `reason` is in DISMISSAL_REASONS."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Format:
    """Emphasis or a link; `tag` is one of FORMAT_TAGS, `href` is set for links alone."""

    start: int
    end: int
    tag: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure shows; `image` is a public id, `key` its address (`#f-<key>`) and identity across editions.

    `rests_on` are keys of segments that its caption rests on; `alt` stands for the image's own unless it is empty.
    """

    key: str
    image: str
    rests_on: tuple[str, ...] = ()
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or paragraph of a blockquote, or a figure; `kind` is one of BLOCK_KINDS.

    Neighbours of one list kind are one list, neighbours of kind `blockquote` one blockquote. `figure` is set for
    figures alone, and `text` is their caption.
    """

    kind: str
    text: str
    segments: tuple[Segment, ...] = ()
    words: tuple[Words, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()
    formats: tuple[Format, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The whole body, its blocks in reading order; none of them is empty, but a figure may have no caption."""

    blocks: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks that people count, and in which sentences stand: all but the figures."""
        return tuple(block for block in self.blocks if block.figure is None)

    @property
    def figures(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.figure is not None)


def single_spaced(text: str) -> str:
    """Return `text` without control characters, each run of spaces, tabs and line breaks as one space."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text))


def clean_text(text: str) -> str:
    """Return `text` as a block may hold it: single-spaced, and without white space at its ends."""
    return single_spaced(text).strip()
