"""Read a page as a browser would, well enough for questions about links, names and text."""

from html.parser import HTMLParser

from articles.rendering.article import article_html
from articles.rendering.entries import Shown
from tests.articles.rendering.documents import Draft, shown

VOID = {"meta", "link", "br", "hr", "img", "input", "source"}


class Element:
    def __init__(self, tag: str, attributes: dict, parent: "Element | None"):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.parts: list[Element | str] = []

    def __getitem__(self, name: str):
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, tag: str = "", **attributes) -> "list[Element]":
        """Every element below with this tag and these attributes (``class_`` must be one of the classes)."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                if (not tag or part.tag == tag) and all(part._has(*pair) for pair in attributes.items()):
                    found.append(part)
                found += part.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes) -> "Element":
        (element,) = self.all(tag, **attributes)
        return element

    def _has(self, name: str, value: str) -> bool:
        if name == "class_":
            return value in (self["class"] or "").split()
        return self[name.rstrip("_")] == value


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.at = Element("", {}, None)

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice on {tag}"
        element = Element(tag, dict(attrs), self.at)
        self.at.parts.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.parts.append(data)


def read(html: str) -> Element:
    """The elements of ``html``; fails where one is closed that is not open."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.at is builder.root, f"<{builder.at.tag}> is never closed"
    return builder.root


def page(draft: Draft, when: Shown | None = None, **document) -> Element:
    """The article's page of ``draft``; further arguments as for ``Draft.document``."""
    return read(article_html(draft.document(**document), when or shown()))
