"""Writes a body as the HTML in which it is stored, in the form in which the editor writes it too."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from articles.body.model import Block, Body, Dismissed, Format, Segment, Words

# From the outside in: where marks cross, the inner one is cut in two and comes together again when read.
_NESTING = (Segment, Words, Dismissed, "a", "strong", "em")


def render_html(body: Body) -> str:
    """Return the HTML of a valid body; reading it gives an equal body."""
    return "".join(
        _group(kind, blocks) for kind, blocks in groupby(body.blocks, key=lambda block: block.kind)
    )


def _group(kind: str, blocks: Iterator[Block]) -> str:
    """Return neighbours of one kind: list items as one list, paragraphs of a blockquote as one."""
    if kind in ("ul", "ol"):
        items = "".join(f"<li><p>{_inline(block)}</p></li>" for block in blocks)
        return f"<{kind}>{items}</{kind}>"
    if kind == "blockquote":
        paragraphs = "".join(f"<p>{_inline(block)}</p>" for block in blocks)
        return f"<blockquote>{paragraphs}</blockquote>"
    if kind == "figure":
        return "".join(_figure(block) for block in blocks)
    return "".join(f"<{kind}>{_inline(block)}</{kind}>" for block in blocks)


def _figure(block: Block) -> str:
    figure = block.figure
    said = {"image": figure.image, "rests-on": " ".join(figure.rests_on), "alt": figure.alt}
    names = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items() if value)
    caption = f"<figcaption>{_inline(block)}</figcaption>"
    return f'<figure data-figure="{escape(figure.key)}"{names}>{caption}</figure>'


def _inline(block: Block) -> str:
    """Return the text of a block with its marks as elements, cut only where nesting demands it."""
    bounds: dict[int, list] = {0: [], len(block.text): []}
    for mark in (*block.segments, *block.words, *block.dismissed, *block.formats):
        bounds.setdefault(mark.start, []).append(mark)
        bounds.setdefault(mark.end, [])
    written: list[str] = []
    opened: list = []
    wanted: list = []
    at = 0
    for bound in sorted(bounds):
        written.append(escape(block.text[at:bound], quote=False))
        at = bound
        wanted = sorted((mark for mark in (*wanted, *bounds[bound]) if mark.end > bound), key=_depth)
        kept = 0
        while kept < min(len(opened), len(wanted)) and opened[kept] is wanted[kept]:
            kept += 1
        written += [_end_tag(mark) for mark in reversed(opened[kept:])]
        written += [_start_tag(mark) for mark in wanted[kept:]]
        opened = wanted
    return "".join(written)


def _depth(mark: Segment | Words | Dismissed | Format) -> int:
    return _NESTING.index(mark.tag if isinstance(mark, Format) else type(mark))


def _end_tag(mark: Segment | Words | Dismissed | Format) -> str:
    return f"</{mark.tag}>" if isinstance(mark, Format) else "</span>"


def _start_tag(mark: Segment | Words | Dismissed | Format) -> str:
    match mark:
        case Format(tag="a", href=href):
            return f'<a href="{escape(href or "")}">'
        case Format(tag=tag):
            return f"<{tag}>"
        case Words(quote=quote):
            return f'<span data-words="{escape(quote)}">'
        case Dismissed(reason=reason):
            return f'<span data-dismissed="{escape(reason)}">'
        case Segment():
            rests_on = {"claim": mark.claim, "quotes": " ".join(mark.quotes), "exemption": mark.exemption}
            names = "".join(f' data-{name}="{escape(value)}"' for name, value in rests_on.items() if value)
            return f'<span data-segment="{escape(mark.key)}"{names}>'
