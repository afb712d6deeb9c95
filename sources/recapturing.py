"""Capture sources again when their time has come, so that dead links and changed pages are found.

When that is, is said by :func:`sources.capture.requesting.next_due`, which spreads the sources over time.
"""

from datetime import datetime

from django.db.models import Exists, Func, OuterRef, TextField, Value, Window
from django.db.models.functions import RowNumber

from newsroom.core.errors import DomainError
from sources.capture.requesting import request_capture
from sources.models import Capture, Source

# Of one host in one run: a newsroom that cites one site a thousand times must not look like an attack on it.
OF_ONE_HOST = 4


def request_due(*, now: datetime, limit: int) -> int:
    """Ask for a capture of at most ``limit`` sources that are due at ``now``, longest due first; returns how many.

    Confidential and withdrawn sources are left alone, and those without an address or on their way already.
    """
    waiting = Capture.objects.filter(source=OuterRef("pk"), state=Capture.State.WAITING)
    due = Source.objects.filter(
        ~Exists(waiting),
        capture_due_at__lte=now,
        confidential=False,
        withdrawn_at__isnull=True,
        url_key__isnull=False,
    )
    spread = (
        due.annotate(
            host=Func("url_key", Value("/"), Value(3), function="split_part", output_field=TextField())
        )
        .annotate(place=Window(RowNumber(), partition_by="host", order_by=["capture_due_at", "pk"]))
        .filter(place__lte=OF_ONE_HOST)
    )
    return sum(_requested(source, now) for source in spread.order_by("capture_due_at", "pk")[:limit])


def _requested(source: Source, now: datetime) -> bool:
    try:
        request_capture(source, by=None, now=now)
    except DomainError:  # It changed since it was looked up: the next run looks again.
        return False
    return True
