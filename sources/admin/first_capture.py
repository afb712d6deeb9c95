"""Wherever an address is entered, it is captured: the archive begins when the source does."""

from datetime import datetime

from newsroom.accounts.asking import may
from sources.capture.requesting import request_capture
from sources.models import Capture, Source


def ask_for_capture(source: Source, *, by, now: datetime, first: bool = False) -> Capture | None:
    """Have ``source`` captured in the background, if it has an address and ``by`` may; one under way serves as well.

    With ``first`` only if nothing of it was ever captured or tried. Returns the capture, None where there is none.
    """
    if not source.url or source.confidential or not may(by, "capture"):
        return None
    waiting = source.captures.filter(state=Capture.State.WAITING).first()
    if waiting or (first and (source.captures.exists() or source.snapshots.exists())):
        return waiting
    return request_capture(source, by=by, now=now)
