"""The start page: which articles stand where, the latest saved first."""

from articles.access import may
from articles.models import Article
from articles.rules.stages import Stage

# What is further down is found by the list's own filter.
SHOWN = 8


def board(request, context: dict) -> dict:
    """Adds ``board``: for whoever may see drafts, each stage with its articles and whether there are more."""
    if may(request.user, "see"):
        context["board"] = [_column(stage) for stage in Stage]
        context["may_create"] = may(request.user, "create")
    return context


def _column(stage: Stage) -> dict:
    latest = Article.objects.filter(stage=stage).order_by("-saved_at").select_related("created_by")
    articles = list(latest.only("headline", "slug", "saved_at", "created_by")[: SHOWN + 1])
    return {"stage": stage, "articles": articles[:SHOWN], "more": len(articles) > SHOWN}
