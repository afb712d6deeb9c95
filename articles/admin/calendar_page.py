"""The calendar: what shows when, what is due, which claims are to be looked at again; a month or a week at a time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles.admin.listed import held
from articles.models import Assignment, Claim, Edition
from articles.models.section import in_scope
from newsroom.admin_site import standing_page
from newsroom.desk_admin import may_any

# Entries of one kind on a page; more than a newsroom plans in a month.
MOST = 300
VIEWS = {"month": _("Month"), "week": _("Week")}
# No newsroom plans beyond these, and the calendar's own ends are near neither.
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Entry:
    """``at`` is empty for what concerns a whole day."""

    at: str
    kind: str
    what: str
    title: str
    url: str


@standing_page("calendar/", "calendar")
def calendar_page(request):
    if not may_any(request.user, ("see",)):
        raise PermissionDenied
    view, day = _asked(request)
    first, days = _span(view, day)
    entries = _entries(request.user, first, first + timedelta(days=days), timezone.now())
    today = timezone.localdate()
    dates = [first + timedelta(days=n) for n in range(days)]
    cells = [(d, entries.get(d, []), d == today, view == "month" and d.month != day.month) for d in dates]
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "page_title": _("Calendar"),
        "view": view,
        "views": [(name, label, name == view) for name, label in VIEWS.items()],
        "day": day,
        "weeks": [cells[n : n + 7] for n in range(0, days, 7)],
        "before": _other(view, day, -1),
        "after": _other(view, day, 1),
        "today": today,
        "zone": timezone.get_current_timezone_name(),
    }
    return TemplateResponse(request, "admin/articles/calendar.html", context)


def _asked(request) -> tuple[str, date]:
    """Raises BadRequest for a view or a day that there is none of."""
    view, day = request.GET.get("view", "month"), request.GET.get("day", "")
    try:
        found = date.fromisoformat(day) if day else timezone.localdate()
    except ValueError:
        raise BadRequest("no such day") from None
    if view not in VIEWS or not FIRST <= found <= LAST:
        raise BadRequest("no such view or day")
    return view, found


def _span(view: str, day: date) -> tuple[date, int]:
    """The first day shown, a Monday, and how many."""
    if view == "week":
        return day - timedelta(days=day.weekday()), 7
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    monday = first - timedelta(days=first.weekday())
    return monday, (last - monday).days // 7 * 7 + 7


def _other(view: str, day: date, step: int) -> date:
    if view == "week":
        return day + timedelta(days=7 * step)
    return (day.replace(day=15) + timedelta(days=30 * step)).replace(day=1)


def _entries(user, first: date, end: date, now: datetime) -> dict[date, list[Entry]]:
    """What is on each day from ``first`` to before ``end``, by the newsroom's clock. Three queries."""
    zone = timezone.get_current_timezone()
    start, stop = (datetime.combine(day, time(), zone) for day in (first, end))
    found: dict[date, list[Entry]] = defaultdict(list)

    def add(moment: datetime, kind: str, what, article, page: str) -> None:
        local = timezone.localtime(moment)
        url = reverse(f"admin:articles_article_{page}", args=[article.pk])
        found[local.date()].append(Entry(date_format(local, "H:i"), kind, str(what), str(article), url))

    waiting = Edition.objects.waiting_within(start, stop, now=now).filter(in_scope(user, "article__"))
    waiting = waiting.select_related("article", "release").defer("article__body")
    for edition in waiting.order_by("release__showing")[:MOST]:
        kind = "embargoed" if edition.release.embargoed else "scheduled"
        what = _("under embargo until then") if kind == "embargoed" else edition.get_kind_display()
        add(edition.release.showing.lower, kind, what, edition.article, "published")
    due = Assignment.objects.filter(
        in_scope(user, "article__"), ended_at=None, due_at__range=(start, stop), article__trashed_at=None
    )
    due = due.annotate(held=held("article")).select_related("article", "to").defer("article__body")
    for task in due.order_by("due_at")[:MOST]:
        what = f"{task.get_task_display()}: {task.to}" + (f", {_('legal hold')}" if task.held else "")
        add(task.due_at, "due", what, task.article, "work")
    for entries in found.values():
        entries.sort(key=lambda entry: entry.at)
    claims = Claim.objects.filter(review_by__gte=first, review_by__lt=end, merged_into=None).order_by(
        "review_by", "pk"
    )
    for claim in claims[:MOST]:
        url = reverse("admin:articles_claim_change", args=[claim.pk])
        found[claim.review_by].append(Entry("", "stale", str(_("to look at again")), str(claim), url))
    return found
