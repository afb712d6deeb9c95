"""Take an article down for a legal reason (design, rule 7)."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.corrections.notices import stand_in
from articles.draft_locks import lock
from articles.models import Article, Edition, EditionSubject, Rendering, SearchedEdition
from articles.rules.kinds import Kind
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

REASON_LENGTH = 2000


@transaction.atomic
def take_down(article: Article, *, by, now: datetime, reason: str) -> Edition:
    """Hide ``article`` at once, its earlier editions and receipts with it, behind a neutral notice.

    ``reason`` stays at the desk. Somebody else confirms in time (:mod:`articles.corrections.confirming`); nothing
    brings the text back but a reinstatement. Raises DomainError ``not_allowed``, ``reason_missing``,
    ``text_too_long``, ``text_unreadable``, ``not_public``, ``taken_down_already``.
    """
    now = while_nothing_is_published(now)
    article = lock(article)
    raise_if_may_not(by, "take_down", article)
    reason = typed(reason, "reason", limit=REASON_LENGTH)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    # No road will lead to them any more; so that none can be found, they are not there either.
    for model in (Rendering, EditionSubject, SearchedEdition):
        model.objects.filter(edition__article=article).delete()
    edition = stand_in(
        article, "take_down", Kind.TAKE_DOWN, by=by, now=now, reason=reason, closes_history=True
    )
    record("article.taken_down", article, by=by, now=now, edition=edition.number)
    return edition
