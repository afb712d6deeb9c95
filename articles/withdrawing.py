"""When a source is withdrawn: what waits is held, what shows says so, and what must be written anew is told."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.dossier import open_dossier
from articles.holding import hold
from articles.impact import resting_on
from articles.models import Approval, Article, Edition
from articles.rendering.rebuilding import mark_outdated, rebuild
from articles.rules.stages import MOVES, Stage
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.models import AuditEvent
from newsroom.audit.recording import event, record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from sources.models import Source

REASON_LENGTH = 500
# Pages made anew in the act itself, a few seconds of work at most; the queue makes the rest.
AT_ONCE = 100
FIELDS = ["withdrawn_at", "withdrawn_by", "withdrawal_reason"]


@transaction.atomic
def withdraw_source(source: Source, *, by, now: datetime, withdrawn_by: str, reason: str) -> Source:
    """Record that ``source`` was withdrawn ``now`` by its ``publisher`` or the ``newsroom``; readers see the reason.

    Every waiting edition that cites it is put on hold (design, rule 8), and every page and answer that cites it says
    that it was withdrawn. Raises DomainError ``not_allowed``, ``withdrawn_already``, ``withdrawn_by_unknown``,
    ``reason_missing``, ``text_too_long``, ``text_unreadable``.
    """
    raise_if_may_not(by, "withdraw_source")
    if withdrawn_by not in Source.WithdrawnBy.values:
        raise DomainError("withdrawn_by_unknown", "Say who withdrew it: its publisher or us.", "withdrawn_by")
    reason = _reason(reason)
    now = while_nothing_is_published(now)
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.withdrawn_at:
        raise DomainError("withdrawn_already", "This source is withdrawn already.")
    source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason = now, withdrawn_by, reason
    source.save(update_fields=FIELDS)
    held = _hold_what_waits(source, now=now, by=by)
    _tell_readers(source, now=now)
    record("source.withdrawn", source, by=by, now=now, withdrawn_by=withdrawn_by, reason=reason, held=held)
    return source


@transaction.atomic
def reinstate_source(source: Source, *, by, now: datetime, reason: str) -> Source:
    """Take the withdrawal back, for a ``reason`` that stays at the desk. What was put on hold stays there.

    Raises DomainError ``not_allowed``, ``not_withdrawn``, ``reason_missing``, ``text_too_long``, ``text_unreadable``.
    """
    raise_if_may_not(by, "withdraw_source")
    reason = _reason(reason)
    now = while_nothing_is_published(now)
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.withdrawn_at is None:
        raise DomainError("not_withdrawn", "This source is not withdrawn.")
    source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason = None, "", ""
    source.save(update_fields=FIELDS)
    _tell_readers(source, now=now)
    record("source.reinstated", source, by=by, now=now, reason=reason)
    return source


def _reason(text: str) -> str:
    if reason := typed(text, "reason", limit=REASON_LENGTH, lines=False):
        return reason
    raise DomainError("reason_missing", "Say why.", "reason")


def _hold_what_waits(source: Source, *, now: datetime, by) -> list[list]:
    """The editions put on hold, as pairs of the article's slug and the number."""
    resting = resting_on(source, now=now).values("edition")
    citing = Edition.objects.waiting(now).filter(pk__in=resting)
    # One order for all: whoever locks articles one after another never waits in a circle.
    waiting = list(citing.select_related("article").order_by("article_id", "number"))
    for edition in waiting:
        hold(edition, why="source_withdrawn", now=now, by=by)
    return [[edition.article.slug, edition.number] for edition in waiting]


def _tell_readers(source: Source, *, now: datetime) -> None:
    """Make anew what cites ``source`` and has shown: what shows now at once, as far as a request can, and the rest by
    the queue."""
    citing = Edition.objects.not_withdrawn().filter(statements__citations__source=source)
    current = Edition.objects.current(now).filter(pk__in=citing)
    at_once = list(current.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    rebuild(at_once)
    if mark_outdated(citing.exclude(pk__in=at_once)):
        defer("articles.tasks.remake_outdated", lock="remake_outdated")


@dataclass(frozen=True)
class Opened:
    """An article to be corrected: the sentences of its edition ``number`` that rest on the source, by their keys.

    ``anew`` is False where that had been told before.
    """

    article: Article
    number: int
    keys: list[str]
    anew: bool


@transaction.atomic
def open_corrections(source: Source, *, by, now: datetime) -> list[Opened]:
    """See to it that every listed article whose edition rests on ``source`` has a draft to correct it in, and enter
    with the article which sentences to repair. Doing it again changes nothing.

    A published article's draft is open by itself. One that is approved and still rests on the source goes back to
    its writers; one that no longer does is the correction already, and stays. Raises DomainError ``not_allowed``.
    """
    raise_if_may_not(by, "open_corrections")
    statements = resting_on(source, now=now).filter(edition__in=Edition.objects.listed(now))
    statements = statements.select_related("edition__article").defer("edition__article__body", "wording")
    keys: dict[Edition, list[str]] = {}
    for statement in statements.order_by("edition__article_id", "position"):
        keys.setdefault(statement.edition, []).append(statement.key)
    told = AuditEvent.objects.filter(
        act="article.correction_opened",
        object_type="article",
        object_id__in=[edition.article.public_id for edition in keys],
        data__source=source.public_id,
    )
    known = set(told.values_list("object_id", "data__edition"))
    opened = [
        Opened(
            edition.article, edition.number, rest, (edition.article.public_id, edition.number) not in known
        )
        for edition, rest in keys.items()
    ]
    for correction in opened:
        if correction.article.stage == Stage.APPROVED:
            _back_to_writers(correction.article, source, by=by, now=now)
    AuditEvent.objects.bulk_create(
        event(
            "article.correction_opened",
            correction.article,
            by=by,
            now=now,
            source=source.public_id,
            edition=correction.number,
            statements=correction.keys,
        )
        for correction in opened
        if correction.anew
    )
    return opened


def _back_to_writers(article: Article, source: Source, *, by, now: datetime) -> None:
    locked = Article.objects.select_for_update().get(pk=article.pk)
    starts, end = MOVES["open_corrections"]
    if locked.stage in starts and source in open_dossier(locked).sources():
        locked.stage = end
        locked.save(update_fields=["stage"])
        Approval.objects.filter(article=locked, withdrawn_at=None).update(withdrawn_at=now)
        record("article.approval_withdrawn", locked, by=by, now=now, source=source.public_id)
