"""What is known of each citation, its parts kept apart: a link that works says nothing of what the page says."""

from dataclasses import dataclass
from typing import Literal

from articles.dossier import Dossier
from articles.matching import Matches, carries_words
from articles.models import Check, Citation
from articles.readiness.records import Records
from articles.seen import SUPPORTS
from sources.models import Capture, Snapshot, Source

Reachable = Literal["yes", "no", "unknown"]
Contains = Literal["yes", "no", "by_eye", "unknown"]
Supports = Literal["yes", "no", "unset"]


@dataclass(frozen=True)
class CitationState:
    """``reachable``: whether the source's address answers with it, as far as the last capture tells. ``contains``:
    whether its snapshot has the quote's words, or the passage; ``by_eye``, a person says so though no text does.
    ``supports``: what a person found who checked a sentence with it; ``unset``, nobody has, or they were unsure.
    """

    reachable: Reachable
    contains: Contains
    supports: Supports

    @property
    def says_not(self) -> bool:
        """Somebody looked, and the source does not say this: another thing than that nobody looked (EV19)."""
        return self.supports == "no"


def citation_states(dossier: Dossier) -> dict[int, CitationState]:
    """The state of every citation of the draft, by citation row id; the number of queries does not grow with it."""
    matches = Matches(dossier)
    answered = _reachable(dossier.sources())
    verdicts = _verdicts(dossier)
    return {
        citation.pk: CitationState(
            answered[citation.source_id],
            _contains(dossier, matches, citation),
            verdicts.get(citation.pk, "unset"),
        )
        for citation in dossier.citations
    }


def _reachable(sources: list[Source]) -> dict[int, Reachable]:
    last = (
        Capture.objects.filter(source__in=sources)
        .exclude(state=Capture.State.WAITING)
        .order_by("source_id", "-pk")
        .distinct("source_id")
        .select_related("snapshot")
    )
    captures = {capture.source_id: capture for capture in last}
    return {source.pk: _answers(source, captures.get(source.pk)) for source in sources}


def _answers(source: Source, last: Capture | None) -> Reachable:
    if source.dead_since:
        return "no"
    # A failure that is no sign of a dead link (too large, timed out) leaves it open.
    if last is None or last.snapshot is None:
        return "unknown"
    return "no" if last.snapshot.obstacle == Snapshot.Obstacle.ERROR_PAGE else "yes"


def _contains(dossier: Dossier, matches: Matches, citation: Citation) -> Contains:
    found = matches.has_words(citation) if carries_words(citation) else matches.stands(citation)
    if found:
        return "yes"
    if citation.pk in dossier.sighted:
        return "by_eye"
    return "unknown" if found is None else "no"


def _verdicts(dossier: Dossier) -> dict[int, Supports]:
    """What the checks of the sentences as they stand say; of a citation in several, a "no" outweighs."""
    records, found = Records(dossier), {}
    for seen in dossier.segments:
        verdict = records.verdicts.get((seen.key, seen.fingerprint))
        for citation in seen.citations:
            if citation.stance != SUPPORTS:
                continue
            if verdict == Check.Verdict.DOES_NOT:
                found[citation.pk] = "no"
            elif verdict == Check.Verdict.SUPPORTS:
                found.setdefault(citation.pk, "yes")
    return found
