"""Who has a draft open for writing: one person at a time, and everybody else sees who and since when.

The lock is soft. It lapses some minutes after the last sign of life, whoever may take it over does so with a reason,
and the holder's page, whose next sign of life or save is refused, says by whom.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from articles.access import raise_if_may_not
from articles.models import Article, DraftLock
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import tell

REASON_LENGTH = 500


@transaction.atomic
def hold(article: Article, *, by, now: datetime, page: str = "") -> DraftLock:
    """Let ``by`` have the draft open, or go on having it: a sign of life. ``page`` is the page that gives it.

    Raises DomainError ``not_allowed``, ``sealed``, ``trashed``; ``locked`` while somebody else has it.
    """
    article = lock(article)
    raise_if_may_not(by, "save", article)
    held = holder_of(article, now=now)
    _raise_if_anothers(held, by)
    if held:
        held.seen_at, held.page = max(held.seen_at, now), page
        return _put(held)
    return _put(DraftLock(article=article, holder=by, taken_at=now, seen_at=now, page=page))


@transaction.atomic
def take_over(article: Article, *, by, now: datetime, reason: str) -> DraftLock:
    """Take the draft from whoever has it open. What the former holder has not saved stays on that person's screen.

    Raises DomainError ``not_allowed``, ``reason_missing``, ``not_locked`` where nobody else has it.
    """
    article = lock(article)
    raise_if_may_not(by, "take_over", article)
    reason = typed(reason, "reason", limit=REASON_LENGTH, lines=False)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    known = holder_of(article, now=now)
    if known is None or known.holder_id == by.pk:
        raise DomainError("not_locked", "Nobody else has this draft open any more.")
    former = known.holder
    taken = _put(
        DraftLock(article=article, holder=by, taken_at=now, seen_at=now, taken_from=former, reason=reason)
    )
    record("article.taken_over", article, by=by, now=now, taken_from=str(former), reason=reason)
    tell([former], "article.taken_over", article, by=by, now=now, words=reason)
    return taken


@transaction.atomic
def let_go(article: Article, *, by, page: str) -> None:
    """The page ``page`` of ``by`` was left. Another page of the same person keeps the lock."""
    DraftLock.objects.filter(article=article, holder=by, page=page).delete()


def holder_of(article: Article, *, now: datetime) -> DraftLock | None:
    """The live lock of the draft with its holder, or None. One query."""
    return DraftLock.objects.live(now).select_related("holder").filter(article=article).first()


def held_by_others(articles, *, by, now: datetime) -> list[DraftLock]:
    """The live locks that others than ``by`` have of ``articles`` (row ids), with drafts and holders. One query."""
    held = DraftLock.objects.live(now).filter(article__in=articles).exclude(holder=by)
    return list(held.select_related("article", "holder").defer("article__body").order_by("taken_at", "pk"))


def since(held: DraftLock) -> str:
    """When its holder took the draft, by the newsroom's clock."""
    return date_format(timezone.localtime(held.taken_at), "H:i")


def raise_if_held(article: Article, *, by, now: datetime) -> None:
    """Raises DomainError ``locked`` if somebody other than ``by`` has the draft open. One query."""
    _raise_if_anothers(holder_of(article, now=now), by)


def _raise_if_anothers(held: DraftLock | None, by) -> None:
    if held is None or held.holder_id == by.pk:
        return
    message = "%(who)s has had this draft open since %(when)s."
    if held.taken_from_id == by.pk:
        message = "%(who)s took this draft over at %(when)s: %(reason)s"
    raise DomainError("locked", message, who=str(held.holder), when=since(held), reason=held.reason)


def lock(article: Article) -> Article:
    """The article as it is now, its row locked until the transaction ends."""
    return Article.objects.select_for_update().get(pk=article.pk)


def _put(taken: DraftLock) -> DraftLock:
    """Store ``taken`` in the place of whatever lock the draft had: one statement, whether it had one or not."""
    names = [field.name for field in DraftLock._meta.concrete_fields if not field.primary_key]
    DraftLock.objects.bulk_create(
        [taken], update_conflicts=True, unique_fields=["article"], update_fields=names
    )
    return taken
