"""Put articles away that nobody works on any more, and take them out again; readers see no difference."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.corrections.notices import state_of
from articles.draft_locks import lock
from articles.models import Article
from articles.rules.after_publication import result_of
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError


@transaction.atomic
def archive(article: Article, *, by, now: datetime) -> Article:
    """Put ``article`` away: the desk's lists leave it out, and no edition is made of it.

    Raises DomainError ``not_allowed``, ``archived``, ``edition_waiting``.
    """
    article = lock(article)
    raise_if_may_not(by, "archive", article)
    if article.archived_at:
        raise DomainError("archived", "This article is in the archive already.")
    result_of("archive", *state_of(article, now=now))
    return _put(article, now, "article.archived", by=by, now=now)


@transaction.atomic
def unarchive(article: Article, *, by, now: datetime) -> Article:
    """Take ``article`` out of the archive. Raises DomainError ``not_allowed``, ``not_archived``."""
    article = lock(article)
    raise_if_may_not(by, "archive", article)
    if article.archived_at is None:
        raise DomainError("not_archived", "This article is not in the archive.")
    return _put(article, None, "article.unarchived", by=by, now=now)


def _put(article: Article, archived_at: datetime | None, act: str, *, by, now: datetime) -> Article:
    article.archived_at = archived_at
    article.save(update_fields=["archived_at"])
    record(act, article, by=by, now=now)
    return article
