"""How the desk shows what a draft rests on: each citation with its states kept apart, each source with its archive."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.admin.passage_page import passage_address
from articles.citation_states import CitationState, citation_states
from articles.dossier import Dossier
from articles.models import Citation
from articles.seen import SUPPORTS
from sources.models import Capture, Snapshot, Source
from sources.standing import SourceState, state_of

REACHABLE = {
    "yes": _("reachable"),
    "no": _("not reachable"),
    "unknown": _("not fetched"),
    "waiting": _("being fetched…"),
}
HAS_WORDS = {
    "yes": _("has the words"),
    "no": _("does not have the words"),
    "by_eye": _("words seen by eye"),
    "unknown": _("words not compared"),
}
HAS_PASSAGE = {
    "yes": _("passage stands"),
    "no": _("passage is an orphan"),
    "by_eye": _("passage seen by eye"),
    "unknown": _("no passage"),
}
SUPPORTING = {"yes": _("supports"), "no": _("checked: does not say this"), "unset": _("support not checked")}


@dataclass(frozen=True)
class Cited:
    """A citation with the number its source will be printed with, and what is known of it."""

    number: int
    citation: Citation
    known: CitationState
    source_state: SourceState
    passage: str
    # Whether its source is in the queue to be captured.
    is_waited_for: bool = False

    @property
    def states(self) -> list[tuple[str, str, str]]:
        """(which, state, label): each by itself, for a link that works says nothing of what the page says."""
        citation = self.citation
        contains = HAS_WORDS if citation.carries == Citation.Carries.WORDS else HAS_PASSAGE
        told = []
        if not citation.source.confidential:
            reachable = "waiting" if self.is_waited_for else self.known.reachable
            told += [
                ("reachable", reachable, REACHABLE[reachable]),
                ("contains", self.known.contains, contains[self.known.contains]),
            ]
        if citation.stance == SUPPORTS:
            told.append(("supports", self.known.supports, SUPPORTING[self.known.supports]))
        return told


@dataclass(frozen=True)
class Archived:
    """What is archived of a source: ``snapshot`` is what stands for it, ``waiting`` and ``failed`` its last capture."""

    snapshot: Snapshot | None
    waiting: Capture | None
    failed: Capture | None


class Evidence:
    """The citations and sources of one draft. The number of queries does not grow with it."""

    def __init__(self, dossier: Dossier):
        self.dossier = dossier
        self._states = citation_states(dossier)
        last = Capture.objects.filter(source__in=dossier.numbers).order_by("source_id", "-pk")
        self._last = {capture.source_id: capture for capture in last.distinct("source_id")}

    def cited(self, citation: Citation, key: str) -> Cited:
        """``citation`` as the segment ``key`` shows it."""
        return Cited(
            self.dossier.numbers[citation.source_id],
            citation,
            self._states[citation.pk],
            state_of(citation.source),
            passage_address(citation, self.dossier.article, key),
            self.archived(citation.source).waiting is not None,
        )

    def archived(self, source: Source) -> Archived:
        last = self._last.get(source.pk)
        return Archived(
            self.dossier.held.get(source.pk),
            last if last and last.state == Capture.State.WAITING else None,
            last if last and last.state == Capture.State.FAILED else None,
        )
