"""Make deliveries from the change feed: each endpoint has the number up to which that was done."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from articles.following import changes, last_number, numbers_of_current
from articles.models import Change, Edition
from articles.rules.wanted import ALWAYS, Wanted, wanted
from newsroom.partners.copies import held_by
from newsroom.partners.models import Delivery, Endpoint, Partner
from newsroom.partners.webhooks.early import not_told_yet, tell_of_moments
from newsroom.partners.webhooks.events import body_of, entry_for, is_urgent, type_of
from newsroom.partners.webhooks.queueing import queue, queue_fan_out

# Entries told in one transaction, and pages of them in one job.
PAGE, PAGES = 100, 20
# A delivery that waits so much longer than it should was lost by whoever had it.
LOST_AFTER = timedelta(minutes=15)
MOST_LOST = 500


def make_deliveries(*, now: datetime) -> int:
    """Make and queue what every endpoint is to be told of and was not yet; how many. Safe to run twice, also at once:
    an endpoint's row is locked while its number moves on."""
    made = tell_of_moments(now=now)
    behind = Endpoint.objects.told().filter(reached__lt=last_number())
    for pk in list(behind.order_by("reached", "pk").values_list("pk", flat=True)):
        for _page in range(PAGES):
            count, complete = _tell_one(pk, now=now)
            made += count
            if complete:
                break
        else:
            queue_fan_out()
    return made


def queue_lost(*, now: datetime) -> int:
    """Queue again what should have been tried long ago, and have missed entries told; how many. Safe to run twice."""
    if Endpoint.objects.told().filter(reached__lt=last_number()).exists() or not_told_yet().exists():
        queue_fan_out()
    long_ago = now - LOST_AFTER
    asked = Endpoint.objects.told().filter(Q(quiet_until=None) | Q(quiet_until__lt=long_ago))
    lost = Delivery.objects.filter(endpoint__in=asked, state=Delivery.State.WAITING)
    lost = list(lost.filter(next_at__lt=long_ago).order_by("pk")[:MOST_LOST])
    for delivery in lost:
        queue(delivery)
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in lost]).update(next_at=now)
    return len(lost)


def remind_endpoints(partner: Partner, edition: Edition, *, now: datetime) -> int:
    """Tell every endpoint of ``partner`` of ``edition`` once more, whatever it wants to be told of; how many."""
    number = Change.objects.filter(edition=edition).values_list("number", flat=True).first()
    entry = None if number is None else entry_for(partner, number, now=now)
    if entry is None:
        return 0
    made = [_delivery(endpoint, entry, {}, now, reminder=True) for endpoint in partner.endpoints.told()]
    for delivery in Delivery.objects.bulk_create(made):
        queue(delivery)
    return len(made)


def wanted_at(endpoint: Endpoint) -> Wanted:
    """What is told at ``endpoint``: of kinds, also those that nobody can switch off."""
    kept = dict(endpoint.wanted)
    kinds = kept.pop("kinds", [])
    return wanted(kinds=[*kinds, *ALWAYS] if kinds else [], **kept)


@transaction.atomic
def _tell_one(pk: int, *, now: datetime) -> tuple[int, bool]:
    """Go one page on for the endpoint with this key; how many deliveries, and whether it has everything."""
    endpoint = Endpoint.objects.select_for_update(of=["self"]).select_related("partner").get(pk=pk)
    if not endpoint.is_told:
        return 0, True
    by = endpoint.partner.entitlement.without_embargoed()
    wants, held = wanted_at(endpoint), partial(held_by, endpoint.partner)
    told = changes(after=endpoint.reached, limit=PAGE, now=now, by=by, wanted=wants, held=held)
    versions = numbers_of_current(
        {entry["article"]["id"] for entry in told.entries if entry["article"] and not entry["edition"]},
        now=told.now,
    )
    made = [_delivery(endpoint, entry, versions, now) for entry in told.entries]
    Delivery.objects.bulk_create(made)
    # What takes something away first: it is queued past everybody, and made before the others are sent.
    for delivery in sorted(made, key=lambda delivery: not delivery.urgent):
        queue(delivery)
    endpoint.reached = told.last
    endpoint.save(update_fields=["reached"])
    return len(made), told.complete


def _delivery(
    endpoint: Endpoint, entry: dict, versions: dict[str, int], now: datetime, *, reminder: bool = False
) -> Delivery:
    version = 1
    if entry["article"]:
        version = entry["edition"]["number"] if entry["edition"] else versions[entry["article"]["id"]]
    return Delivery(
        endpoint=endpoint,
        change_id=entry["number"],
        type=type_of(entry["kind"]),
        body=body_of(entry, version=version, reminder=reminder),
        urgent=is_urgent(entry["kind"]),
        reminder=reminder,
        made_at=now,
        next_at=now,
    )
