"""Queue what is to be sent: one after another for each endpoint, and past everybody what takes something away."""

from datetime import datetime

from newsroom.core.deferring import defer
from newsroom.partners.models import Delivery

FAN_OUT = "newsroom.partners.tasks.make_deliveries"
SEND = "newsroom.partners.tasks.send_delivery"
SEND_LATER = "newsroom.partners.tasks.queue_delivery"

# How many endpoints are told at a time: receivers that hang hold up neither captures nor what is urgent.
LANES = 2
URGENT = 100


def queue_fan_out() -> None:
    """Have deliveries made of what the change feed has."""
    defer(FAN_OUT)


def queue(delivery: Delivery, *, at: datetime | None = None) -> None:
    """Have ``delivery`` tried, at once or ``at`` a moment (aware).

    What waits for its moment is in no lane: it would close it until then. A job belongs to one try; one that comes
    late, or twice, finds that this try is over.
    """
    one = {"delivery": delivery.pk, "tries": delivery.tries}
    if at is not None:
        defer(SEND_LATER, at=at, **one)
    elif delivery.urgent:
        defer(SEND, priority=URGENT, **one)
    else:
        defer(SEND, lock=f"webhooks in lane {delivery.endpoint_id % LANES}", **one)


def begin_anew(deliveries, *, now: datetime) -> None:
    """Try ``deliveries`` (a queryset) as if they had never been tried, in the order in which they were made."""
    deliveries.update(state=Delivery.State.WAITING, tries=0, next_at=now, finished_at=None)
    for delivery in deliveries.order_by("pk").only("pk", "tries", "urgent", "endpoint_id"):
        queue(delivery)
