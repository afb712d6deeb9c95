"""Count what partners read, and tell it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Sum

from newsroom.core.prepared import rows_of
from newsroom.partners.models import ApiKey, Usage

TOO_MANY = 429

# In one statement, and without waiting for the disk: a power cut may cost the last second's counts.
_STATEMENT = """
WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO partners_usage AS kept (key_id, day, requests, cost, sent, refused)
SELECT %s::bigint, %s::date, %s::bigint, %s::bigint, %s::bigint, %s::bigint FROM unhurried
ON CONFLICT (key_id, day) DO UPDATE SET
    requests = kept.requests + EXCLUDED.requests,
    cost = kept.cost + EXCLUDED.cost,
    sent = kept.sent + EXCLUDED.sent,
    refused = kept.refused + EXCLUDED.refused
RETURNING requests
"""


def note(reader, view, response, *, now: datetime) -> None:
    """Count ``response`` for the key of ``reader``."""
    refused = response.status_code == TOO_MANY
    cost = 0 if refused else view.charged
    sent = 0 if view.request.method == "HEAD" else len(response.content)
    add(reader.key.pk, now.date(), cost=cost, sent=sent, refused=refused)


def add(key: int, day: date, *, cost: int, sent: int, refused: bool = False) -> None:
    """Count one request of the key with this number on ``day``. One statement."""
    rows_of(_STATEMENT, [key, day, 1, cost, sent, int(refused)])


def used_since(partner: int, day: date) -> int:
    """What all keys of the partner with this number have cost since ``day``."""
    rows = Usage.objects.filter(key__partner=partner, day__gte=day)
    return sum(rows.values_list("cost", flat=True))


@dataclass(frozen=True)
class Used:
    """What was used in some time, by one key or one day."""

    of: object
    requests: int = 0
    cost: int = 0
    sent: int = 0
    refused: int = 0


def by_day(partner, *, first: date, last: date) -> list[Used]:
    """What the partner used on each day from ``first`` to ``last``, those without included. One query."""
    found = {used.of: used for used in _summed(partner, first, last, "day")}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [found.get(day, Used(day)) for day in days]


def by_key(partner, *, first: date, last: date) -> list[Used]:
    """What each key of the partner used from ``first`` to ``last``, the busiest first. Two queries."""
    summed = _summed(partner, first, last, "key")
    keys = ApiKey.objects.in_bulk([used.of for used in summed])
    return [replace(used, of=keys[used.of]) for used in sorted(summed, key=lambda used: -used.requests)]


_SUMS = [Sum(name) for name in ("requests", "cost", "sent", "refused")]


def _summed(partner, first: date, last: date, by: str) -> list[Used]:
    rows = Usage.objects.filter(key__partner=partner, day__range=(first, last)).order_by().values_list(by)
    return [Used(*row) for row in rows.annotate(*_SUMS)]
