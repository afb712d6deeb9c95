"""Days and moments as readers see them: in the newsroom's time zone, in the active language."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def newsroom_zone() -> ZoneInfo:
    """The time zone in which days and months begin for the newsroom."""
    return _zone(settings.NEWSROOM_TIME_ZONE)


def moment(at: datetime) -> dict[str, str]:
    """An aware ``at`` as ``{"iso": for machines, with offset, "text": for people, with the zone's short name}``."""
    local = at.astimezone(_zone(settings.NEWSROOM_TIME_ZONE))
    # Translators: Django date format of a moment; E is the month as it stands after a day.
    return {"iso": local.isoformat(timespec="seconds"), "text": format_date(local, _("j E Y, H:i T"))}


def utc(at: datetime) -> str:
    """An aware ``at`` as RFC 3339 in UTC, with Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_of(at: datetime) -> dict[str, str]:
    """The day on which an aware ``at`` falls in the newsroom's time zone, as :func:`day` tells it."""
    return day(at.astimezone(_zone(settings.NEWSROOM_TIME_ZONE)).date().isoformat())


def day(value: str | None) -> dict[str, str] | None:
    """An ISO date as ``{"iso", "text"}``, or None."""
    if value is None:
        return None
    # Translators: Django date format of a day.
    return {"iso": value, "text": format_date(date.fromisoformat(value), _("j E Y"))}


def told_dates(statement: dict) -> str:
    """As of when a statement holds, and until when it is looked at again, in the active language; "" if neither is.

    The days stand there whether they have passed or not: what has passed is seen by whoever reads it, however long ago
    the page was made.
    """
    told = []
    if as_of := day(statement.get("as_of")):
        told.append(_("as of %(day)s") % {"day": as_of["text"]})
    if review_by := day(statement.get("review_by")):
        told.append(_("to be looked at again by %(day)s") % {"day": review_by["text"]})
    return "; ".join(told)
