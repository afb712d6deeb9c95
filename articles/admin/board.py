"""The start page: what cannot wait, what waits, and which articles stand where."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.access import may
from articles.admin.listed import HELD
from articles.admin.my_desk import my_desk
from articles.holding import WHY
from articles.models import Article, Edition, Recall, Release, Removal
from articles.models.section import in_scope
from articles.rules.stages import Stage

# What is further down is found by the list's own filter.
SHOWN = 8


def board(request, context: dict) -> dict:
    """Adds, for whoever may see drafts, ``board``: each stage with its articles and whether there are more; and
    ``pressing``: what somebody has to do about what is public or waits to be."""
    if may(request.user, "see"):
        context["board"] = [_column(stage, request.user) for stage in Stage]
        context["lists"] = my_desk(request.user, timezone.now())
        context["pressing"] = _pressing(request.user, timezone.now())
        context["may_create"] = may(request.user, "create")
    return context


def _column(stage: Stage, user) -> dict:
    latest = (
        Article.objects.visible_to(user)
        .not_trashed()
        .filter(stage=stage, under_way=True, archived_at=None)
        .order_by("-saved_at")
        .select_related("created_by")
        .annotate(held=HELD)
    )
    articles = list(latest.only("headline", "slug", "saved_at", "created_by")[: SHOWN + 1])
    return {"stage": stage, "articles": articles[:SHOWN], "more": len(articles) > SHOWN}


def _pressing(user, now: datetime) -> dict[str, dict]:
    """What was taken from readers and not confirmed, open recalls, what waits, what is on hold: a query each."""
    of_edition, of_article = in_scope(user, "edition__article__"), in_scope(user, "article__")
    removals = Removal.objects.filter(of_edition, confirmed_at=None, edition__in=Edition.objects.current(now))
    recalls = Recall.objects.filter(closed_at=None).select_related("claim", "quote", "source", "opened_by")
    waiting = (
        Edition.objects.waiting(now)
        .filter(of_article)
        .select_related("article", "release")
        .order_by("release__showing")
    )
    return {
        "removals": _first(removals.select_related("edition__article", "by").order_by("confirm_by")),
        "recalls": _first(recalls.order_by("-pk")),
        "waiting": _first(waiting),
        "held": _first(_held().filter(of_article)),
    }


def _held():
    """What was put on hold, and nothing published since has taken its place; ``why`` in words."""
    later = Edition.objects.not_withdrawn().filter(
        article=OuterRef("article"), number__gt=OuterRef("edition__number")
    )
    held = Release.objects.exclude(held_for="").filter(article__archived_at=None).exclude(Exists(later))
    return held.select_related("article", "edition").order_by("-pk")


def _first(rows) -> dict:
    found = list(rows[: SHOWN + 1])
    for row in found:
        if isinstance(row, Release):
            row.why = WHY.get(row.held_for, row.held_for)
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN}
