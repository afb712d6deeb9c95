"""Correct once what was said in many places: recall a claim, a quote or a source (design, rule 9).

A recall records the wrong wordings with their evidence, holds what waits, opens the draft of every article that shows
one, and is not closed before none does. It never rewrites a body.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from articles.access import raise_if_may_not
from articles.documents import told_quote
from articles.dossier import Dossier, open_dossier
from articles.drafting import lock
from articles.holding import hold
from articles.impact import resting_on
from articles.models import (
    Approval,
    Article,
    Claim,
    Edition,
    Quote,
    Recall,
    RecalledWording,
    Statement,
    StatementCitation,
    StatementQuote,
)
from articles.rules.canonical import digest_of
from articles.rules.fingerprints import wording_digest
from articles.rules.stages import MOVES
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.models import AuditEvent
from newsroom.audit.recording import event, record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from sources.models import Source

REASON_LENGTH = 2000


@transaction.atomic
def recall(found_wrong: Claim | Quote, *, reason: str, by, now: datetime) -> Recall:
    """Record that what current and waiting editions say with this claim or quote is wrong, and ``reason`` why.

    Waiting editions that say it are put on hold; an approved draft that still says it goes back to its writers. A
    source is recalled by withdrawing it. Raises DomainError ``not_allowed``, ``reason_missing``, ``text_too_long``,
    ``text_unreadable``, ``recalled_already``.
    """
    raise_if_may_not(by, "recall")
    reason = typed(reason, "reason", limit=REASON_LENGTH)
    if not reason:
        raise DomainError("reason_missing", "Say what is wrong.", "reason")
    now = while_nothing_is_published(now)
    if open_recall_of(found_wrong):
        raise DomainError("recalled_already", "This is recalled already.")
    return open_recall(found_wrong, reason=reason, by=by, now=now)


@transaction.atomic
def close(recalled: Recall, *, by, now: datetime) -> Recall:
    """Close a recall that nothing shows any more. Raises DomainError ``not_allowed``, ``closed_already``,
    ``still_shown``."""
    raise_if_may_not(by, "recall")
    now = while_nothing_is_published(now)
    recalled = Recall.objects.select_for_update().get(pk=recalled.pk)
    if recalled.closed_at:
        raise DomainError("closed_already", "This recall is closed already.")
    if places := still_showing(recalled, now=now):
        articles = ", ".join(sorted({place.article.slug for place in places}))
        raise DomainError("still_shown", f"What was found wrong still stands in {articles}.")
    return close_recall(recalled, by=by, now=now)


@dataclass(frozen=True)
class Place:
    """A sentence of edition ``number`` that still says it; the edition shows now, or ``waits`` for its moment."""

    article: Article
    number: int
    key: str
    wording: str
    waits: bool


def still_showing(recalled: Recall, *, now: datetime) -> list[Place]:
    """Every sentence of a listed or waiting edition that still says or cites what was recalled. Five queries."""
    wrong = set(recalled.told.values_list("digest", flat=True))
    saying = [
        (statement, wording)
        for statement, wording in _saying(_record_of(recalled), now)
        if recalled.source_id or wording in wrong
    ]
    return [
        Place(
            statement.edition.article,
            statement.edition.number,
            statement.key,
            statement.wording,
            statement.waits,
        )
        for statement, _wording in saying
    ]


def recalled_in(dossier: Dossier) -> set[str]:
    """The keys of the draft's segments that say what an open recall found wrong. One query."""
    claims = {seen.claim.pk for seen in dossier.segments if seen.claim}
    quotes = {quote.pk for seen in dossier.segments for quote in seen.quotes}
    wrong = RecalledWording.objects.filter(recall__closed_at=None)
    wrong = wrong.filter(recall__claim__in=claims) | wrong.filter(recall__quote__in=quotes)
    known = set(wrong.values_list("recall__claim", "recall__quote", "digest"))
    if not known:
        return set()
    return {
        seen.key
        for seen in dossier.segments
        if (seen.claim and (seen.claim.pk, None, _digest(seen.wording, None)) in known)
        or any((None, quote.pk, _digest(seen.wording, told_quote(quote))) in known for quote in seen.quotes)
    }


def open_recall_of(found_wrong: Claim | Quote | Source) -> Recall | None:
    """The open recall of this record, if there is one."""
    return found_wrong.recalls.filter(closed_at=None).first()


def open_recall(found_wrong: Claim | Quote | Source, *, reason: str, by, now: datetime) -> Recall:
    """A step of acts that have asked the access table and taken their turn; arguments as for :func:`recall`."""
    recalled = Recall.objects.create(
        **{found_wrong._meta.model_name: found_wrong}, reason=reason, opened_by=by, opened_at=now
    )
    saying = list(_saying(found_wrong, now))
    RecalledWording.objects.bulk_create(
        RecalledWording(
            recall=recalled,
            article=statement.edition.article,
            number=statement.edition.number,
            key=statement.key,
            wording=statement.wording,
            digest=wording,
            evidence=_evidence(statement),
        )
        for statement, wording in saying
    )
    # One order for all: whoever locks articles one after another never waits in a circle.
    waiting = {s.edition for s, _wording in saying if s.waits}
    for edition in sorted(waiting, key=lambda edition: (edition.article_id, edition.number)):
        hold(edition, why="recalled", now=now, by=by)
    shown: dict[Edition, list[str]] = {}
    for statement, _wording in saying:
        if not statement.waits:
            shown.setdefault(statement.edition, []).append(statement.key)
    for edition in shown:
        _back_to_writers(edition.article, found_wrong, by=by, now=now)
    record("record.recalled", found_wrong, by=by, now=now, recall=recalled.public_id, reason=reason)
    AuditEvent.objects.bulk_create(
        event(
            "article.correction_opened",
            edition.article,
            by=by,
            now=now,
            recall=recalled.public_id,
            edition=edition.number,
            statements=keys,
        )
        for edition, keys in shown.items()
    )
    return recalled


def close_recall(recalled: Recall, *, by, now: datetime) -> Recall:
    """A step of acts that have asked; what it found wrong no longer shows, or was not wrong after all."""
    recalled.closed_by, recalled.closed_at = by, now
    recalled.save(update_fields=["closed_by", "closed_at"])
    record("recall.closed", _record_of(recalled), by=by, now=now, recall=recalled.public_id)
    return recalled


def _record_of(recalled: Recall) -> Claim | Quote | Source:
    return recalled.claim or recalled.quote or recalled.source


def _saying(found_wrong: Claim | Quote | Source, now: datetime):
    """Pairs of a statement in a listed or waiting edition that says it (``waits`` tells which) and its digest."""
    rows = _naming(found_wrong, now).annotate(
        waits=Exists(Edition.objects.waiting(now).filter(pk=OuterRef("edition")))
    )
    rows = rows.select_related("edition__article").defer("edition__article__body")
    rows = rows.prefetch_related("citations__source")
    if isinstance(found_wrong, Quote):
        printed = StatementQuote.objects.filter(quote=found_wrong)
        rows = rows.prefetch_related(Prefetch("quotes", printed, to_attr="words"))
    for statement in rows.order_by("edition__article_id", "edition__number", "position"):
        words = statement.words[0].printed if isinstance(found_wrong, Quote) else None
        yield statement, _digest(statement.wording, words)


def _naming(found_wrong: Claim | Quote | Source, now: datetime) -> QuerySet[Statement]:
    if isinstance(found_wrong, Source):
        return resting_on(found_wrong, now=now)
    named = {"claim": found_wrong} if isinstance(found_wrong, Claim) else {"quotes__quote": found_wrong}
    editions = Edition.objects.listed(now) | Edition.objects.waiting(now)
    return Statement.objects.filter(edition__in=editions, **named)


def _digest(wording: str, printed: dict | None) -> str:
    """Of what a sentence says: its wording, and for a quote also what it tells of the words, ``printed``."""
    return digest_of([wording_digest(wording), printed]) if printed else wording_digest(wording)


def _evidence(statement: Statement) -> list[dict]:
    cited: list[StatementCitation] = list(statement.citations.all())
    return [
        {"source": row.source.public_id, "stance": row.stance, "number": row.number, "evidence": row.evidence}
        for row in cited
    ]


def _back_to_writers(article: Article, found_wrong: Claim | Quote | Source, *, by, now: datetime) -> None:
    """An approved draft that still says it is written anew; one that no longer does is the correction, and stays."""
    locked = lock(article)
    starts, end = MOVES["recall"]
    if locked.stage not in starts:
        return
    dossier = open_dossier(locked)
    says = found_wrong in dossier.sources() if isinstance(found_wrong, Source) else bool(recalled_in(dossier))
    if says:
        locked.stage = end
        locked.save(update_fields=["stage"])
        Approval.objects.filter(article=locked, withdrawn_at=None).update(withdrawn_at=now)
        record("article.approval_withdrawn", locked, by=by, now=now, recalled=found_wrong.public_id)
