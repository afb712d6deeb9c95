"""Note what partners fetch."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from newsroom.partners.models import Fetch, Partner

# Without waiting for the disk: a power cut may cost the last second's notes, and nobody who reads waits for them.
_NOTE = f"""
    WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO {Fetch._meta.db_table} AS known (partner_id, edition_id, first_at, last_at, times)
    SELECT %(partner)s, edition, %(now)s, %(now)s, 1 FROM unhurried, unnest(%(editions)s::bigint[]) AS edition
    ON CONFLICT (partner_id, edition_id)
    DO UPDATE SET last_at = greatest(known.last_at, excluded.last_at), times = known.times + 1
"""  # noqa: S608


def note_fetch(partner: Partner, edition_ids: Iterable[int], now: datetime) -> None:
    """Note that ``partner`` has fetched the editions with these row ids. One statement; none for no edition."""
    # In one order, so that two requests of one partner never wait for each other crosswise.
    if editions := sorted(set(edition_ids)):
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, {"partner": partner.pk, "editions": editions, "now": now})
