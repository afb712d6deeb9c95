"""Publishing and the falling of a source take turns.

What is published rests on sources as they stood when it was read; what a source falls from is what is published. If
both ran at once, an edition could come out resting on a source whose withdrawal never saw it. Of a lock that holds to
the end of the transaction, publishers share one side and whoever lets a source fall has the other alone. It is the
first lock either takes, so that nobody waits for it holding a row.
"""

from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from django.db.models import Max

from articles.models import Article, Edition

# Means nothing; it must only be no other lock's (see articles.publishing).
_TURN = 7_307_002


def behind_what_shows(article: Article, now: datetime) -> datetime:
    """``now``, or the moment just after the latest edition of ``article`` that was announced.

    Who waited for the article's row, or whose clock is slow, acts after what partners have been told of, never before
    it. Asked when the row is locked. One query.
    """
    announced = Edition.objects.filter(article=article, release__announced=True).not_withdrawn()
    latest = announced.aggregate(at=Max("release__showing__startswith"))["at"]
    return now if latest is None or latest < now else latest + timedelta(microseconds=1)


def while_sources_stand() -> None:
    """Until the transaction ends no source is withdrawn, reinstated or embargoed; others may publish as well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_TURN])


def while_nothing_is_published(now: datetime) -> datetime:
    """Until the transaction ends nobody publishes or makes pages anew; waits for those who are at it.

    Returns the moment at which the turn came: ``now`` (aware), and as much later as it took. What had begun to show
    by then shows, whatever it did when the act was asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        if cursor.fetchone()[0]:
            return now
        began = monotonic()
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    return now + timedelta(seconds=monotonic() - began)
