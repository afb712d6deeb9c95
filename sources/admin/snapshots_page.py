"""The page "Snapshots": every capture of a source over time, what went wrong, and the ways to a further one."""

from dataclasses import dataclass
from itertools import pairwise, takewhile

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.asking import may
from newsroom.desk_forms import ActForm, form_at
from sources.admin.capture_forms import CAPTURE_FORMS, CaptureForm, PasteForm, RetryForm, UploadForm
from sources.admin.pages import SourcePage, page_of_source
from sources.models import Capture, Snapshot, Source

# The latest of each; an hourly page kept for a year has thousands.
SHOWN = 100
SHOWN_CAPTURES = 10


@dataclass(frozen=True)
class Row:
    """One snapshot; ``before`` is the one taken before it, ``same`` whether that has the same bytes."""

    snapshot: Snapshot
    before: Snapshot | None

    @property
    def same(self) -> bool:
        return self.before is not None and self.before.sha256 == self.snapshot.sha256


@page_of_source
class SnapshotsPage(SourcePage):
    name = "snapshots"
    title = _("Snapshots")
    template = "admin/sources/source/snapshots.html"
    forms = CAPTURE_FORMS

    def context(self, request, source, bound):
        found = list(snapshots_of(source)[: SHOWN + 1])
        attempts = _attempts(source)
        forms = _forms(request.user, source, attempts[:1], bound)
        return {
            "rows": [Row(*pair) for pair in pairwise([*found, None])][:SHOWN],
            "more": len(found) > SHOWN,
            "attempts": attempts,
            "waiting": any(capture.state == Capture.State.WAITING for capture in attempts),
            "forms": forms,
        }

    def after(self, request, source, form):
        return self.address(source.pk)


def snapshots_of(source: Source) -> QuerySet[Snapshot]:
    """The snapshots of ``source``, the latest first; what was found in them stays unread."""
    return Snapshot.objects.filter(source=source).select_related("captured_by").defer("found")


def _attempts(source: Source) -> list[Capture]:
    """The captures that wait or failed since the last that succeeded, the latest first."""
    captures = Capture.objects.filter(source=source).select_related("requested_by", "snapshot")
    captures = captures.defer("snapshot__found")[:SHOWN_CAPTURES]
    return list(takewhile(lambda capture: capture.state != Capture.State.DONE, captures))


def _forms(user, source: Source, latest: list[Capture], bound: ActForm | None) -> dict[str, ActForm]:
    """What this user may do now, by the names of the acts. ``latest`` is the latest capture, if it did not succeed:
    it is tried again, be it that it failed or that it waits for its next try."""
    if source.confidential or not may(user, "capture"):
        return {}
    kinds = [(UploadForm, {}), (PasteForm, {})]
    for capture in latest:
        if capture.state == Capture.State.FAILED or capture.tries:
            kinds.append((RetryForm, {"capture": capture.pk}))
    if source.url and not latest:
        kinds.append((CaptureForm, {}))
    return {kind.act: form_at(kind, source, user, "", bound, **known) for kind, known in kinds}
