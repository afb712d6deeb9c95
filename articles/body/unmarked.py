"""Text of the body's allowlist that is no story: without segments, quotes and figures."""

from dataclasses import replace

from articles.body.html import parse_html, render_html
from articles.body.model import Body


def unmarked_html(html: str) -> str:
    """What of ``html`` is in the allowlist, as HTML without marks; a figure leaves its caption as a paragraph.

    Raises what :func:`articles.body.html.parse_html` raises.
    """
    blocks = [
        replace(block, kind=block.kind if block.figure is None else "p", **_NOTHING)
        for block in parse_html(html).blocks
        if block.text
    ]
    return render_html(Body(tuple(blocks)))


_NOTHING = {"segments": (), "words": (), "dismissed": (), "figure": None}
