"""What the queue does for sources. Every task bears being run twice."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sources.capture.requesting import carry_out
from sources.models import Snapshot
from sources.origins import look_for_likeness
from sources.recapturing import request_due


# What a server does to a capture is written into it, and tried again by it; this is for what was not foreseen.
@app.task(retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def capture_source(capture_pk: int) -> None:
    """Try the capture with this row id once."""
    carry_out(capture_pk, now=timezone.now())


# After everything a person waits for; one at a time, as they would wait for each other anyway.
@app.task(priority=-10, lock="look_for_origins")
def look_for_origins(snapshot: int) -> None:
    """Propose the sources of which the snapshot with this row id may be a copy, or which may be copies of it."""
    look_for_likeness(Snapshot.objects.select_related("source").get(pk=snapshot), now=timezone.now())


# Every five minutes a few: more than five thousand a day.
@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="request_due_captures")
def request_due_captures(timestamp: int) -> None:
    """Ask for a capture of the sources whose time has come."""
    request_due(now=timezone.now(), limit=20)
