"""An origin tree drawn as SVG for pages, and the same as a nested list for who cannot see it.

Colours are the page's own (currentColor), so it stands on light and dark alike. No styles and no links are in it: a
strict policy for content lets it be, and what can be followed is in the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Source
from sources.origins.chains import Node, Tree

# In units of the picture, which scales with its place.
_WIDTH, _ROW, _INDENT, _MARGIN = 720, 30, 26, 14
# About the width of a letter at the size drawn.
_LETTER = 7.5
# Deeper ones are drawn no further to the right.
_DEEPEST = 12

# What XML 1.0 cannot hold, escaped or not: it would break the picture as a document of its own.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One source of the tree as text. ``how`` says how it derives from the one above; empty for the origin."""

    source: Source
    text: str
    how: str
    here: bool
    below: list["Entry"]


@dataclass(frozen=True)
class _Place:
    """Where an entry is drawn; ``above`` is the line of the entry it derives from."""

    entry: Entry
    depth: int
    line: int
    above: int | None


def outline_of(tree: Tree, about: Source) -> Entry:
    """The tree as nested entries, to be written as a list; ``here`` marks ``about``."""
    return _entry(tree.root, about)


def picture_of(tree: Tree, about: Source) -> SafeString:
    """The tree as one ``<svg>`` element, with ``about`` standing out; well-formed XML, every text escaped.

    It has role, title and description of its own. Their ids hold the public id of ``about``: on one page there can
    be pictures about several sources.
    """
    places = _places(outline_of(tree, about))
    rows = len(places) + bool(tree.left_out)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" class="origin-tree" viewBox="0 0 {} {}"'
        ' aria-labelledby="{key}-title {key}-text" font-size="14" fill="currentColor" stroke="none">'
        '<title id="{key}-title">{}</title><desc id="{key}-text">{}</desc>{}{}{}</svg>',
        _WIDTH,
        rows * _ROW + 2 * _MARGIN,
        _("Origin tree"),
        _told(tree, places),
        format_html_join("", '<path d="{}" fill="none" stroke="currentColor"/>', _lines(places)),
        format_html_join("", "<g>{}{}</g>", ((_dot(place), _label(place)) for place in places)),
        _rest(tree, len(places)),
        key=f"origins-{about.public_id}",
    )


def _entry(node: Node, about: Source) -> Entry:
    source = node.source
    named = f"{source.publisher}: {source}" if source.publisher else str(source)
    return Entry(
        source=source,
        text=_NO_XML.sub("\N{REPLACEMENT CHARACTER}", named),
        how=source.get_derivation_display() if source.derives_from_id else "",
        here=source.pk == about.pk,
        below=[_entry(below, about) for below in node.below],
    )


def _places(origin: Entry) -> list[_Place]:
    """Each entry on a line of its own, what derives from it right below."""
    places, waiting = [], [(origin, 0, None)]
    while waiting:
        entry, depth, above = waiting.pop()
        place = _Place(entry, min(depth, _DEEPEST), len(places), above)
        places.append(place)
        waiting += [(below, depth + 1, place.line) for below in reversed(entry.below)]
    return places


def _x(place: _Place) -> int:
    return _MARGIN + place.depth * _INDENT


def _y(line: int) -> int:
    return _MARGIN + line * _ROW + _ROW // 2


def _lines(places: list[_Place]) -> Iterator[tuple[str]]:
    """From each entry up to the one it derives from, and across."""
    for place in places:
        if place.above is not None:
            x = _x(places[place.above])
            yield (f"M{x} {_y(place.above)}V{_y(place.line)}H{_x(place)}",)


def _dot(place: _Place) -> SafeString:
    radius = 6 if place.entry.here else 4
    return format_html('<circle cx="{}" cy="{}" r="{}"/>', _x(place), _y(place.line), radius)


def _label(place: _Place) -> SafeString:
    entry, x = place.entry, _x(place) + 12
    how = f" ({entry.how})" if entry.how else ""
    return format_html(
        '<text x="{}" y="{}"{}>{}</text>',
        x,
        _y(place.line) + 5,
        format_html(' font-weight="{}"', "bold") if entry.here else "",
        _cut(entry.text, int((_WIDTH - x) / _LETTER) - len(how)) + how,
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _rest(tree: Tree, line: int) -> SafeString | str:
    if not tree.left_out:
        return ""
    return format_html('<text x="{}" y="{}">{}</text>', _MARGIN, _y(line) + 5, _more(tree))


def _more(tree: Tree) -> str:
    return ngettext("and %(count)d more", "and %(count)d more", tree.left_out) % {"count": tree.left_out}


def _told(tree: Tree, places: list[_Place]) -> str:
    """The picture in a sentence or two; the whole of it is in the list beside."""
    origin, copies = places[0].entry.text, len(places) - 1 + tree.left_out
    if not copies:
        return _("%(origin)s derives from no known source, and none from it.") % {"origin": origin}
    return ngettext(
        "%(count)d source derives from %(origin)s.", "%(count)d sources derive from %(origin)s.", copies
    ) % {"count": copies, "origin": origin}
