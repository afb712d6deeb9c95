"""Count how drafts stand, after every act that touches one or its evidence: for lists, which open no draft.

An act is noticed by what it enters in the audit log, and counted by the queue after it is kept. Where a worker was
killed in between, or a draft came by another road, :func:`missed` finds it.
"""

import json
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from procrastinate.exceptions import AlreadyEnqueued

from articles.documents import build_content
from articles.dossier import Dossier, open_dossier
from articles.impact import derived_from
from articles.models import (
    Article,
    Assignment,
    Check,
    Citation,
    Claim,
    DraftStanding,
    Edition,
    EvidenceRule,
    Quote,
    Section,
)
from articles.readiness import Blocker, assess
from articles.receipts import last_told
from articles.rules.kinds import Kind
from articles.statement_states import Checked, State, checks_of, statement_states
from newsroom.accounts.models import Person
from newsroom.core.deferring import defer_each
from newsroom.notices.telling import have_yet_to_read, no_longer, tell
from sources.models import Publisher, Source

LAPSED = "article.checks_lapsed"
COUNT, FOLLOW = "articles.tasks.count_standing", "articles.tasks.count_standings_of"
# Records that many drafts may rest on: the queue finds these.
SHARED = (Claim, Quote, Citation, Source, Publisher, Person, Section, EvidenceRule)


def note_touched(*, about: list, now: datetime, **signal) -> None:
    """Queue the counting of every draft that ``about`` concerns. Receives :data:`newsroom.audit.recording.recorded`."""
    if drafts := [each.pk for each in about if isinstance(each, Article)]:
        transaction.on_commit(lambda: queue_counts(drafts), robust=True)
    if shared := [(each._meta.label_lower, each.pk) for each in about if isinstance(each, SHARED)]:
        jobs = {f"{FOLLOW}:{kind}:{pk}": {"kind": kind, "pk": pk} for kind, pk in shared}
        transaction.on_commit(lambda: _queue(FOLLOW, jobs), robust=True)


def queue_counts(articles: list[int]) -> None:
    """Queue one count of each draft with these row ids; one that waits already will see what this one would."""
    if articles:
        _queue(COUNT, {f"{COUNT}:{pk}": {"article": pk} for pk in articles})


def _queue(task: str, jobs: dict[str, dict]) -> None:
    """Queue ``jobs``, their arguments by their queueing locks: all at once, or, where one waits, each by itself."""
    try:
        # The refusal of a second job must not end whatever transaction is open around.
        with transaction.atomic():
            defer_each(task, jobs)
    except AlreadyEnqueued:
        for lock, arguments in jobs.items() if len(jobs) > 1 else ():
            _queue(task, {lock: arguments})


def touched_by(about) -> QuerySet[Article]:
    """The drafts whose standing may change with the record ``about``."""
    match about:
        case Claim() | Quote():
            return Article.objects.filter(rests_on__contains=[about.public_id])
        case Citation():
            return touched_by(about.claim or about.quote)
        case Source():
            return _resting_on(Q(source__in=derived_from(about)))
        case Publisher():
            return _resting_on(Q(source__publisher=about))
        case Person():
            return Article.objects.filter(byline__person=about)
        case Section():
            return Article.objects.filter(section=about, under_way=True)
        case _:
            return Article.objects.filter(under_way=True)


def _resting_on(cited: Q) -> QuerySet[Article]:
    citations = Citation.objects.filter(cited)
    named = {*citations.filter(claim__isnull=False).values_list("claim__public_id", flat=True)}
    named |= {*citations.filter(quote__isnull=False).values_list("quote__public_id", flat=True)}
    return Article.objects.filter(rests_on__overlap=sorted(named))


def missed(limit: int) -> list[int]:
    """Row ids of drafts that were never counted, or saved since they were; at most ``limit``."""
    late = Q(standing=None) | Q(standing__counted_at__lt=F("saved_at"))
    return list(
        Article.objects.filter(late, sealed_at=None).order_by("-pk").values_list("pk", flat=True)[:limit]
    )


@transaction.atomic
def count_standing(pk: int, *, now: datetime) -> DraftStanding | None:
    """Count how the draft with this row id stands; None if there is nothing (any more) to count."""
    article = Article.objects.select_related("section").filter(pk=pk, sealed_at=None).first()
    if article is None:
        DraftStanding.objects.filter(article=pk).delete()
        return None
    before = DraftStanding.objects.select_for_update().filter(article=article).first()
    dossier = open_dossier(article)
    # Without a moment no deadline is looked at: a waiver that has run out is still one to repair.
    assessed = assess(dossier, build_content(dossier), shows_from=now)
    waived = [blocker.waiver for blocker in assessed if blocker.waiver]
    checks = checks_of(dossier, assessed)
    facts = _blocked(article, assessed, now) | _statements(dossier, assessed, checks)
    assigned = Assignment.objects.filter(article=article, ended_at=None).values_list("to", flat=True)
    facts |= {
        "people": sorted(article.owners() | set(assigned)),
        "waived": len(waived),
        "labelled": _labelled(article, now),
        "repair_by": min((waiver.repair_by for waiver in waived), default=None),
        "drifted": sum(bool(source.changed_at or source.dead_since) for source in dossier.sources()),
        "counted_at": now,
    }
    counted = DraftStanding.objects.update_or_create(article=article, defaults=facts)[0]
    if before:
        _tell_of_lapsed(before, counted, checks, now=now)
    return counted


def _tell_of_lapsed(
    before: DraftStanding, counted: DraftStanding, checks: dict[str, Checked], *, now: datetime
) -> None:
    """Tell whose draft it is, and whoever checked, that checks lapsed though nobody saved the draft: a record it rests
    on was changed, elsewhere. Who has not read of the draft's last time is not told again."""
    article = counted.article
    if not counted.lapsed:
        no_longer([LAPSED], article, now=now)
    if counted.lapsed <= before.lapsed or article.saved_at > before.counted_at:
        return
    lapsed = [key for key, state in checks.items() if state == Checked.LAPSED]
    checkers = Check.objects.filter(article=article, segment__in=lapsed).values_list("by", flat=True)
    told = {*counted.people, *checkers} - have_yet_to_read(LAPSED, article)
    tell(told, LAPSED, article, by=None, now=now)


def _blocked(article: Article, assessed: list[Blocker], now: datetime) -> dict:
    found = (
        [b for b in assessed if b.waiver is None or b.waiver.repair_by <= now] if article.under_way else []
    )
    return {
        "blocked": len(found),
        "absolute": sum(blocker.absolute for blocker in found),
        "codes": dict(Counter(blocker.code for blocker in found)),
    }


def _statements(dossier: Dossier, assessed: list[Blocker], by_key: dict[str, Checked]) -> dict:
    states = Counter(standing.state for standing in statement_states(dossier, assessed).values())
    checks = Counter(by_key.values())
    return {
        "sentences": states.total(),
        "with_evidence": states.total() - states[State.NO_EVIDENCE],
        "checked": checks[Checked.CHECKED],
        "lapsed": checks[Checked.LAPSED],
    }


def _labelled(article: Article, now: datetime) -> int:
    """How many places of what readers know are labelled "not yet checked"; an archive story's do not count."""
    told = last_told(article)
    if told and told.kind == Kind.UNPUBLICATION:
        # One that waits for its moment takes nothing from readers yet.
        shown = Edition.objects.current(now).filter(article=article)
        told = shown.select_related("content").first()
    content = getattr(told, "content", None)
    document = json.loads(content.document) if content else {"archive": None, "not_yet_checked": []}
    return 0 if document["archive"] else len(document["not_yet_checked"])
