"""Try to deliver, note what came of it, and try again over days; give an endpoint up that fails for as long."""

import secrets
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import transaction

from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.partners.models import Attempt, Delivery, Endpoint
from newsroom.partners.telling import tell_of_pause
from newsroom.partners.webhooks.addresses import admitted, usual_guard
from newsroom.partners.webhooks.early import still_told
from newsroom.partners.webhooks.events import entry_for
from newsroom.partners.webhooks.queueing import begin_anew, queue
from newsroom.partners.webhooks.signing import headers_for
from sources.capture.guard import Guard
from sources.capture.posting import Answered, post

# How long after the first, second, … attempt that failed the next one comes; after the last there is none.
PAUSES = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
MOST_TRIES = len(PAUSES) + 1
# Not one attempt succeeded for so long: the endpoint is paused.
GIVEN_UP_AFTER = timedelta(days=3)
SECONDS = 15
PURPOSE = "tells its partners what changed"
ANSWER_READ, ANSWER_KEPT = 4_096, 1_000
# Who asks for patience gets it, within reason.
BUSY = frozenset({429, 502, 503, 504})
LONGEST_PATIENCE = timedelta(hours=24)
GONE = 410


def attempt(delivery_pk: int, *, tries: int, now: datetime, guard: Guard | None = None) -> Delivery:
    """Carry out the try of a delivery that comes after ``tries`` others: send it outside any transaction, then note
    what came of it.

    Safe to run twice, also at once: a try whose outcome is noted is over. Nothing is sent that the partner may not
    read any more, nor to an endpoint that pauses.
    """
    delivery = Delivery.objects.select_related("endpoint__partner").get(pk=delivery_pk)
    endpoint = delivery.endpoint
    if delivery.state != Delivery.State.WAITING or delivery.tries != tries or not endpoint.is_told:
        return delivery
    if not _may_still_be_told(delivery, now):
        return _drop(delivery, now=now)
    if not delivery.urgent and endpoint.quiet_until and now < endpoint.quiet_until:
        queue(delivery, at=_jittered(endpoint.quiet_until - now) + now)
        return delivery
    body = delivery.body.encode()
    made = Attempt(delivery=delivery, at=now, url=endpoint.url)
    answered = None
    try:
        headers = headers_for(delivery, body, now=now)
        made.request_headers = headers
        guard = guard or usual_guard()
        url = admitted(endpoint.url, guard)
        answered = post(url, body, headers, purpose=PURPOSE, guard=guard, seconds=SECONDS, most=ANSWER_READ)
    except DomainError as error:  # FetchFailed, and what stands in the way before anything is sent.
        made.failure = error.code
    else:
        made.status, made.ip = answered.status, answered.ip
        made.request_headers = dict(answered.request_headers)
        made.answer = _readable(answered.body)
    return _note(made, answered, tries=tries, now=now)


@transaction.atomic
def _note(made: Attempt, answered: Answered | None, *, tries: int, now: datetime) -> Delivery:
    """Keep the attempt and do what follows from it. First the endpoint's row, as everybody takes them."""
    endpoint = Endpoint.objects.select_for_update(of=["self"]).select_related("partner")
    endpoint = endpoint.get(pk=made.delivery.endpoint_id)
    delivery = Delivery.objects.select_for_update().get(pk=made.delivery_id)
    if delivery.state != Delivery.State.WAITING or delivery.tries != tries:
        return delivery  # Somebody else came back from this very try.
    made.save(force_insert=True)
    delivery.tries += 1
    if made.succeeded:
        _settle(delivery, Delivery.State.DELIVERED, now=now)
        _answers_again(endpoint, now=now)
    elif made.status == GONE:
        _give_up(endpoint, Endpoint.PausedFor.GONE, now=now)
        _leave_waiting(delivery)
    else:
        _failed(endpoint, delivery, answered, now=now)
    endpoint.save()
    return delivery


def _failed(endpoint: Endpoint, delivery: Delivery, answered: Answered | None, *, now: datetime) -> None:
    asked = _patience(answered, now)
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.failures = min(endpoint.failures + 1, len(PAUSES))
    endpoint.quiet_until = now + max(_jittered(PAUSES[endpoint.failures - 1]), asked)
    if endpoint.failing_since <= now - GIVEN_UP_AFTER:
        _give_up(endpoint, Endpoint.PausedFor.FAILING, now=now)
    if endpoint.paused_at:
        _leave_waiting(delivery)
        return
    if delivery.tries >= MOST_TRIES:
        _settle(delivery, Delivery.State.FAILED, now=now)
        return
    delivery.next_at = now + max(_jittered(PAUSES[delivery.tries - 1]), asked)
    delivery.save(update_fields=["tries", "next_at"])
    queue(delivery, at=delivery.next_at)


def _leave_waiting(delivery: Delivery) -> None:
    """Nothing is lost while an endpoint pauses, this delivery neither: it begins anew when the endpoint resumes."""
    delivery.next_at = None
    delivery.save(update_fields=["tries", "next_at"])


def _answers_again(endpoint: Endpoint, *, now: datetime) -> None:
    """What waited for it to answer again is tried now, and not after the pauses it had come to."""
    if endpoint.failing_since is None:
        return
    endpoint.forget_failures()
    endpoint.save()
    begin_anew(endpoint.deliveries.filter(state=Delivery.State.WAITING), now=now)


def _give_up(endpoint: Endpoint, reason: str, *, now: datetime) -> None:
    if endpoint.paused_at is None:
        endpoint.paused_at, endpoint.paused_for = now, reason
        record("webhook.paused", endpoint, by=None, now=now, reason=reason)
        tell_of_pause(endpoint, now=now)


def _settle(delivery: Delivery, state: str, *, now: datetime) -> None:
    delivery.state, delivery.finished_at, delivery.next_at = state, now, None
    delivery.save(update_fields=["state", "finished_at", "next_at", "tries"])


@transaction.atomic
def _drop(delivery: Delivery, *, now: datetime) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state == Delivery.State.WAITING:
        _settle(delivery, Delivery.State.DROPPED, now=now)
    return delivery


def _may_still_be_told(delivery: Delivery, now: datetime) -> bool:
    """Whether the partner is still entitled to what it is about, or has a copy that was set right or taken away; or may
    know of the moment, if that holds still. A test is about nothing."""
    if delivery.moment_id is not None:
        return still_told(delivery.endpoint.partner).filter(pk=delivery.moment_id).exists()
    if delivery.change_id is None:
        return True
    return entry_for(delivery.endpoint.partner, delivery.change_id, now=now) is not None


def _patience(answered: Answered | None, now: datetime) -> timedelta:
    """How long the receiver asks to be left alone (Retry-After, RFC 9110): seconds, or a date."""
    if answered is None or answered.status not in BUSY:
        return timedelta()
    said = answered.header("Retry-After").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_PATIENCE)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError, TypeError):
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_PATIENCE)


def _jittered(pause: timedelta) -> timedelta:
    """``pause`` and up to a fifth more, so that what failed together does not come back together."""
    return pause * (1 + secrets.randbelow(2_000) / 10_000)


def _readable(body: bytes) -> str:
    """What is kept of an answer: as text, without what no page can show."""
    text = body[:ANSWER_KEPT].decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text)
