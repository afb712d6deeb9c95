"""Cuts HTML into tags and text, whatever its state.

The parser of the standard library takes quadratic time on broken markup, and which elements it takes for
raw text depends on its patch release. This one is a single expression in which a tag never reaches beyond
the next `<`, so its time is linear; it need not understand more than a body may hold, since what is written
back is written anew.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_MARKUP = re.compile(
    r"""<(?:
        (?P<hidden>script|style)\b[^<>]*+>.*?(?:</(?P=hidden)\s*+>|\Z)  # with all its text
        | !--.*?(?:-->|\Z)
        | [!?][^<>]*+>
        | (?P<slash>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<rest>(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+)>
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])([a-z][a-z-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
# Python refuses to read a number of thousands of digits; no character has one of eight.
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{8,});?", re.IGNORECASE)


class Tag(NamedTuple):
    """A start or end tag; `name` in lower case, `rest` what stands between the name and `>`."""

    name: str
    closing: bool
    rest: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes that have a value, names in lower case; the first of a name counts."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.rest):
            found.setdefault(name.lower(), _resolved(double or single or bare))
        return found


def tags_and_text(html: str) -> Iterator[Tag | str]:
    """Yield the tags and the texts between them in order, character references resolved.

    Comments, declarations, scripts and style sheets are left out; a `<` that begins no tag is text.
    """
    at = 0
    for markup in _MARKUP.finditer(html):
        if markup.start() > at:
            yield _resolved(html[at : markup.start()])
        at = markup.end()
        if markup["name"]:
            yield Tag(markup["name"].lower(), bool(markup["slash"]), markup["rest"])
    if at < len(html):
        yield _resolved(html[at:])


def _resolved(text: str) -> str:
    """Return the text with its character references resolved; a number that is too long is no character."""
    return unescape(_ENDLESS_NUMBER.sub("\ufffd", text))
