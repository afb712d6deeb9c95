"""What the demo newsroom is to hold, read from the files beside this module."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from newsroom.core.errors import DomainError

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
PAGES = HERE / "pages"
DOCUMENTS = HERE / "documents"


@dataclass(frozen=True)
class Plan:
    """One story and how far it travels.

    ``stage`` is ``draft``, ``fact_check``, ``review``, ``approved``, ``published``, ``scheduled`` or ``archive``.
    ``hours_ago`` is when it comes in, counted back from the loading. Sentences and quotes are named by the words they
    begin with (``says``), sources by their name in ``sources.json``; ``sources`` are in the order of the numbers of
    the text.
    """

    name: str
    stage: str
    hours_ago: int
    language: str
    headline: str
    sources: list[str]
    slug: str = ""
    standfirst: str = ""
    headline_rests_on: list[str] = field(default_factory=list)
    standfirst_rests_on: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    treaties: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    # {"says", "passages": {source: exact words in its document}, "places": {source: page, article and the like}}
    facts: list[dict] = field(default_factory=list)
    # {"says", and fields of the quote that the text does not tell}
    quotes: list[dict] = field(default_factory=list)
    # {"says", "source", "stance", "passage"}: what disputes a sentence or is context to it.
    besides: list[dict] = field(default_factory=list)
    # {"drawn", "before", "caption", "rests_on", "alt", "credit", "usage_terms"}: which of articles.demo.pictures, ahead
    # of the paragraph that begins with "before", and the beginnings of what its caption rests on.
    pictures: list[dict] = field(default_factory=list)
    # {"says", "reason", "note"} and {"says", "code", "reason"}
    exempt: list[dict] = field(default_factory=list)
    waive: list[dict] = field(default_factory=list)
    # {"says", "note"}: checked, and unsure. And the beginnings of what nobody checks.
    doubts: list[dict] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    # {"hours_ago", "note", "says", "passages"}: the second edition's new last paragraph, one sentence.
    update: dict | None = None
    # ISO date, of an archive story.
    published_on: str = ""

    @property
    def text(self) -> bytes:
        return (TEXTS / f"{self.name}.txt").read_bytes()


def plans() -> list[Plan]:
    """Every story, the one that comes in first first."""
    found = [Plan(name=path.stem, **json.loads(path.read_text("utf-8"))) for path in TEXTS.glob("*.json")]
    return sorted(found, key=lambda plan: -plan.hours_ago)


@cache
def known_sources() -> dict[str, dict[str, str]]:
    """The sample sources by name: title, publisher, url, published (ISO date or empty), kind, language; and of one
    that copies from another, ``copies``: ``of`` which and ``how``."""
    return json.loads((HERE / "sources.json").read_text("utf-8"))


@cache
def known_treaties() -> dict[str, dict]:
    """The treaties by slug: title, parties, signed_on (ISO date), signed_at."""
    return json.loads((HERE / "treaties.json").read_text("utf-8"))


@cache
def document(source: str) -> str:
    """The text of the sample document of a source."""
    return (DOCUMENTS / f"{source}.txt").read_text("utf-8")


def place_in(text: str, exact: str) -> tuple[int, int]:
    """Where the words ``exact`` begin and end in ``text``: a plan names a passage without its neighbours.

    Raises DomainError ``passage_not_once`` if they do not stand there exactly once.
    """
    if text.count(exact) != 1:
        raise DomainError("passage_not_once", f"Not exactly once in its document: {exact[:80]}")
    start = text.index(exact)
    return start, start + len(exact)


def pages() -> dict[tuple[str, str], tuple[str, str]]:
    """By subject and language, title and text of what the newsroom says of itself."""
    found = {}
    for file in sorted(PAGES.glob("*.html")):
        subject, language = file.stem.rsplit(".", 1)
        heading, body = file.read_text(encoding="utf-8").split("\n", 1)
        found[subject, language] = heading.removeprefix("<h1>").removesuffix("</h1>"), body
    return found
