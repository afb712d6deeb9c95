"""Articles by the month in which they first appeared, in the newsroom's time zone."""

from datetime import datetime

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import reading
from articles.public.fronts import Listing, answer_list
from articles.public.spoken import spoken
from articles.purging import LISTS
from articles.rendering.dates import newsroom_zone
from articles.rendering.pages import spoken_path
from newsroom.core.answering import LIFETIME, NotThere, with_keys
from newsroom.core.cursors import key_at


@require_safe
@spoken
def newest(request):
    """The way to the newest month that has an article. One query."""
    cards = reading.cards(now=timezone.now(), before=None, limit=1)
    if not cards:
        raise NotThere(LISTS)
    response = HttpResponseRedirect(_path(cards[0].list_key))
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [LISTS])


@require_safe
@spoken
def month(request, year: str, month: str):
    """The articles of a month, newest first, and the ways to the nearest months that have any. Two queries."""
    first = _first_day(int(year), int(month))
    since = key_at(first)
    until = key_at(_first_day(first.year + first.month // 12, first.month % 12 + 1))
    earlier, later = reading.around(now=timezone.now(), since=since, until=until)
    facts = {
        "flag": _("Archive"),
        # Translators: Django date format of a month; F is its name as it stands alone.
        "heading": format_date(first, _("F Y")),
        "earlier_month": _path(earlier) if earlier else "",
        "later_month": _path(later) if later else "",
    }
    listing = Listing(
        "articles/month.html", reverse("archive-month", args=[year, month]), facts, get_language()
    )
    return answer_list(request, listing, since=since, until=until)


def _first_day(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=newsroom_zone())


def _path(list_key: str) -> str:
    """The month of the entry with this key."""
    at = datetime.fromisoformat(list_key.partition(" ")[0]).astimezone(newsroom_zone())
    return spoken_path("archive-month", f"{at:%Y}", f"{at:%m}")
