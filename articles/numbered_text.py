"""Writes a body as numbered text, the exchange format: plain paragraphs with the numbers of their sources.

What is read by `articles.importing` and written here again comes out in canonical form (`design.md`, The body).
"""

from collections.abc import Mapping, Sequence

from articles.body.model import Block, Body


def write(body: Body, groups: Mapping[str, Sequence[int]], *, final_newline: bool) -> str:
    """Return `body` as text, each segment's group ` [1, 2]` at its end.

    `groups` maps segment keys to numbers, in any order; a segment without numbers gets no group. Headings, list
    items and quoted paragraphs are written as paragraphs, and figures left out: the format has nothing else.
    """
    text = "\n\n".join(_paragraph(block, groups) for block in body.paragraphs)
    return text + "\n" if final_newline else text


def _paragraph(block: Block, groups: Mapping[str, Sequence[int]]) -> str:
    pieces, done = [], 0
    for segment in block.segments:
        numbers = groups.get(segment.key)
        if numbers:
            pieces += [block.text[done : segment.end], " [", ", ".join(map(str, sorted(numbers))), "]"]
            done = segment.end
    return "".join([*pieces, block.text[done:]])
