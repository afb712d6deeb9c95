"""What people do with the endpoints of a partner, and with what was sent to them."""

from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from articles.following import last_number
from articles.rules.wanted import Wanted
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.partners.access import raise_if_may_not_act_for
from newsroom.partners.models import Delivery, Endpoint, Partner
from newsroom.partners.webhooks.addresses import admitted, usual_guard
from newsroom.partners.webhooks.early import last_moment
from newsroom.partners.webhooks.events import PING, ping_body
from newsroom.partners.webhooks.queueing import begin_anew, queue, queue_fan_out
from newsroom.partners.webhooks.secrets import new_secret, seal
from sources.capture.guard import Guard

MOST_ENDPOINTS = 20
LONGEST_NAME = 50
# How long the secret before the present one signs too.
OVERLAP = timedelta(hours=24)
# Of one order to send again.
MOST_RESENT = 1_000


@sensitive_variables()
@transaction.atomic
def add_endpoint(
    partner: Partner,
    *,
    url: str,
    name: str = "",
    wanted: Wanted | None = None,
    by,
    now: datetime,
    guard: Guard | None = None,
) -> tuple[Endpoint, str]:
    """A further endpoint of ``partner``, told from now on, and its secret (``whsec_…``), which is shown only now.

    ``wanted``: what is told there, everything the partner is entitled to unless given
    (:func:`articles.rules.wanted.wanted` reads it from what somebody typed). Raises DomainError ``not_allowed``,
    ``too_many_endpoints``, ``https_only``, ``text_too_long``, ``text_unreadable``, ``identity_keys_missing``, and
    FetchFailed with its codes for an address that is not asked.
    """
    raise_if_may_not_act_for(by, partner)
    Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if partner.endpoints.filter(removed_at=None).count() >= MOST_ENDPOINTS:
        raise DomainError(
            "too_many_endpoints", "A partner has at most %(most)s endpoints.", most=MOST_ENDPOINTS
        )
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        partner=partner,
        url=admitted(url, guard or usual_guard()),
        name=typed(name, "name", limit=LONGEST_NAME, lines=False),
        wanted=(wanted or Wanted()).as_json(),
        sealed=seal(secret),
        reached=last_number(),
        moment_reached=last_moment(),
        made_at=now,
    )
    record("webhook.added", endpoint, by=by, now=now, partner=partner.public_id, url=endpoint.url)
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    endpoint: Endpoint,
    *,
    url: str | None = None,
    name: str | None = None,
    wanted: Wanted | None = None,
    by,
    now: datetime,
    guard: Guard | None = None,
) -> Endpoint:
    """Change what is given (None: stays as it is). Raises as :func:`add_endpoint`, and ``endpoint_removed``."""
    endpoint = _locked(endpoint, by)
    before = endpoint.url
    if url is not None:
        endpoint.url = admitted(url, guard or usual_guard())
    if endpoint.url != before:
        # What failed was the address before.
        endpoint.forget_failures()
    if name is not None:
        endpoint.name = typed(name, "name", limit=LONGEST_NAME, lines=False)
    if wanted is not None:
        endpoint.wanted = wanted.as_json()
    endpoint.save()
    if endpoint.url != before:
        begin_anew(endpoint.deliveries.filter(state=Delivery.State.WAITING), now=now)
    record("webhook.changed", endpoint, by=by, now=now, url=endpoint.url, wanted=endpoint.wanted)
    return endpoint


@sensitive_variables()
@transaction.atomic
def rotate_secret(endpoint: Endpoint, *, by, now: datetime) -> str:
    """A new secret, shown only now; the one before signs too for a day (:data:`OVERLAP`).

    Raises DomainError ``not_allowed``, ``endpoint_removed``, ``identity_keys_missing``.
    """
    endpoint = _locked(endpoint, by)
    secret = new_secret()
    endpoint.sealed_before, endpoint.before_until = endpoint.sealed, now + OVERLAP
    endpoint.sealed = seal(secret)
    endpoint.save()
    record("webhook.secret_rotated", endpoint, by=by, now=now)
    return secret


@transaction.atomic
def pause(endpoint: Endpoint, *, by, now: datetime) -> Endpoint:
    """Send nothing until :func:`resume`; nothing is lost meanwhile. Raises DomainError ``not_allowed``,
    ``endpoint_removed``, ``endpoint_paused``."""
    endpoint = _locked(endpoint, by)
    if endpoint.paused_at:
        raise DomainError("endpoint_paused", "This endpoint is paused already.")
    endpoint.paused_at, endpoint.paused_for = now, Endpoint.PausedFor.BY_HAND
    endpoint.save()
    record("webhook.paused", endpoint, by=by, now=now, reason=endpoint.paused_for)
    return endpoint


@transaction.atomic
def resume(endpoint: Endpoint, *, by, now: datetime) -> Endpoint:
    """Send again, beginning with what waited and what came meanwhile. Raises DomainError ``not_allowed``,
    ``endpoint_removed``, ``endpoint_not_paused``."""
    endpoint = _locked(endpoint, by)
    if not endpoint.paused_at:
        raise DomainError("endpoint_not_paused", "This endpoint is not paused.")
    endpoint.paused_at, endpoint.paused_for = None, ""
    endpoint.forget_failures()
    endpoint.save()
    begin_anew(endpoint.deliveries.filter(state=Delivery.State.WAITING), now=now)
    queue_fan_out()
    record("webhook.resumed", endpoint, by=by, now=now)
    return endpoint


@transaction.atomic
def resend(delivery: Delivery, *, by, now: datetime) -> None:
    """Send ``delivery`` again, under the id it had: who has it already knows it by that.

    Raises DomainError ``not_allowed``, ``endpoint_removed``, ``endpoint_paused``.
    """
    endpoint = _told(delivery.endpoint, by)
    begin_anew(endpoint.deliveries.filter(pk=delivery.pk), now=now)
    record("webhook.resent", endpoint, by=by, now=now, deliveries=1)


@transaction.atomic
def resend_since(
    endpoint: Endpoint, *, since: datetime, until: datetime | None = None, by, now: datetime
) -> int:
    """Send again what was made from ``since`` to before ``until`` (None: until now), as :func:`resend`; how many.

    Raises as :func:`resend`, and ``too_many_deliveries``: then ask for a shorter stretch.
    """
    endpoint = _told(endpoint, by)
    meant = endpoint.deliveries.filter(made_at__gte=since, made_at__lt=until or now).exclude(type=PING)
    keys = list(meant.order_by("pk").values_list("pk", flat=True)[: MOST_RESENT + 1])
    if len(keys) > MOST_RESENT:
        raise DomainError(
            "too_many_deliveries",
            "These are more than %(most)s: ask for a shorter stretch.",
            "since",
            most=MOST_RESENT,
        )
    for batch in batched(keys, 200):
        begin_anew(endpoint.deliveries.filter(pk__in=batch), now=now)
    record("webhook.resent", endpoint, by=by, now=now, deliveries=len(keys))
    return len(keys)


@transaction.atomic
def ping(endpoint: Endpoint, *, by, now: datetime) -> Delivery:
    """Send a test event. Raises DomainError ``not_allowed``, ``endpoint_removed``, ``endpoint_paused``."""
    endpoint = _told(endpoint, by)
    # Somebody waits to see whether it works again: the pauses of an endpoint that failed are not for this.
    delivery = Delivery.objects.create(
        endpoint=endpoint, type=PING, body=ping_body(endpoint, now=now), made_at=now, urgent=True
    )
    queue(delivery)
    record("webhook.pinged", endpoint, by=by, now=now)
    return delivery


@transaction.atomic
def remove(endpoint: Endpoint, *, by, now: datetime) -> None:
    """Send nothing there ever again; its log stays. Raises DomainError ``not_allowed``, ``endpoint_removed``."""
    endpoint = _locked(endpoint, by)
    endpoint.removed_at = now
    endpoint.sealed, endpoint.sealed_before, endpoint.before_until = b"", None, None
    endpoint.save()
    waiting = endpoint.deliveries.filter(state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.DROPPED, finished_at=now, next_at=None)
    record("webhook.removed", endpoint, by=by, now=now)


def _locked(endpoint: Endpoint, by) -> Endpoint:
    """``endpoint`` as it is now, locked, with its partner, for whom ``by`` may act."""
    endpoint = Endpoint.objects.select_for_update(of=["self"]).select_related("partner").get(pk=endpoint.pk)
    raise_if_may_not_act_for(by, endpoint.partner)
    if endpoint.removed_at:
        raise DomainError("endpoint_removed", "This endpoint was removed.")
    return endpoint


def _told(endpoint: Endpoint, by) -> Endpoint:
    endpoint = _locked(endpoint, by)
    if endpoint.paused_at:
        raise DomainError("endpoint_paused", "This webhook is paused: resume it first.")
    return endpoint
