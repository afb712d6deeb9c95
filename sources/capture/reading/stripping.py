"""Strip a page of its tags, and keep what it says of itself on the way."""

import re

from lxml import etree

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
# Nothing that a reader reads on the page, or nothing of the document.
_UNREAD = frozenset(
    "head title script style template noscript svg math iframe object textarea select nav button".split()
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MOST_SCRIPTS = 20


class Stripped:
    """What a page has in its elements: ``blocks`` of text, its ``title``, ``meta`` values by name (the first of each),
    ``scripts`` of linked data, its ``language``, and the first ``moment`` that a time element gives.

    Told of them by the parser as they come; every start has its end, also where the page forgot it.
    """

    def __init__(self):
        self.blocks: list[str] = []
        self.title = self.language = self.moment = ""
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self._block: list[str] = []
        # How many elements deep within one that is not read.
        self._unread = 0
        self._aside: list[str] | None = None

    def start(self, tag, attributes):
        if self._unread or tag in _UNREAD or _is_hidden(tag, attributes):
            self._unread += 1
        elif tag in _BLOCKS:
            self._end_block()
        elif tag in _CELLS:
            self._block.append(" ")
        self._note(tag, attributes)

    def end(self, tag):
        if self._unread:
            self._unread -= 1
        elif tag in _BLOCKS:
            self._end_block()
        if self._aside is not None and tag in ("title", "script"):
            said, self._aside = "".join(self._aside), None
            if tag == "title":
                self.title = said
            elif len(self.scripts) < _MOST_SCRIPTS:
                self.scripts.append(said)

    def data(self, text):
        if self._aside is not None:
            self._aside.append(text)
        elif not self._unread:
            self._block.append(text)

    def close(self):
        self._end_block()
        return self

    def _note(self, tag, attributes):
        if tag == "html":
            self.language = self.language or attributes.get("lang", "")
        elif tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self.meta.setdefault(name.lower(), attributes.get("content", ""))
        elif tag == "time":
            self.moment = self.moment or attributes.get("datetime", "")
        elif (tag == "title" and not self.title) or (
            tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json"
        ):
            self._aside = []

    def _end_block(self):
        if self._block:
            self.blocks.append("".join(self._block))
            self._block = []


def _is_hidden(tag: str, attributes) -> bool:
    # A whole page is hidden only until its scripts have run.
    if tag in ("html", "body"):
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")[:1000]))


def strip(page: bytes) -> Stripped:
    """``page`` (UTF-8) without its tags. Builds no tree, so that neither depth nor size is a matter."""
    parser = etree.HTMLParser(
        target=Stripped(), encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    parser.feed(page)
    return parser.close()
