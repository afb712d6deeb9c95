"""Look for the likeness of every snapshot soon after its capture, in the background."""

from django.dispatch import receiver

from newsroom.core.deferring import defer
from sources.capture.signals import captured
from sources.models import Snapshot, Source


@receiver(captured, dispatch_uid="look_for_origins")
def queue_the_search(sender, *, source: Source, snapshot: Snapshot, **kwargs) -> None:
    """In the capture's transaction: if that is rolled back, so is the job."""
    if not (snapshot.obstacle or source.confidential):
        defer("sources.tasks.look_for_origins", snapshot=snapshot.pk)
