"""What the demo newsroom is to hold, read from the files beside this module."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from newsroom.core.errors import DomainError

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
DOCUMENTS = HERE / "documents"

# Of the words around a passage; as much as tells it from its like.
AROUND = 40


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
    # {"says", "passages": {source: exact words in its document}}
    facts: list[dict] = field(default_factory=list)
    # {"says", and fields of the quote that the text does not tell}
    quotes: list[dict] = field(default_factory=list)
    # {"says", "source", "stance", "passage"}: what disputes a sentence or is context to it.
    besides: list[dict] = field(default_factory=list)
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
    """The sample sources by name: title, publisher, url, published (ISO date or empty), kind, language."""
    return json.loads((HERE / "sources.json").read_text("utf-8"))


@cache
def known_treaties() -> dict[str, dict]:
    """The treaties by slug: title, parties, signed_on (ISO date), signed_at."""
    return json.loads((HERE / "treaties.json").read_text("utf-8"))


@cache
def document(source: str) -> str:
    """The text of the sample document of a source."""
    return (DOCUMENTS / f"{source}.txt").read_text("utf-8")


def passage(source: str, exact: str) -> dict[str, str]:
    """The words ``exact`` in the document of ``source`` with those before and after, as a citation has them.

    Raises DomainError ``passage_not_once`` if they do not stand there exactly once.
    """
    text = document(source)
    if text.count(exact) != 1:
        raise DomainError("passage_not_once", f"Not exactly once in its document: {exact[:80]}", source)
    start = text.index(exact)
    end = start + len(exact)
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    # Whole words: a piece of one at either end would look like a mistake.
    if text[start - len(before) - 1 : start - len(before)].isalnum():
        before = before.partition(" ")[2]
    if text[end + len(after) : end + len(after) + 1].isalnum():
        after = after.rpartition(" ")[0]
    return {"prefix": before, "exact": exact, "suffix": after}
