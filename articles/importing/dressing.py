"""Gives a text that was pasted with its formats back what reading it as numbered text has taken off.

Numbered text has neither headings nor lists, emphasis nor links. What came as HTML is read as such first, its words are
read as numbered text, and the paragraphs that come of them are laid over the blocks they came from.
"""

from dataclasses import replace

from articles.body.model import Block, Body, Format
from articles.importing.markers import TOKEN

# Blocks that may have gone between two that stayed.
LOOKED_AHEAD = 5


def numbered(pasted: Body) -> str:
    """Return the words of ``pasted`` as the import reads them: an item of a numbered list begins with its number."""
    return "\n\n".join(prefix + block.text for prefix, block in _prefixed(pasted))


def dressed(body: Body, pasted: Body) -> Body:
    """Return ``body``, made of the paragraphs of ``numbered(pasted)``, with the kinds and formats of ``pasted``.

    A paragraph that is not found there stays as it is.
    """
    sources, at, blocks = _prefixed(pasted), 0, []
    for block in body.blocks:
        for ahead, (prefix, source) in enumerate(sources[at : at + LOOKED_AHEAD], at + 1):
            places = _places(prefix + source.text, block.text)
            if places is not None:
                block, at = _laid_over(block, prefix, source, places), ahead
                break
        blocks.append(block)
    return Body(tuple(blocks))


def _prefixed(pasted: Body) -> list[tuple[str, Block]]:
    found, number = [], 0
    for block in pasted.paragraphs:
        number = number + 1 if block.kind == "ol" else 0
        found.append((f"{number}. " if number else "", block))
    return found


def _places(source: str, text: str) -> list[int] | None:
    """For each place in ``source``, and its end, the place in ``text``, which is ``source`` without its markers.

    None if it is not. A space may stand in ``text`` where a marker stood.
    """
    markers = {found.start(): found.group() for found in TOKEN.finditer(source)}
    places, at, start = [], 0, 0
    while start < len(source):
        length = 1
        if start in markers and not text.startswith(markers[start], at):
            length = len(markers[start])
            step = 0
        elif source[start] == text[at : at + 1]:
            step = 1
        elif text[at : at + 1] == " " and source[start] == text[at + 1 : at + 2]:
            at, step = at + 1, 1
        elif source[start].isspace():
            step = 0
        else:
            return None
        places += [at] * length
        at, start = at + step, start + length
    return [*places, at] if at == len(text) else None


def _laid_over(block: Block, prefix: str, source: Block, places: list[int]) -> Block:
    """``block`` as ``source`` is: its kind and its formats, and no number before an item of a list."""
    cut = len(prefix) if block.text.startswith(prefix) else 0
    text = block.text[cut:]

    def moved(mark):
        return replace(mark, start=max(mark.start - cut, 0), end=mark.end - cut)

    formats = []
    for each in source.formats:
        start = max(places[len(prefix) + each.start] - cut, 0)
        words = text[start : places[len(prefix) + each.end] - cut]
        start += len(words) - len(words.lstrip())
        if words.strip():
            formats.append(Format(start, start + len(words.strip()), each.tag, each.href))
    return replace(
        block,
        kind=source.kind,
        text=text,
        segments=tuple(map(moved, block.segments)),
        words=tuple(map(moved, block.words)),
        dismissed=tuple(map(moved, block.dismissed)),
        formats=tuple(sorted(formats, key=lambda each: (each.start, each.end, each.tag))),
    )
