"""Keep an article from going out while lawyers look at it. What readers see already is taken away by other acts."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.draft_locks import lock
from articles.holding import hold_each
from articles.models import Article, Edition, LegalHold
from articles.rules.kinds import UNLISTED
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed


@transaction.atomic
def hold_legally(article: Article, *, reason: str, by, now: datetime) -> LegalHold:
    """Nothing of ``article`` goes out until the hold is lifted; what waits is put on hold with it (design, rule 8).

    A notice that waits to take the article away keeps its moment. Raises DomainError ``not_allowed``,
    ``reason_missing``, ``held_already``.
    """
    raise_if_may_not(by, "hold_legally", article)
    reason = _reason(reason, "reason")
    now = while_nothing_is_published(now)
    article = lock(article)
    if standing_hold(article):
        raise DomainError("held_already", "The article is under legal hold already.")
    held = LegalHold.objects.create(article=article, reason=reason, by=by, at=now)
    waiting = Edition.objects.waiting(now).filter(article=article)
    hold_each([e for e in waiting if e.kind not in UNLISTED], why="legal_hold", now=now, by=by)
    record("article.held_legally", article, by=by, now=now)
    return held


@transaction.atomic
def lift_legal_hold(article: Article, *, reason: str, by, now: datetime) -> LegalHold:
    """What was on hold stays there: it goes out by publishing anew. Raises DomainError ``not_allowed``,
    ``reason_missing``, ``not_held``."""
    article = lock(article)
    raise_if_may_not(by, "lift_legal_hold", article)
    reason = _reason(reason, "reason")
    held = standing_hold(article)
    if held is None:
        raise DomainError("not_held", "The article is under no legal hold.")
    held.lifted_by, held.lifted_at, held.lifted_because = by, now, reason
    held.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    record("article.hold_lifted", article, by=by, now=now)
    return held


def standing_hold(article: Article) -> LegalHold | None:
    """The legal hold the article is under. One query."""
    return article.legal_holds.filter(lifted_at=None).select_related("by").first()


def held_among(articles: Iterable[Article]) -> set[int]:
    """The row keys of those of ``articles`` that are under legal hold. One query."""
    keys = {article.pk for article in articles}
    return set(LegalHold.objects.filter(article__in=keys, lifted_at=None).values_list("article", flat=True))


def _reason(text: str, place: str) -> str:
    if reason := typed(text, place):
        return reason
    raise DomainError("reason_missing", "Say why.", place)
