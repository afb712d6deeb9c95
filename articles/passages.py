"""Say where in an archived copy a citation's words stand, and that somebody saw them there by eye."""

from bisect import bisect_right
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.dossier import held_snapshots
from articles.drifting import note_drift
from articles.models import Citation, Sighting
from articles.seen import fingerprint_of_sight, handed_over_by
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from sources.models import Snapshot, SnapshotText
from sources.passages.matching import locate, passage_at
from sources.passages.normalising import Normalised


@transaction.atomic
def choose_passage(
    citation: Citation, snapshot: Snapshot, *, start: int, end: int, locator: str = "", by, now: datetime
) -> Citation:
    """Let ``citation`` rest on the words at ``start`` to ``end`` (code points, end exclusive) of ``snapshot``'s text.

    They are widened to whole words. Without ``locator`` the place is the page of a paged document, else what it was.
    ``by`` chose the passage from now on, unless it is the one that stood there.
    Raises DomainError ``snapshot_of_another``, ``snapshot_unusable`` (it holds
    an obstacle in place of the source, or its text was sealed), ``cited_already``, and what
    :func:`sources.passages.matching.passage_at` raises.
    """
    raise_if_may_not(by, "keep_evidence")
    citation = _lock(citation)
    if snapshot.source_id != citation.source_id:
        raise DomainError("snapshot_of_another", "This is the archived copy of another source.", "snapshot")
    extracted = SnapshotText.objects.filter(snapshot=snapshot).first()
    if snapshot.obstacle or extracted is None:
        raise DomainError("snapshot_unusable", "This capture does not have the source's text.", "snapshot")
    text = Normalised(extracted.text)
    passage = passage_at(text, start, end)
    # Not ``start``: the words were widened, and where they begin is what the matcher says.
    begins = locate(passage, text).start
    place = typed(locator, "locator", limit=200, lines=False)
    citation.locator = place or _page(extracted.pages, begins) or citation.locator
    _raise_if_cited(citation, passage.exact)
    # Who changes only the place, or saves it once more, takes no choice off whoever made it.
    if (citation.snapshot_id, citation.start, citation.exact) != (snapshot.pk, begins, passage.exact):
        citation.chosen_by = by
    citation.snapshot, citation.start = snapshot, begins
    citation.exact, citation.prefix, citation.suffix = passage.exact, passage.prefix, passage.suffix
    citation.save(
        update_fields=["snapshot", "start", "exact", "prefix", "suffix", "locator", "chosen_by"],
    )
    note_drift(citation.source, now=now)
    _record("citation.passage_chosen", citation, by=by, now=now, snapshot=snapshot.public_id)
    return citation


@transaction.atomic
def clear_passage(citation: Citation, *, by, now: datetime) -> Citation:
    """Let ``citation`` name no passage any more; its place (page, article) stays."""
    raise_if_may_not(by, "keep_evidence")
    citation = _lock(citation)
    citation.snapshot = citation.start = None
    citation.exact = citation.prefix = citation.suffix = ""
    citation.save(update_fields=["snapshot", "start", "exact", "prefix", "suffix"])
    note_drift(citation.source, now=now)
    _record("citation.passage_cleared", citation, by=by, now=now)
    return citation


@transaction.atomic
def record_sighting(citation: Citation, *, note: str, fingerprint: str, by, now: datetime) -> Sighting:
    """Record that ``by`` saw the citation's words by eye in the original capture; ``note`` says where and how.

    ``fingerprint`` is that of what was on their screen (:func:`sight_offered`). Raises DomainError ``note_missing``,
    ``own_passage`` (they chose it, or handed over the
    capture), ``nothing_archived``, ``citation_changed``.
    """
    raise_if_may_not(by, "sight")
    citation = _lock(citation)
    note = typed(note, "note")
    if not note:
        raise DomainError("note_missing", "Say where in the original you saw it.", "note")
    if by.pk in {citation.chosen_by_id} | handed_over_by(_archived(citation)):
        raise DomainError(
            "own_passage", "You chose this passage or handed over its text: somebody else looks for it."
        )
    current = _sight(citation)
    if current is None:
        raise DomainError("nothing_archived", "There is no capture of this source to look at.")
    if current != fingerprint:
        raise DomainError("citation_changed", "The citation or its capture is another by now.")
    sighting = Sighting.objects.create(
        source=citation.source, fingerprint=fingerprint, note=note, by=by, at=now
    )
    _record("citation.sighted", citation, by=by, now=now)
    return sighting


def sight_offered(citation: Citation) -> str | None:
    """The fingerprint of what a sighting of ``citation`` would cover now, or None if nothing is archived.

    For a whole draft :meth:`articles.dossier.Dossier.sight_of` has it without asking the database again.
    """
    return _sight(_with_all_it_says().get(pk=citation.pk))


def _sight(citation: Citation) -> str | None:
    snapshot = _archived(citation)
    return fingerprint_of_sight(citation, snapshot) if snapshot else None


def _archived(citation: Citation) -> Snapshot | None:
    return citation.snapshot or held_snapshots([citation.source_id]).get(citation.source_id)


def _with_all_it_says():
    return Citation.objects.select_related("claim", "quote__speaker", "quote__role", "source", "snapshot")


def _lock(citation: Citation) -> Citation:
    return _with_all_it_says().select_for_update(of=("self",)).get(pk=citation.pk)


def _raise_if_cited(citation: Citation, exact: str) -> None:
    """No record cites one place of one source twice."""
    of = citation.claim or citation.quote
    like = of.citations.filter(source=citation.source_id, stance=citation.stance, exact=exact)
    if like.filter(locator=citation.locator).exclude(pk=citation.pk).exists():
        raise DomainError("cited_already", "This source is cited here already.", "source")


def _page(pages: list[int], start: int) -> str:
    """The page that the code point ``start`` is on, as a locator; "" where there are no pages."""
    return f"p. {bisect_right(pages, start)}" if pages else ""


def _record(act: str, citation: Citation, *, by, now: datetime, **data) -> None:
    of = citation.claim or citation.quote
    record(act, of, by=by, now=now, source=citation.source.public_id, **data)
