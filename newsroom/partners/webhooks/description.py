"""What the description of the API says of webhooks."""

from datetime import timedelta

from drf_spectacular.utils import OpenApiWebhook, extend_schema
from rest_framework import serializers

from articles.rules.change_kinds import CHANGE_KINDS
from newsroom.partners.webhooks.delivering import BUSY, GIVEN_UP_AFTER, GONE, PAUSES, SECONDS
from newsroom.partners.webhooks.events import CANCELLED, MOVED, PING, type_of

TYPES = sorted({PING, MOVED, CANCELLED, *(type_of(kind) for kind, _label in CHANGE_KINDS)})


def _long(time: timedelta) -> str:
    """``time`` in the largest unit that has it whole."""
    sizes = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    fits = next(
        ((name, size) for name, size in sizes.items() if not time % size), ("second", timedelta(seconds=1))
    )
    count = time // fits[1]
    return f"{count} {fits[0]}{'' if count == 1 else 's'}"


_BUSY = [str(status) for status in sorted(BUSY)]
_RULES = f"""
Sent to each of your endpoints when something becomes visible that you are entitled to and asked for. Signed as
[Standard Webhooks](https://www.standardwebhooks.com/) have it: verify `webhook-signature` with the endpoint's secret
before you read the body, and refuse a `webhook-timestamp` that is minutes away. While a secret is exchanged there are
two signatures; one of them is enough.

- `webhook-id` is the same at every attempt: what you have seen already you may pass over.
- The order is not guaranteed, and a retraction or take-down overtakes what waits: compare `data.version` and
  `data.change` with what you have. The change feed has everything in order.
- `{MOVED}` and `{CANCELLED}` are of no change: what waits under embargo, which your products open or which you have
  fetched, has another moment (`data.embargoed_until`) than it had (`data.was`), or never shows. They overtake
  everything, too, go to each of your endpoints whatever it asks for, and cannot be switched off. Of two about one
  edition the later `timestamp` holds; one that holds no more is not tried again. Ask `embargoed/` anew before you show
  anything.
- Any 2xx within {SECONDS} seconds is success. Everything else, redirects included, is tried again, the pauses being
  {", ".join(_long(pause) for pause in PAUSES)}; Retry-After is honoured with {", ".join(_BUSY[:-1])} and {_BUSY[-1]}.
  {GONE} pauses the endpoint, and so do {_long(GIVEN_UP_AFTER)} without one success. What came meanwhile is sent once
  you resume it.
- Corrections, clarifications, retractions, unpublications and take-downs cannot be switched off.

The payload is thin: read the article at `data.href`. The types are {", ".join(f"`{name}`" for name in TYPES)}; a
take-down is an `article.unpublished` of the kind `take_down`, a clarification an `article.corrected`.
"""


class EventRecord(serializers.Serializer):
    """The record that an event is about which is about no article."""

    type = serializers.CharField()
    id = serializers.CharField()


class EventCorrection(serializers.Serializer):
    """The note that goes with an edition, while it can be read."""

    id = serializers.CharField()
    href = serializers.CharField()


class EventData(serializers.Serializer):
    """What happened, and where to read what shows now."""

    id = serializers.CharField(help_text="Of the article, or of the record.")
    version = serializers.IntegerField(help_text="The number of the edition; of records always 1.")
    href = serializers.CharField()
    change = serializers.IntegerField(required=False, help_text="Its number in the change feed.")
    kind = serializers.CharField(required=False, help_text="As the change feed has it.")
    article = serializers.CharField(required=False)
    edition = serializers.IntegerField(required=False)
    digest = serializers.CharField(required=False, help_text="SHA-256 of the edition's document.")
    correction = EventCorrection(required=False)
    record = EventRecord(required=False)
    embargoed_until = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="Of `embargo.…`: the moment from now on; null: it never shows.",
    )
    was = serializers.DateTimeField(
        required=False, help_text="Of `embargo.…`: the moment that holds no more."
    )
    reminder = serializers.BooleanField(
        required=False, help_text="By all we know you still show what was before."
    )


class Event(serializers.Serializer):
    """The body of a webhook, of less than 20 kB."""

    type = serializers.CharField()
    timestamp = serializers.DateTimeField(help_text="When it happened, not when it was sent.")
    data = EventData()


EVENT = OpenApiWebhook(
    "event",
    extend_schema(
        summary="Something became visible",
        description=_RULES,
        request=Event,
        responses={"2XX": None},
        tags=["webhooks"],
    ),
)
