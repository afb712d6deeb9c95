"""The body of a document as HTML: blocks with their marks, and after each segment what it rests on."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby
from types import MappingProxyType
from urllib.parse import quote

from django.urls import reverse

from articles.rendering.pages import in_language

# Code points of an archived copy on one page.
PART = 40_000
_WORD = re.compile(r"[^\W_]")
# From the outermost mark to the innermost; a mark that crosses another's end is closed and opened again there.
_DEPTH = {"segment": 0, "a": 1, "words": 2, "strong": 3, "em": 4}
_LISTS = {"ul": ("<ul>", "</ul>"), "ol": ("<ol>", "</ol>"), "blockquote": ("<blockquote>", "</blockquote>")}
PLAIN: Mapping[str, str] = MappingProxyType({})
_INNER = {"ul": "li", "ol": "li", "blockquote": "p"}


def body_html(
    blocks: list[dict],
    after: Mapping[str, str],
    languages: Mapping[str, str],
    figure: Callable[[dict], str],
    segments: Mapping[str, str] = PLAIN,
) -> str:
    """The blocks of a document.

    ``after`` is HTML to print at the end of a segment, by its key; ``languages`` the language of a quote's words, by
    its id, where that is not the article's; ``figure`` makes the HTML of a figure. ``segments`` are the attributes of
    a segment's mark, by its key, where they are more than class and id.
    """
    parts = []
    for kind, neighbours in groupby(blocks, key=lambda block: block["kind"]):
        before, behind = _LISTS.get(kind, ("", ""))
        tag = _INNER.get(kind, kind)
        parts.append(before)
        if kind == "figure":
            parts += map(figure, neighbours)
        else:
            parts += [
                f"<{tag}>{inline_html(block, after, languages, segments)}</{tag}>\n" for block in neighbours
            ]
        parts.append(behind)
    return "".join(parts)


def web_address(url: str | None) -> str:
    """``url`` if a reader's browser may be sent there, else nothing: only the web, never script or file."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def at_passage(url: str, passage: dict, limit: int = 300) -> str:
    """``url`` with a text fragment that opens it at ``passage`` (WICG, URL Fragment Text Directives), or nothing.

    A long passage is named by its first and last words; a short one with the words around it. One term never crosses
    a block, so a passage of several is named by its first and last words too.
    """
    if not web_address(url):
        return ""
    exact = passage["exact"]
    words = exact.split()
    core = _term(exact)
    if len(exact) > limit or "\n" in exact:
        core = f"{_term(' '.join(words[:5]))},{_term(' '.join(words[-5:]))}"
    before, behind = "", ""
    if len(words) <= 3:
        # Whole words only: the outermost of what is stored may be cut.
        before = _term(" ".join(passage["prefix"].split("\n")[-1].split()[-3:]))
        behind = _term(" ".join(passage["suffix"].split("\n")[0].split()[:3]))
    place = f"{before}-,{core}" if _WORD.search(before) else core
    place = f"{place},-{behind}" if _WORD.search(behind) else place
    own = url.partition("#")[2]
    return f"{url.partition('#')[0]}#{own if ':~:' not in own else ''}:~:text={place}"


def at_copy(source: str, snapshot: dict | None, start: int | None, *, language: str = "") -> str:
    """The path of our copy of ``source`` (its public id) at the passage that begins at ``start``, its interface in
    ``language`` of the site's; nothing without a snapshot. Where the copy may not be shown, it leads to what we say of
    it."""
    if not snapshot:
        return ""
    place = reverse("snapshot", args=[source, snapshot["id"]])
    place = in_language(place, language) if language else place
    if start is None:
        return place
    part = start // PART + 1
    further = f"{'&' if '?' in place else '?'}part={part}" if part > 1 else ""
    return f"{place}{further}#p-{start}"


def _term(text: str) -> str:
    # A hyphen is syntax there, and no encoder touches it.
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")


def _link(href: str) -> str:
    """What a link in the text may lead to besides the web: a page of this site, or a letter to somebody."""
    own = href.startswith("/") and not href.startswith("//")
    return href if own or href.lower().startswith("mailto:") else web_address(href)


def inline_html(
    block: dict, after: Mapping[str, str], languages: Mapping[str, str], segments: Mapping[str, str] = PLAIN
) -> str:
    """The text of a block with its marks; arguments as for :func:`body_html`."""
    text = block["text"]
    marks = [mark for mark in block["marks"] if mark["mark"] in _DEPTH]
    starting = defaultdict(list)
    for mark in marks:
        starting[mark["start"]].append(mark)
    cuts = sorted({0, len(text), *starting, *(mark["end"] for mark in marks)})
    parts: list[str] = []
    open_marks: list[dict] = []
    for at, until in zip(cuts, [*cuts[1:], len(text)], strict=True):
        going_on = [mark for mark in open_marks if mark["end"] > at]
        wanted = sorted([*going_on, *starting[at]], key=lambda mark: _DEPTH[mark["mark"]])
        same = 0
        while same < min(len(open_marks), len(wanted)) and open_marks[same] is wanted[same]:
            same += 1
        for mark in reversed(open_marks[same:]):
            parts.append(f"</{_tag(mark)}>")
            if mark["mark"] == "segment":
                parts.append(after.get(mark["key"], ""))
        parts += [_opening(mark, languages, segments) for mark in wanted[same:]]
        parts.append(escape(text[at:until], quote=False))
        open_marks = wanted
    return "".join(parts)


def _tag(mark: dict) -> str:
    return mark["mark"] if mark["mark"] in ("a", "strong", "em") else "span"


def _opening(mark: dict, languages: Mapping[str, str], segments: Mapping[str, str]) -> str:
    match mark["mark"]:
        case "segment":
            own = segments.get(mark["key"]) or f'class="s" id="s-{escape(mark["key"])}"'
            return f"<span {own}>"
        case "words":
            language = languages.get(mark["quote"])
            return f'<span class="words" lang="{escape(language)}">' if language else '<span class="words">'
        case "a":
            url = _link(mark.get("href", ""))
            return f'<a href="{escape(url)}">' if url else "<a>"
        case tag:
            return f"<{tag}>"
