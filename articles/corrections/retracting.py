"""Take back an article that must not be relied on, or that we no longer offer."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.corrections.notices import stand_in
from articles.draft_locks import lock
from articles.models import Article, Edition
from articles.publishing.going_out import NOTE_LENGTH, raise_if_no_moment
from articles.rules.kinds import Kind
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed


@transaction.atomic
def retract(article: Article, *, by, now: datetime, note: str, closes_history: bool = False) -> Edition:
    """Tell readers not to rely on ``article``: its address answers 410 with ``note``, what was wrong and what is right.

    With ``closes_history`` its earlier editions cannot be opened any more; without, they stand under a banner. What
    waits is put on hold. Raises DomainError ``not_allowed``, ``note_missing``, ``text_too_long``,
    ``text_unreadable``, ``not_public``, ``retracted_already``, ``taken_down_already``.
    """
    now = while_nothing_is_published(now)
    article = lock(article)
    raise_if_may_not(by, "retract", article)
    note = typed(note, "note", limit=NOTE_LENGTH)
    if not note:
        raise DomainError("note_missing", "Say to readers what was wrong and what is right.", "note")
    edition = stand_in(
        article,
        "retract_closing" if closes_history else "retract",
        Kind.RETRACTION,
        by=by,
        now=now,
        reason=note,
        note=note,
        headline=lambda content: content["headline"]["text"],
        closes_history=closes_history,
    )
    record(
        "article.retracted", article, by=by, now=now, edition=edition.number, closes_history=closes_history
    )
    return edition


@transaction.atomic
def unpublish(
    article: Article, *, by, now: datetime, reason: str, note: str = "", at: datetime | None = None
) -> Edition:
    """Offer ``article`` no longer, from ``at`` (aware; None: at once): its address answers 410, with ``note`` if any.

    ``reason`` stays at the desk. Raises DomainError ``not_allowed``, ``reason_missing``, ``text_too_long``,
    ``text_unreadable``, ``moment_passed``, ``moment_without_offset``, ``not_public``, ``retracted_already``,
    ``unpublished_already``, ``taken_down_already``, and for a later moment ``edition_waiting``.
    """
    now = while_nothing_is_published(now)
    article = lock(article)
    raise_if_may_not(by, "unpublish", article)
    reason, note = typed(reason, "reason", limit=NOTE_LENGTH), typed(note, "note", limit=NOTE_LENGTH)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    raise_if_no_moment(at, now=now)
    edition = stand_in(
        article,
        "unpublish",
        Kind.UNPUBLICATION,
        by=by,
        now=now,
        at=at,
        reason=reason,
        note=note,
        closes_history=True,
    )
    shows_from = (at or now).isoformat()
    record(
        "article.unpublished",
        article,
        by=by,
        now=now,
        edition=edition.number,
        shows_from=shows_from,
    )
    return edition
