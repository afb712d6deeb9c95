"""Correct once what was said in many places: recall a claim, a quote or a source (design, rule 9).

A recall records the wrong wordings with their evidence, holds what waits, opens the draft of every article that shows
one, and is not closed before none does. It never rewrites a body.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.access import raise_if_may_not
from articles.documents import told_quote
from articles.dossier import Dossier, open_dossier
from articles.draft_locks import lock
from articles.figures import place_of
from articles.holding import hold_each
from articles.impact import resting_on
from articles.models import (
    Approval,
    Article,
    Claim,
    Edition,
    EditionContent,
    Quote,
    Recall,
    RecalledWording,
    Statement,
    StatementCitation,
)
from articles.rules.canonical import digest_of
from articles.rules.fingerprints import normalise_wording, wording_digest
from articles.rules.stages import MOVES
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.models import AuditEvent
from newsroom.audit.recording import event, record
from newsroom.core.errors import DomainError
from newsroom.core.merged import lock_standing, rows_of
from newsroom.core.typed import typed
from newsroom.notices.telling import tell
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
    if isinstance(found_wrong, Claim):
        found_wrong = lock_standing(found_wrong)
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
        raise DomainError(
            "still_shown", "What was found wrong still stands in %(articles)s.", articles=articles
        )
    return close_recall(recalled, by=by, now=now)


@dataclass(frozen=True)
class Place:
    """A sentence of edition ``number`` that still says it, or a text beside (``key``: ``headline``, ``standfirst``,
    ``figure:<key>``); the edition shows now, or ``waits`` for its moment."""

    article: Article
    number: int
    key: str
    wording: str
    waits: bool


def still_showing(recalled: Recall, *, now: datetime) -> list[Place]:
    """Every sentence of a listed or waiting edition that still says or cites what was recalled. Seven queries at most.

    In the articles where it was told that is whoever's words they are: naming another record rights nothing.
    """
    said = list(recalled.told.values_list("article", "digest", "wording"))
    wrong = {digest for _article, digest, _wording in said}
    # The words of a recalled quote stay wrong when nobody is said to have said them.
    wrong |= {_digest(wording) for _article, _digest_, wording in said}
    found_wrong = _record_of(recalled)
    statements = _naming(found_wrong, now)
    if recalled.source is None:
        told = Q(edition__article__in={article for article, _digest_, _wording in said})
        everything = Statement.objects.filter(edition__in=_listed_or_waiting(now))
        statements = everything.filter(told | Q(pk__in=statements.values("pk")))
    places = [
        Place(
            statement.edition.article,
            statement.edition.number,
            statement.key,
            statement.wording,
            statement.waits,
        )
        for statement in _read(statements, now)
        if recalled.source_id or wrong & _digests_of(statement, found_wrong)
    ]
    return places if recalled.source_id else places + _over_the_body(said, now)


def _over_the_body(said: list[tuple[int, str, str]], now: datetime) -> list[Place]:
    """The headlines, standfirsts, captions and alternative texts that repeat a recalled wording of their article word
    for word. One query."""
    wordings: dict[int, set[str]] = {}
    for article, _which, wording in said:
        wordings.setdefault(article, set()).add(normalise_wording(wording).casefold())
    editions = _listed_or_waiting(now).filter(article__in=wordings)
    contents = EditionContent.objects.filter(edition__in=editions)
    waits = Exists(Edition.objects.waiting(now).filter(pk=OuterRef("edition")))
    rows = contents.annotate(waits=waits).select_related("edition__article").defer("edition__article__body")
    return [
        Place(row.edition.article, row.edition.number, place, text, row.waits)
        for row in rows.order_by("edition__article_id", "edition__number")
        for place, text in _beside_sentences(json.loads(row.document)["content"])
        if any(w in normalise_wording(text).casefold() for w in wordings[row.edition.article_id])
    ]


def _beside_sentences(content: dict) -> Iterator[tuple[str, str]]:
    """The texts of an edition that are no sentences of its body, by place."""
    for name in ("headline", "standfirst"):
        yield name, content[name]["text"]
    for block in content["blocks"]:
        if "figure" in block:
            yield place_of(block["figure"]["key"]), f"{block['text']} {block['figure']['image']['alt']}"


def recalled_in(dossier: Dossier) -> set[str]:
    """The keys of the draft's segments that say what an open recall found wrong. One query."""
    claims = {seen.claim.pk for seen in dossier.segments if seen.claim}
    quotes = {quote.pk for seen in dossier.segments for quote in seen.quotes}
    named = Q(recall__claim__in=claims) | Q(recall__quote__in=quotes) | Q(article=dossier.article)
    wrong = RecalledWording.objects.filter(named, recall__closed_at=None, recall__source=None)
    rows = list(wrong.values_list("digest", "wording"))
    known = {digest for digest, _wording in rows}
    bare = {_digest(wording) for _digest_, wording in rows}
    return {
        seen.key
        for seen in dossier.segments
        if known & {_digest(seen.wording), *(_digest(seen.wording, told_quote(q)) for q in seen.quotes)}
        or (not seen.quotes and _digest(seen.wording) in bare)
    }


def open_recall_of(found_wrong: Claim | Quote | Source) -> Recall | None:
    """The open recall of this record, if there is one."""
    return found_wrong.recalls.filter(closed_at=None).first()


def open_recall(found_wrong: Claim | Quote | Source, *, reason: str, by, now: datetime) -> Recall:
    """A step of acts that have asked the access table and taken their turn; arguments as for :func:`recall`."""
    recalled = Recall.objects.create(
        **{found_wrong._meta.model_name: found_wrong}, reason=reason, opened_by=by, opened_at=now
    )
    saying = _read(_naming(found_wrong, now), now)
    RecalledWording.objects.bulk_create(
        RecalledWording(
            recall=recalled,
            article=statement.edition.article,
            number=statement.edition.number,
            key=statement.key,
            wording=statement.wording,
            digest=_digest(statement.wording, _printed(statement, found_wrong)),
            evidence=_evidence(statement),
        )
        for statement in saying
    )
    waiting = {statement.edition for statement in saying if statement.waits}
    held = set(hold_each(waiting, why="recalled", now=now, by=by))
    shown: dict[Edition, list[str]] = {}
    for statement in saying:
        if statement.edition not in held:
            shown.setdefault(statement.edition, []).append(statement.key)
    for edition in shown:
        _back_to_writers(edition.article, found_wrong, by=by, now=now)
    record("record.recalled", found_wrong, by=by, now=now, recall=recalled.public_id)
    for edition in shown:
        tell(edition.article.owners(), "article.correction_opened", edition.article, by=by, now=now)
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


def _naming(found_wrong: Claim | Quote | Source, now: datetime) -> QuerySet[Statement]:
    """The statements of listed and waiting editions that name it, or rest on it."""
    if isinstance(found_wrong, Source):
        return resting_on(found_wrong, now=now)
    claim = isinstance(found_wrong, Claim)
    named = {"claim__in": rows_of(found_wrong)} if claim else {"quotes__quote": found_wrong}
    return Statement.objects.filter(edition__in=_listed_or_waiting(now), **named)


def _listed_or_waiting(now: datetime) -> QuerySet[Edition]:
    return Edition.objects.listed(now) | Edition.objects.waiting(now)


def _read(statements: QuerySet[Statement], now: datetime) -> list[Statement]:
    """With their articles, quotes and sources; ``waits`` tells whether the edition does. Three queries."""
    waits = Exists(Edition.objects.waiting(now).filter(pk=OuterRef("edition")))
    rows = statements.annotate(waits=waits).select_related("edition__article").defer("edition__article__body")
    rows = rows.prefetch_related("citations__source", "quotes")
    return list(rows.order_by("edition__article_id", "edition__number", "position"))


def _digests_of(statement: Statement, found_wrong: Claim | Quote | Source) -> set[str]:
    """Of what the sentence says: its wording; where a quote was found wrong, with what it tells of each quote."""
    quotes = list(statement.quotes.all()) if isinstance(found_wrong, Quote) else []
    if not quotes:
        return {_digest(statement.wording)}
    return {_digest(statement.wording, row.printed) for row in quotes}


def _printed(statement: Statement, found_wrong: Claim | Quote | Source) -> dict | None:
    """What the sentence tells of the quote that was found wrong; None where it is no quote."""
    if not isinstance(found_wrong, Quote):
        return None
    return next(row.printed for row in statement.quotes.all() if row.quote_id == found_wrong.pk)


def _digest(wording: str, printed: dict | None = None) -> str:
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
