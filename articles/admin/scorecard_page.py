"""The evidence scorecard of the desk and of one story: numbers with their bars, and the same as a file."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, MonthScore, Section
from articles.rules.exemptions import Reason
from articles.rules.languages import Language
from articles.scoring import MONTHS, Score, corrections_of, month_of, score_of_story
from newsroom.admin_site import standing_page
from newsroom.core.deferring import defer
from newsroom.desk_admin import may_any

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
# Figure, its name, and the figure of which it is a share ("": it is a number by itself).
ROWS = [
    ("stories", gettext_lazy("stories"), ""),
    ("statements", gettext_lazy("statements"), ""),
    ("supported", gettext_lazy("with a supporting source"), "statements"),
    ("primary", gettext_lazy("with a primary source"), "statements"),
    ("single_origin", gettext_lazy("resting on a single origin"), "supported"),
    ("checked", gettext_lazy("checked by a person"), "statements"),
    ("checked_30", gettext_lazy("checked within 30 days"), "checked"),
    ("checked_90", gettext_lazy("checked 30 to 90 days ago"), "checked"),
    ("checked_365", gettext_lazy("checked 90 to 365 days ago"), "checked"),
    ("checked_older", gettext_lazy("checked more than a year ago"), "checked"),
    *((f"exempt_{reason.value}", reason.label, "statements") for reason in Reason),
    ("not_yet_checked", gettext_lazy("out by a waiver, to be repaired"), "statements"),
    ("overdue", gettext_lazy("of these, overdue"), "not_yet_checked"),
]


@dataclass(frozen=True)
class Row:
    """One figure; ``share`` in percent of ``of`` (None: a number by itself, or a share of nothing)."""

    name: str
    label: str
    count: int
    of: str
    share: float | None


@dataclass(frozen=True)
class Asked:
    """Of which month, language ("" for all) and section (None for all)."""

    month: date
    language: str
    section: int | None

    @property
    def address(self) -> str:
        told = {"month": f"{self.month:%Y-%m}", "language": self.language, "section": self.section or ""}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@standing_page("scorecard/", "scorecard")
def scorecard(request) -> HttpResponse:
    """A month with the eleven before it; ``form=csv`` gives them as a file."""
    if not may_any(request.user, ("see_scorecard",)):
        raise PermissionDenied
    now = timezone.now()
    asked = _asked(request, now)
    if request.method == "POST":
        defer("articles.tasks.count_one_month", month=asked.month.isoformat())
        return HttpResponseRedirect(request.path + asked.address)
    months = [_before(asked.month, n) for n in range(MONTHS)][::-1]
    scores, as_of = _scores(months, asked)
    if request.GET.get("form") == "csv":
        return _file(months, scores)
    context = {
        **_around(_("Scorecard")),
        "asked": asked,
        "as_of": as_of.get(asked.month),
        "rows": rows_of(scores[asked.month]),
        "oldest": scores[asked.month].oldest_check_at,
        "trend": [
            (month, _row(scores[month], "primary"), _row(scores[month], "single_origin")) for month in months
        ],
        "corrections": corrections_of(asked.month, now=now),
        "languages": Language.choices,
        "sections": Section.objects.order_by("name")[:200],
    }
    return TemplateResponse(request, "admin/scorecard/desk.html", admin.site.each_context(request) | context)


@standing_page("scorecard/<int:pk>/", "scorecard_story")
def story_scorecard(request, pk: int) -> HttpResponse:
    """The score of one story as readers see it now."""
    article = Article.objects.visible_to(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise Http404
    score = score_of_story(article, now=timezone.now())
    context = {
        **_around(article),
        "article": article,
        "rows": rows_of(score) if score else [],
        "oldest": score and score.oldest_check_at,
    }
    return TemplateResponse(request, "admin/scorecard/story.html", admin.site.each_context(request) | context)


def rows_of(score: Score) -> list[Row]:
    """Every figure of the table, nothing left out: a zero says something, too."""
    return [_row(score, name) for name, _label, _of in ROWS]


def _row(score: Score, name: str) -> Row:
    label, of = next((label, of) for known, label, of in ROWS if known == name)
    count, whole = score.figures[name], score.figures[of] if of else 0
    named = next((str(other) for known, other, _of in ROWS if known == of), "")
    return Row(name, str(label), count, named, round(100 * count / whole, 1) if whole else None)


def _around(title) -> dict:
    return {"title": title, "page_title": _("Scorecard")}


def _asked(request, now: datetime) -> Asked:
    """Raises BadRequest for a month, language or section that there cannot be."""
    month, language, section = (request.GET.get(name, "") for name in ("month", "language", "section"))
    if (month and not _MONTH.fullmatch(month)) or (language and language not in Language.values):
        raise BadRequest("no such month or language")
    if section and not (section.isascii() and section.isdigit() and len(section) < 19):
        raise BadRequest("no such section")
    chosen = date.fromisoformat(f"{month}-01") if month else month_of(now)
    if chosen > month_of(now):
        raise BadRequest("this month is still to come")
    return Asked(chosen, language, int(section) if section else None)


def _before(month: date, n: int) -> date:
    months = month.year * 12 + month.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)


def _scores(months: list[date], asked: Asked) -> tuple[dict[date, Score], dict[date, datetime]]:
    """By month the score, and when it was counted. One query."""
    counted = MonthScore.objects.filter(month__gte=months[0], month__lte=months[-1])
    counted = counted.filter(language=asked.language) if asked.language else counted
    counted = counted.filter(section=asked.section) if asked.section else counted
    scores, as_of = {month: Score(Counter()) for month in months}, {}
    for row in counted:
        scores[row.month] += Score(Counter(row.figures), row.oldest_check_at)
        as_of[row.month] = row.as_of
    return scores, as_of


def _file(months: list[date], scores: dict[date, Score]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="scorecard-{months[-1]:%Y-%m}.csv"'
    written = csv.writer(response)
    written.writerow(["month", *(name for name, _label, _of in ROWS), "oldest_check_at"])
    for month in months:
        score = scores[month]
        oldest = score.oldest_check_at.isoformat() if score.oldest_check_at else ""
        written.writerow([f"{month:%Y-%m}", *(score.figures[name] for name, _label, _of in ROWS), oldest])
    return response
