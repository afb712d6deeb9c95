"""Publishing and the falling of a source take turns.

What is published rests on sources as they stood when it was read; what a source falls from is what is published. If
both ran at once, an edition could come out resting on a source whose withdrawal never saw it. Of a lock that holds to
the end of the transaction, publishers share one side and whoever lets a source fall has the other alone. It is the
first lock either takes, so that nobody waits for it holding a row.
"""

from django.db import connection

# Means nothing; it must only be no other lock's (see articles.publishing).
_TURN = 7_307_002


def while_sources_stand() -> None:
    """Until the transaction ends no source is withdrawn, reinstated or embargoed; others may publish as well."""
    _take("pg_advisory_xact_lock_shared")


def while_nothing_is_published() -> None:
    """Until the transaction ends nobody publishes or makes pages anew; waits for those who are at it."""
    _take("pg_advisory_xact_lock")


def _take(lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_TURN])
