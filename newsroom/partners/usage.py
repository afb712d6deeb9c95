"""Count what partners read, and tell it."""

from datetime import date, datetime

from django.db import connection

from newsroom.partners.models import Usage

TOO_MANY = 429

# In one statement, and without waiting for the disk: a power cut may cost the last second's counts.
_STATEMENT = """
WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO partners_usage AS kept (key_id, day, requests, cost, sent, refused)
SELECT %s, %s, %s, %s, %s, %s FROM unhurried
ON CONFLICT (key_id, day) DO UPDATE SET
    requests = kept.requests + EXCLUDED.requests,
    cost = kept.cost + EXCLUDED.cost,
    sent = kept.sent + EXCLUDED.sent,
    refused = kept.refused + EXCLUDED.refused
"""


def note(reader, view, response, *, now: datetime) -> None:
    """Count ``response`` for the key of ``reader``; one that is streamed is counted when all of it was sent."""
    refused = response.status_code == TOO_MANY
    cost = 0 if refused else view.cost
    if response.streaming:
        response.streaming_content = _counted(response.streaming_content, reader, cost, now)
    else:
        sent = 0 if view.request.method == "HEAD" else len(response.content)
        add(reader.key.pk, now.date(), cost=cost, sent=sent, refused=refused)


def add(key: int, day: date, *, cost: int, sent: int, refused: bool = False) -> None:
    """Count one request of the key with this number on ``day``. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [key, day, 1, cost, sent, int(refused)])


def used_since(partner: int, day: date) -> int:
    """What all keys of the partner with this number have cost since ``day``."""
    rows = Usage.objects.filter(key__partner=partner, day__gte=day)
    return sum(rows.values_list("cost", flat=True))


def _counted(chunks, reader, cost: int, now: datetime):
    sent = 0
    try:
        for chunk in chunks:
            sent += len(chunk)
            yield chunk
    finally:
        add(reader.key.pk, now.date(), cost=cost, sent=sent)
