"""Tell who may know of what waits under embargo that its moment has changed, or that it never comes.

Apart from the change feed, whose numbers everybody reads: each endpoint has the row up to which that was done. It goes
to every endpoint of the partner, whatever that asks for: nobody can choose to keep a moment that holds no more.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from articles.models import ChangedMoment
from newsroom.partners.models import Delivery, Endpoint, Partner
from newsroom.partners.webhooks.events import moment_body, type_of_moment
from newsroom.partners.webhooks.queueing import queue


def last_moment() -> int:
    """The row up to which an endpoint that is told from now on has been told. One query."""
    return ChangedMoment.objects.aggregate(last=Max("pk"))["last"] or 0


def not_told_yet():
    """The endpoints that have not been told of everything."""
    return Endpoint.objects.told().filter(moment_reached__lt=last_moment())


def still_told(partner: Partner):
    """What ``partner`` is told of: nothing that was changed once more since."""
    told = ChangedMoment.objects.told_to(partner.entitlement, fetched=partner.fetches.order_by())
    return told.exclude(pk__in=told.overtaken())


def tell_of_moments(*, now: datetime) -> int:
    """Make and queue what every endpoint is to be told of and was not yet; how many. Safe to run twice."""
    return sum(
        _tell_one(pk, now=now) for pk in list(not_told_yet().order_by("pk").values_list("pk", flat=True))
    )


@transaction.atomic
def _tell_one(pk: int, *, now: datetime) -> int:
    endpoint = Endpoint.objects.select_for_update(of=["self"]).select_related("partner").get(pk=pk)
    if not endpoint.is_told:
        return 0
    last = last_moment()
    found = still_told(endpoint.partner).filter(pk__gt=endpoint.moment_reached, pk__lte=last)
    made = Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            moment=moment,
            type=type_of_moment(moment),
            body=moment_body(moment),
            urgent=True,
            made_at=now,
            next_at=now,
        )
        for moment in found.select_related("article", "edition").order_by("pk")
    )
    for delivery in made:
        queue(delivery)
    endpoint.moment_reached = last
    endpoint.save(update_fields=["moment_reached"])
    return len(made)
