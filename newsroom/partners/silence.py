"""Notice a partner who used to fetch and has stopped (PA13): once for each silence."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from articles.noticing import those_who_may
from newsroom.audit.recording import record
from newsroom.notices.telling import tell
from newsroom.partners.models import Partner, Silence, Usage
from newsroom.partners.telling import write_of_silence

# Who fetched on so many days of so many before is missed.
REGULARLY, LOOKED_AT = 5, timedelta(days=28)


def notice_silence(*, now: datetime) -> int:
    """Tell the desk and the partner of every silence that has begun; how many. Safe to run twice.

    A silence begins when nothing was asked for the hours of the setting longer than the longest pause the partner made
    in the weeks before: who fetches on working days is not missed on a Sunday. It ends with the next request.
    """
    partners = Partner.objects.filter(is_active=True, keys__last_used_at__isnull=False)
    begun = 0
    for partner in partners.annotate(heard_at=Max("keys__last_used_at")).order_by("pk"):
        Silence.objects.filter(partner=partner, over_at=None, since__lt=partner.heard_at).update(
            over_at=partner.heard_at
        )
        if _is_missed(partner, now):
            begun += _notice(partner, now=now)
    return begun


def _is_missed(partner: Partner, now: datetime) -> bool:
    heard = partner.heard_at.date()
    asked = Usage.objects.filter(
        key__partner=partner, day__gt=heard - LOOKED_AT, day__lte=heard, requests__gt=0
    )
    days = sorted(set(asked.values_list("day", flat=True)))
    patience = timedelta(hours=settings.NEWSROOM_SILENT_AFTER)
    return len(days) >= REGULARLY and now - partner.heard_at >= _longest_pause(days) + patience


def _longest_pause(days: list[date]) -> timedelta:
    return max(after - before for before, after in pairwise(days))


@transaction.atomic
def _notice(partner: Partner, *, now: datetime) -> int:
    _silence, made = Silence.objects.get_or_create(
        partner=partner, over_at=None, defaults={"since": partner.heard_at, "noticed_at": now}
    )
    if not made:
        return 0
    since = partner.heard_at
    write_of_silence(partner, since=since)
    record("partner.silence_noticed", partner, by=None, now=now, since=since.isoformat())
    tell(those_who_may("administer"), "partner.silent", partner, by=None, now=now, when=since.isoformat())
    return 1
