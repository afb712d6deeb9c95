"""Put drafts that are not wanted in the trash, and take them out again. What readers know cannot go."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.draft_locks import lock, raise_if_held
from articles.models import Article
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

REASON_LENGTH = 500
# Editions that a refusal names.
NAMED = 10


@transaction.atomic
def trash(article: Article, *, by, now: datetime, reason: str) -> Article:
    """Put ``article`` in the trash: no list, board or search has it, and nothing is done with it until it is taken out.

    Raises DomainError ``not_allowed``, ``trashed``, ``sealed``, ``reason_missing``; ``locked`` while somebody else has
    it open; ``has_editions``, which names them, for whatever was published or waits to be.
    """
    article = lock(article)
    raise_if_may_not(by, "trash", article)
    raise_if_held(article, by=by, now=now)
    reason = typed(reason, "reason", limit=REASON_LENGTH)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    if editions := list(article.editions.order_by("number")[: NAMED + 1]):
        named = [f"{edition.number} ({edition.get_kind_display()})" for edition in editions[:NAMED]]
        places = ", ".join(named) + (" …" if len(editions) > NAMED else "")
        raise DomainError("has_editions", "It cannot go: it has editions %(places)s.", places=places)
    return _put(article, now, "article.trashed", by=by, now=now, reason=reason)


@transaction.atomic
def restore_from_trash(article: Article, *, by, now: datetime) -> Article:
    """Take ``article`` out of the trash as it went in. Raises DomainError ``not_allowed``, ``not_trashed``."""
    article = lock(article)
    raise_if_may_not(by, "restore_from_trash", article)
    if article.trashed_at is None:
        raise DomainError("not_trashed", "This article is not in the trash.")
    return _put(article, None, "article.untrashed", by=by, now=now)


def _put(article: Article, trashed_at: datetime | None, act: str, *, by, now: datetime, **facts) -> Article:
    article.trashed_at = trashed_at
    article.save(update_fields=["trashed_at"])
    record(act, article, by=by, now=now, **facts)
    return article
