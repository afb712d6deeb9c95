"""The evidence scorecard (N24): of one story at once, of a month's stories counted by the queue.

Numbers come from the documents of current editions, which say what readers see; from the desk come the age of checks,
the deadlines of waivers and the time that corrections took. A retracted or removed story is not counted.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from articles.models import Article, Check, Edition, EditionContent, MonthScore, Recall, Waiver
from articles.rules.scoring import age_column, figures_of, waived_places

# Editions whose documents are in memory at once.
BATCH = 200
# Months before the present one that are counted each night.
MONTHS = 12


@dataclass(frozen=True)
class Score:
    """``figures`` as of :func:`articles.rules.scoring.figures_of`, with ``stories``, ``checked`` and ``checked_*`` by
    age, and ``overdue``; ``oldest_check_at`` is of the check that is the newest of its statement."""

    figures: Counter
    oldest_check_at: datetime | None = None

    def __add__(self, other: "Score") -> "Score":
        both = [at for at in (self.oldest_check_at, other.oldest_check_at) if at]
        return Score(self.figures + other.figures, min(both, default=None))


@dataclass(frozen=True)
class Corrections:
    """Recalls that were closed in a month, the median of the hours they took, and how many are open now."""

    closed: int
    median_hours: float | None
    open: int


def score_of_story(article: Article, *, now: datetime) -> Score | None:
    """The score of what readers see of ``article``; None where they see no text of it. Four queries."""
    current = Edition.objects.listed(now).filter(article=article).values_list("pk", flat=True)
    return _score_of(list(current), now) if current else None


def count_month(month: date, *, now: datetime) -> None:
    """Count the stories first published in the month that begins on ``month``, in the newsroom's time zone."""
    first = Edition.objects.first_shown(*_bounds(month)).values("article")
    listed = Edition.objects.listed(now).filter(article__in=first).order_by("pk")
    scores: dict[tuple, Score] = {}
    rows = list(listed.values_list("pk", "article__language", "article__section"))
    for (language, section), editions in _grouped(rows).items():
        for batch in batched(editions, BATCH, strict=False):
            known = scores.get((language, section), Score(Counter()))
            scores[language, section] = known + _score_of(batch, now)
    with transaction.atomic():
        MonthScore.objects.filter(month=month).delete()
        MonthScore.objects.bulk_create(
            MonthScore(
                month=month,
                language=language,
                section_id=section,
                figures=dict(score.figures),
                oldest_check_at=score.oldest_check_at,
                as_of=now,
            )
            for (language, section), score in scores.items()
        )


def corrections_of(month: date, *, now: datetime) -> Corrections:
    """How long it took to repair what was recalled. Two queries."""
    since, until = _bounds(month)
    closed = Recall.objects.filter(closed_at__gte=since, closed_at__lt=until)
    hours = sorted(
        (ended - begun) / timedelta(hours=1) for begun, ended in closed.values_list("opened_at", "closed_at")
    )
    middle = len(hours) // 2
    median = None
    if hours:
        median = hours[middle] if len(hours) % 2 else (hours[middle - 1] + hours[middle]) / 2
    return Corrections(len(hours), median, Recall.objects.filter(closed_at=None).count())


def month_of(moment: datetime, before: int = 0) -> date:
    """The first day of the month of ``moment`` by the newsroom's clock, or of one ``before`` it."""
    local = moment.astimezone(ZoneInfo(settings.NEWSROOM_TIME_ZONE))
    months = local.year * 12 + local.month - 1 - before
    return date(months // 12, months % 12 + 1, 1)


def _bounds(month: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(settings.NEWSROOM_TIME_ZONE)
    following = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return tuple(datetime(day.year, day.month, 1, tzinfo=zone) for day in (month, following))


def _grouped(rows: Iterable[tuple]) -> dict[tuple, list[int]]:
    groups: dict[tuple, list[int]] = {}
    for edition, language, section in rows:
        groups.setdefault((language, section), []).append(edition)
    return groups


def _score_of(editions: Iterable[int], now: datetime) -> Score:
    """The score of these editions together. Three queries."""
    figures: Counter = Counter()
    stands, unchecked = set(), set()
    contents = EditionContent.objects.filter(edition__in=list(editions))
    for article, text in contents.values_list("edition__article", "document"):
        document = json.loads(text)
        figures += figures_of(document) + Counter(stories=1)
        stands |= {(article, statement["key"]) for statement in document["content"]["statements"]}
        unchecked |= {(article, place) for place in waived_places(document)}
    articles = {article for article, _key in stands}
    latest = Check.objects.filter(article__in=articles).order_by().values("article", "segment")
    oldest = None
    for article, key, at in latest.annotate(at=Max("at")).values_list("article", "segment", "at"):
        if (article, key) in stands:
            figures += Counter({"checked": 1, age_column((now - at) / timedelta(days=1)): 1})
            oldest = min(oldest or at, at)
    waivers = Waiver.objects.filter(article__in={article for article, _place in unchecked})
    due = waivers.order_by().values("article", "place").annotate(due=Max("repair_by"))
    figures["overdue"] += sum(
        (article, place) in unchecked and until <= now
        for article, place, until in due.values_list("article", "place", "due")
    )
    return Score(+figures, oldest)
