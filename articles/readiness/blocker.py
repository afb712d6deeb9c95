"""One reason why a draft cannot go out."""

from dataclasses import dataclass
from textwrap import shorten

from articles.models import Waiver
from articles.rules.blockers import BLOCKERS
from articles.seen import Seen
from newsroom.core.errors import DomainError

EXCERPT = 60


@dataclass(frozen=True)
class Blocker:
    """One reason, with its place: a segment's key, ``headline``, ``standfirst``, ``byline``, ``source:<id>``,
    ``figure:<key>`` or "".

    ``paragraph`` and ``sentence`` count from 1, None outside the body. ``waiver`` is the one that lets it pass.
    """

    code: str
    place: str
    fingerprint: str
    excerpt: str = ""
    paragraph: int | None = None
    sentence: int | None = None
    waiver: Waiver | None = None

    @property
    def absolute(self) -> bool:
        return BLOCKERS[self.code].absolute

    @property
    def message(self) -> str:
        return str(BLOCKERS[self.code].message)

    @property
    def where(self) -> str:
        """The place in words, for a line of text."""
        return f"paragraph {self.paragraph}, sentence {self.sentence}" if self.paragraph else self.place


class NotReady(DomainError):
    """Publishing was refused; ``blockers`` says why."""

    def __init__(self, blockers: list[Blocker]):
        super().__init__("not_ready", "The article cannot go out; blockers: %(n)d.", n=len(blockers))
        self.blockers = blockers


def excerpt(text: str) -> str:
    """As much of ``text`` as a line has room for, in whole words."""
    return shorten(text, EXCERPT, placeholder=" …")


def at_segment(code: str, seen: Seen, detail: str = "") -> Blocker:
    """A blocker of one segment; ``detail`` stands before its wording: which source, how many of how many."""
    words = excerpt(seen.wording)
    return Blocker(
        code,
        seen.key,
        seen.fingerprint,
        f"{detail} {words}" if detail else words,
        seen.paragraph,
        seen.sentence,
    )
