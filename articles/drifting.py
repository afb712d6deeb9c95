"""Whether a source still says what is cited of it: each further capture is searched for the passages.

The citations themselves never move (design, "Passage"); what drifted is told to the desk.
"""

from datetime import datetime

from articles.models import Citation
from sources.models import Snapshot, Source
from sources.passages.matching import Passage, locate
from sources.passages.texts import texts_of


def look_for_drift(*, source: Source, snapshot: Snapshot, now: datetime, **signal) -> None:
    """Note on ``source`` whether ``snapshot``, a further capture, lacks a cited passage, and since when (``now``).

    Receives :data:`sources.capture.signals.captured`. A wall or an error page says nothing about the source.
    """
    if not snapshot.obstacle:
        _note(source, _lost(source, snapshot), now)


def note_drift(source: Source, *, now: datetime) -> None:
    """Note the same of the latest capture there is, when another passage of ``source`` is cited than was."""
    source.refresh_from_db(fields=["changed_at"])
    _note(source, drifted(source), now)


def drifted(source: Source) -> list[Citation]:
    """The citations whose passage the latest usable capture of ``source`` no longer has, in the order made."""
    latest = source.snapshots.filter(obstacle="").order_by("-pk").first()
    return _lost(source, latest) if latest else []


def _note(source: Source, lost: list[Citation], now: datetime) -> None:
    if bool(lost) != bool(source.changed_at):
        source.changed_at = now if lost else None
        source.save(update_fields=["changed_at"])


def _lost(source: Source, snapshot: Snapshot) -> list[Citation]:
    """The citations whose passage stands in their own snapshot and not in ``snapshot``.

    What was an orphan before was lost by a person or by the extraction, not by the source.
    """
    cited = source.citations.filter(snapshot__isnull=False).exclude(snapshot=snapshot)
    text = texts_of([snapshot]).get(snapshot.pk)
    if text is None:  # Sealed: it says nothing any more.
        return []
    gone = [citation for citation in cited.order_by("pk") if locate(_passage(citation), text) is None]
    own = texts_of(Snapshot.objects.filter(pk__in={citation.snapshot_id for citation in gone}))
    return [
        citation
        for citation in gone
        if citation.snapshot_id in own and locate(_passage(citation), own[citation.snapshot_id])
    ]


def _passage(citation: Citation) -> Passage:
    return Passage(citation.exact, citation.prefix, citation.suffix)
