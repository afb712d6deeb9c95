"""When a source is withdrawn: what waits is held, what shows says so, and what must be written anew is told."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.holding import hold_each
from articles.impact import resting_on
from articles.models import Edition
from articles.publishing.announcing import announce_source
from articles.purging import article_key, keys_of_source
from articles.recalling import close_recall, open_recall, open_recall_of
from articles.rendering.rebuilding import mark_outdated, rebuild
from articles.rules.change_kinds import Happened
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from newsroom.core.merged import lock_standing, rows_of
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed
from sources.models import Source

REASON_LENGTH = 500
# Pages made anew in the act itself, a few seconds of work at most; the queue makes the rest.
AT_ONCE = 100
FIELDS = ["withdrawn_at", "withdrawn_by", "withdrawal_reason"]


@transaction.atomic
def withdraw_source(source: Source, *, by, now: datetime, withdrawn_by: str, reason: str) -> Source:
    """Record that ``source`` was withdrawn ``now`` by its ``publisher`` or the ``newsroom``; readers see the reason.

    Every waiting edition that cites it is put on hold (design, rule 8), every page and answer that cites it says that
    it was withdrawn, and it is recalled (:mod:`articles.recalling`). Raises DomainError ``not_allowed``,
    ``withdrawn_already``, ``withdrawn_by_unknown``, ``reason_missing``, ``text_too_long``, ``text_unreadable``.
    """
    raise_if_may_not(by, "withdraw_source")
    if withdrawn_by not in Source.WithdrawnBy.values:
        raise DomainError("withdrawn_by_unknown", "Say who withdrew it: its publisher or us.", "withdrawn_by")
    reason = _reason(reason)
    now = while_nothing_is_published(now)
    source = lock_standing(source)
    if source.withdrawn_at:
        raise DomainError("withdrawn_already", "This source is withdrawn already.")
    source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason = now, withdrawn_by, reason
    _save(source)
    held = _hold_what_waits(source, now=now, by=by)
    if not open_recall_of(source):
        open_recall(source, reason=reason, by=by, now=now)
    _tell_readers(source, now=now)
    record("source.withdrawn", source, by=by, now=now, withdrawn_by=withdrawn_by, reason=reason, held=held)
    announce_source(source, Happened.SOURCE_WITHDRAWN, now=now)
    return source


@transaction.atomic
def reinstate_source(source: Source, *, by, now: datetime, reason: str) -> Source:
    """Take the withdrawal back, for a ``reason`` that stays at the desk. What was put on hold stays there.

    Raises DomainError ``not_allowed``, ``not_withdrawn``, ``reason_missing``, ``text_too_long``, ``text_unreadable``.
    """
    raise_if_may_not(by, "withdraw_source")
    reason = _reason(reason)
    now = while_nothing_is_published(now)
    source = lock_standing(source)
    if source.withdrawn_at is None:
        raise DomainError("not_withdrawn", "This source is not withdrawn.")
    source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason = None, "", ""
    _save(source)
    if recalled := open_recall_of(source):
        close_recall(recalled, by=by, now=now)
    _tell_readers(source, now=now)
    record("source.reinstated", source, by=by, now=now, reason=reason)
    announce_source(source, Happened.SOURCE_REINSTATED, now=now)
    return source


def _save(source: Source) -> None:
    """With what was merged into it: editions that name that one have to say the same."""
    fields = {name: getattr(source, name) for name in FIELDS}
    Source.objects.filter(pk__in=rows_of(source)).update(**fields)


def _reason(text: str) -> str:
    if reason := typed(text, "reason", limit=REASON_LENGTH, lines=False):
        return reason
    raise DomainError("reason_missing", "Say why.", "reason")


def _hold_what_waits(source: Source, *, now: datetime, by) -> list[list]:
    """The editions put on hold, as pairs of the article's public id and the number: whoever reads of the source in the
    audit log may not work on the article, whose address tells of it."""
    resting = resting_on(source, now=now).values("edition")
    citing = Edition.objects.waiting(now).filter(pk__in=resting)
    held = hold_each(citing.select_related("article"), why="source_withdrawn", now=now, by=by)
    return [[edition.article.public_id, edition.number] for edition in held]


def _tell_readers(source: Source, *, now: datetime) -> None:
    """Make anew what cites ``source`` and has shown: what shows now at once, as far as a request can, and the rest by
    the queue."""
    citing = Edition.objects.not_withdrawn().filter(statements__citations__source__in=rows_of(source))
    current = Edition.objects.current(now).filter(pk__in=citing)
    at_once = list(current.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    rebuild(at_once)
    slugs = current.values_list("article__slug", "article__public_id")
    articles = [article_key(name) for names in slugs for name in names]
    purge_after_commit([*keys_of_source(source), *articles])
    if mark_outdated(citing.exclude(pk__in=at_once)):
        defer("articles.tasks.remake_outdated", lock="remake_outdated")
