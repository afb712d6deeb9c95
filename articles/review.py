"""Move a draft through its stages: submit, send on, send back, approve, withdraw approval, waive."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.assigning import move_on
from articles.documents import build_content, content_digest
from articles.dossier import open_dossier
from articles.draft_locks import lock
from articles.fact_checking import sentence_writers
from articles.models import Approval, Article, Waiver
from articles.noticing import WAITED_FOR, approvers, seconds_of, those_who_may
from articles.readiness import assess
from articles.rules.stages import Stage, moves
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import no_longer, tell


@transaction.atomic
def submit(article: Article, *, by, now: datetime) -> Article:
    """Hand the draft to the fact checkers, or to the editors where its section asks for no check before them."""
    article = _move(article, "submit", "article.submitted", by=by, now=now)
    # Those of the edition before: what is submitted now is looked at anew.
    _withdraw(article, now)
    if article.stage == Stage.REVIEW:
        tell(seconds_of(article, "approve"), "article.sent_to_review", article, by=by, now=now)
    else:
        tell(those_who_may("check", article), "article.submitted", article, by=by, now=now)
    return article


@transaction.atomic
def send_to_review(article: Article, *, by, now: datetime) -> Article:
    """Checking is done as far as it goes: hand the draft to the editors."""
    article = _move(article, "send_to_review", "article.sent_to_review", by=by, now=now)
    tell(seconds_of(article, "approve"), "article.sent_to_review", article, by=by, now=now)
    return article


@transaction.atomic
def send_back(article: Article, *, by, now: datetime, reason: str) -> Article:
    """Return the draft to its writers. Raises DomainError ``reason_missing``."""
    reason = _reason(reason)
    article = _move(article, "send_back", "article.sent_back", by=by, now=now, reason=reason)
    _withdraw(article, now)
    tell(article.owners(), "article.sent_back", article, by=by, now=now, words=reason)
    return article


@transaction.atomic
def approve(article: Article, *, by, now: datetime, digest: str) -> Article:
    """Approve the draft whose content has ``digest`` (:func:`articles.documents.content_digest`): what ``by`` read.

    Never one's own article. Where its section asks for several approvals, the draft stays where it is until so many
    people have approved the same content. Raises DomainError ``draft_changed`` if it is another by now,
    ``own_article``, ``approved_already``.
    """
    article = lock(article)
    raise_if_may_not(by, "approve", article)
    if digest != content_digest(build_content(open_dossier(article))):
        raise DomainError(
            "draft_changed", "The draft or its evidence has changed since you opened it.", "version"
        )
    standing = Approval.objects.filter(article=article, withdrawn_at=None)
    standing.exclude(digest=digest).update(withdrawn_at=now)
    if standing.filter(by=by).exists():
        raise DomainError("approved_already", "You have approved this: now somebody else has to.")
    Approval.objects.create(article=article, digest=digest, by=by, at=now)
    given = standing.exclude(by__in=article.owners()).count()
    needed = article.steps.approvals
    more = {"approval": given, "of": needed} if needed > 1 else {}
    record("article.approved", article, by=by, now=now, **more)
    if given >= needed:
        article.stage = Stage.APPROVED
        article.save(update_fields=["stage"])
        no_longer(WAITED_FOR, article, now=now)
        concerned = article.owners() | those_who_may("publish", article)
        tell(concerned, "article.approved", article, by=by, now=now)
        move_on(article, "approve", by=by, now=now)
    return article


@transaction.atomic
def withdraw_approval(article: Article, *, by, now: datetime, reason: str) -> Article:
    """Take the approval back. Raises DomainError ``reason_missing``."""
    reason = _reason(reason)
    article = _move(article, "withdraw_approval", "article.approval_withdrawn", by=by, now=now, reason=reason)
    concerned = article.owners() | approvers(article)
    _withdraw(article, now)
    tell(concerned, "article.approval_withdrawn", article, by=by, now=now, words=reason)
    return article


@transaction.atomic
def waive(
    article: Article,
    *,
    code: str,
    place: str,
    fingerprint: str,
    reason: str,
    repair_by: datetime,
    by,
    now: datetime,
) -> Waiver:
    """Let one waivable blocker pass, as it stood on ``by``'s screen, to be repaired by ``repair_by``.

    Raises DomainError ``no_such_blocker`` (gone or changed), ``blocker_absolute``, ``own_wording``, ``own_article``
    (for what is not one sentence's), ``reason_missing``, ``deadline_passed``.
    """
    reason = _reason(reason)
    article = lock(article)
    raise_if_may_not(by, "waive", article)
    if repair_by <= now:
        raise DomainError("deadline_passed", "The deadline for the repair has passed.", "repair_by")
    dossier = open_dossier(article)
    found = [b for b in assess(dossier, build_content(dossier)) if (b.code, b.place) == (code, place)]
    blocker = next((b for b in found if b.fingerprint == fingerprint), None)
    if blocker is None:
        raise DomainError("no_such_blocker", "There is no such blocker, or its text has changed.", place)
    if blocker.absolute:
        raise DomainError("blocker_absolute", "Nobody can waive this.", place)
    writers = sentence_writers(dossier).get(place)
    if writers and by.pk in writers:
        raise DomainError("own_wording", "You worded this: somebody else waives it.", place)
    if not writers and article.is_own_of(by):
        raise DomainError("own_article", "This is your own article: somebody else waives it.", place)
    waiver = Waiver.objects.create(
        article=article,
        code=code,
        place=place,
        fingerprint=fingerprint,
        reason=reason,
        repair_by=repair_by,
        by=by,
        at=now,
    )
    record("article.waived", article, by=by, now=now, code=code, place=place, waiver=waiver.pk)
    return waiver


def _move(article: Article, act: str, code: str, *, by, now: datetime, **data) -> Article:
    article = lock(article)
    raise_if_may_not(by, act, article)
    article.stage = moves(article.steps)[act][1]
    # Whoever submits what readers have already means to publish it anew: checked by now, or repaired.
    article.under_way = True
    article.save(update_fields=["stage", "under_way"])
    move_on(article, act, by=by, now=now)
    record(code, article, by=by, now=now, **data)
    no_longer(WAITED_FOR, article, now=now)
    return article


def _withdraw(article: Article, now: datetime) -> None:
    Approval.objects.filter(article=article, withdrawn_at=None).update(withdrawn_at=now)


def _reason(text: str) -> str:
    if reason := typed(text, "reason"):
        return reason
    raise DomainError("reason_missing", "Say why.", "reason")
