"""One snapshot to be read: what is known of the capture, and its text in bounded parts.

What was captured is shown as text, never rendered (design, rule 12).
"""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from newsroom.core.excerpts import first_place
from sources.admin.pages import SourcePage, page_of_source
from sources.admin.reading import Mark, part_around
from sources.models import Snapshot, SnapshotText

LONGEST_SEARCH = 200


@page_of_source
class SnapshotPage(SourcePage):
    name = "snapshot"
    below = "snapshots/<slug:snapshot>/"
    under = "snapshots"
    title = _("Snapshot")
    template = "admin/sources/source/snapshot.html"

    def context(self, request, source, bound):
        snapshot = snapshot_or_404(source.pk, request.resolver_match.kwargs["snapshot"])
        text = SnapshotText.objects.filter(snapshot=snapshot).first()
        return {
            "snapshot": snapshot,
            "found": [(name, value) for name, value in snapshot.found.items() if value],
            "others": beside(snapshot),
            "searched": request.GET.get("find", "")[:LONGEST_SEARCH],
            **(_reading(request, text) if text else {}),
        }


def _reading(request, text: SnapshotText) -> dict:
    """The part that was asked for by ``at``, by ``start`` and ``end`` of a passage, or by words to ``find``."""
    words = request.GET.get("find", "")[:LONGEST_SEARCH].strip()
    marks, missing = [], False
    if words:
        span = first_place(words, text.text)
        missing = span is None
        marks += [Mark(*span, "found", str(_("searched for")))] if span else []
    start, end = number(request, "start"), number(request, "end")
    if start is not None and end is not None and start < end <= len(text.text):
        marks.append(Mark(start, end, "passage", str(_("passage"))))
    at = number(request, "at")
    if at is None:
        at = marks[0].start if marks else 0
    return {"part": part_around(text.text, at, pages=text.pages, marks=marks), "missing": missing}


def snapshot_or_404(source: int, public_id: str) -> Snapshot:
    """The snapshot of the source with the row id ``source``; raises Http404."""
    snapshot = (
        Snapshot.objects.filter(source=source, public_id=public_id).select_related("captured_by").first()
    )
    if snapshot is None:
        raise Http404
    return snapshot


def beside(snapshot: Snapshot) -> dict[str, Snapshot | None]:
    """The snapshots of the same source taken ``before`` and ``after`` this one."""
    of_source = Snapshot.objects.filter(source=snapshot.source_id).defer("found")
    return {
        "before": of_source.filter(pk__lt=snapshot.pk).order_by("-pk").first(),
        "after": of_source.filter(pk__gt=snapshot.pk).order_by("pk").first(),
    }


def number(request, name: str) -> int | None:
    """The number that the address gives for ``name``; None where it gives none that a text could have."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
