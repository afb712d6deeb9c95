"""Captures: asked for by a person or the schedule, tried until they succeed or it is clear that they will not."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from sources.capture.describing import fill_in
from sources.capture.fetching import LIMITS, Limits, fetch
from sources.capture.guard import PUBLIC_WEB, FetchFailed, Guard
from sources.capture.keeping import Read, keep_read, read_fetched
from sources.models import Capture, Snapshot, Source

TASK = "sources.tasks.capture_source"
# How many first tries run at a time.
LANES = 2

# How long after the first, second, … failed try the next one comes; after the last there is none.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]

# What servers answer that are overloaded or being mended: the document may be back in an hour.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})

# Links break and pages change within months; a source is asked again after this, and a part of the spread.
_PERIOD = timedelta(days=30)
_SPREAD = timedelta(days=5)


@dataclass(frozen=True)
class _Miss:
    """Why a try did not bring the document: ``code`` for programs, ``detail`` for people."""

    code: str
    detail: str
    passing: bool
    gone: bool


@transaction.atomic
def request_capture(source: Source, *, by, now: datetime) -> Capture:
    """Have ``source`` captured from its address in the background; ``by`` is None for the schedule.

    Raises DomainError ``not_allowed``, ``source_confidential``, ``source_without_address``, or ``capture_waiting``
    while an earlier one is under way.
    """
    if by is not None:
        raise_if_may_not(by, "capture")
    source = _locked(source.pk)
    if source.confidential:
        raise DomainError("source_confidential", "A confidential source is never fetched.")
    if not source.url:
        raise DomainError("source_without_address", "This source has no address to fetch.", "url")
    if source.captures.filter(state=Capture.State.WAITING).exists():
        raise DomainError("capture_waiting", "This source is being captured already.")
    capture = Capture.objects.create(source=source, url=source.url, requested_by=by, requested_at=now)
    _queue(capture)
    if by is not None:
        record("source.capture_requested", source, by=by, now=now)
    return capture


@transaction.atomic
def retry(capture: Capture, *, by, now: datetime) -> Capture:
    """Try a failed capture's source once more, by a further capture; one that waits for its next try, at once.

    Raises DomainError ``not_allowed``, ``capture_done``, and what :func:`request_capture` raises.
    """
    raise_if_may_not(by, "capture")
    capture = Capture.objects.select_for_update(of=["self"]).select_related("source").get(pk=capture.pk)
    if capture.state == Capture.State.DONE:
        raise DomainError("capture_done", "This capture has succeeded; ask for a further one.")
    if capture.state == Capture.State.FAILED:
        return request_capture(capture.source, by=by, now=now)
    # The job that waits already finds nothing to do, or is one try more.
    _queue(capture)
    record("source.capture_requested", capture.source, by=by, now=now)
    return capture


def carry_out(
    capture_pk: int, *, now: datetime, guard: Guard = PUBLIC_WEB, limits: Limits = LIMITS
) -> Capture:
    """Try the capture once: fetch and read, outside any transaction, for both take seconds and more; then store what
    came, or say why nothing did.

    Safe to run twice, also at once: only the first to come back counts. A miss that may pass is tried again, see
    :data:`PAUSES`; after the last the capture has failed. An obstacle met in the document's place is stored, and the
    capture has failed with its code. ``guard`` and ``limits`` are as for :func:`sources.capture.fetching.fetch`.
    """
    capture = Capture.objects.select_related("source").get(pk=capture_pk)
    if capture.state != Capture.State.WAITING:
        return capture
    url = capture.source.url  # The current one: it may have been put right since.
    try:
        if not url:
            raise DomainError("source_without_address", "The source has lost its address.", "url")
        fetched = fetch(url, now=now, guard=guard, limits=limits)
        if fetched.status in _PASSING and capture.tries < len(PAUSES):
            return _put_down(capture, url, _miss_of_status(fetched.status), now=now)
        read = read_fetched(capture.source, fetched, by=capture.requested_by)
        return _keep(capture, url, read, now=now)
    except DomainError as error:
        return _put_down(capture, url, _miss_of(error), now=now)


def next_due(source: Source, now: datetime) -> datetime:
    """When ``source`` is captured next by itself: in a month or so, each on a moment of its own, the same each time,
    so that a thousand sources entered in one hour are not asked in one hour for ever."""
    share = zlib.crc32(source.public_id.encode()) / 2**32
    return now + _PERIOD + share * _SPREAD


@transaction.atomic
def _keep(capture: Capture, url: str, read: Read, *, now: datetime) -> Capture:
    """Store what came and say of the source what the page says of itself."""
    if not (current := _still_ours(capture)):
        return Capture.objects.get(pk=capture.pk)
    snapshot = current.snapshot = keep_read(read, now=now)
    if snapshot.obstacle:
        return _fail(current, url, _miss_of_obstacle(snapshot), now=now)
    source = _locked(current.source_id)
    filled = []
    if source.url == url:
        filled = fill_in(source, snapshot.found, by=current.requested_by, now=now)
        source.dead_since = None
    source.capture_due_at = next_due(source, now)
    source.save(update_fields=["dead_since", "capture_due_at", *filled])
    _finish(current, url, Capture.State.DONE, now=now)
    record(
        "source.captured",
        source,
        by=current.requested_by,
        now=now,
        snapshot=snapshot.public_id,
        way=snapshot.way,
        sha256=snapshot.sha256,
        filled_in=sorted(filled),
    )
    return current


@transaction.atomic
def _put_down(capture: Capture, url: str, miss: _Miss, *, now: datetime) -> Capture:
    """Note a try that brought nothing; queue the next one, if there is to be one."""
    if not (current := _still_ours(capture)):
        return Capture.objects.get(pk=capture.pk)
    if not miss.passing or current.tries >= len(PAUSES):
        return _fail(current, url, miss, now=now)
    defer(TASK, at=now + PAUSES[current.tries], capture_pk=current.pk)
    current.tries += 1
    current.url, current.failure, current.failure_detail = url, miss.code, miss.detail
    current.save()
    return current


def _queue(capture: Capture) -> None:
    """Have ``capture`` tried soon, in one of a few lanes, so that slow servers do not hold up the whole queue.

    A later try goes without lane: it would close it until its moment.
    """
    defer(TASK, lock=f"capture in lane {capture.pk % LANES}", capture_pk=capture.pk)


def _still_ours(capture: Capture) -> Capture | None:
    """``capture``, locked, unless somebody else has come back from this very try: every outcome counts as one."""
    current = Capture.objects.select_for_update(of=["self"]).select_related("source").get(pk=capture.pk)
    return current if current.tries == capture.tries else None


def _fail(capture: Capture, url: str, miss: _Miss, *, now: datetime) -> Capture:
    source = _locked(capture.source_id)
    if miss.gone and source.url == url:
        source.dead_since = source.dead_since or now
    # Links come back: asked again in a month like every other.
    source.capture_due_at = next_due(source, now)
    source.save(update_fields=["dead_since", "capture_due_at"])
    capture.failure, capture.failure_detail = miss.code, miss.detail
    _finish(capture, url, Capture.State.FAILED, now=now)
    record(
        "source.capture_failed",
        source,
        by=capture.requested_by,
        now=now,
        failure=miss.code,
        detail=miss.detail,
        **({"snapshot": capture.snapshot.public_id} if capture.snapshot else {}),
    )
    return capture


def _finish(capture: Capture, url: str, state: str, *, now: datetime) -> None:
    capture.url, capture.state, capture.finished_at = url, state, now
    capture.tries += 1
    if state == Capture.State.DONE:
        capture.failure = capture.failure_detail = ""
    capture.save()


def _locked(pk: int) -> Source:
    return Source.objects.select_for_update(no_key=True).get(pk=pk)


def _miss_of(error: DomainError) -> _Miss:
    """Of a fetch that failed, or of a document that came and cannot be kept (archived, read)."""
    status = getattr(error, "status", None)
    if status is not None and status >= 400:
        return _miss_of_status(status)
    return _Miss(
        error.code,
        error.message[:500],
        passing=isinstance(error, FetchFailed) and error.retryable,
        gone=error.code == "host_unknown",
    )


def _miss_of_status(status: int) -> _Miss:
    return _Miss(
        Snapshot.Obstacle.ERROR_PAGE,
        f"The address answers {status}.",
        passing=status in _PASSING,
        gone=status in _GONE,
    )


def _miss_of_obstacle(snapshot: Snapshot) -> _Miss:
    if snapshot.status >= 400:
        return _miss_of_status(snapshot.status)
    met = snapshot.get_obstacle_display()
    return _Miss(snapshot.obstacle, f"Met instead of the document: {met}.", passing=False, gone=False)
