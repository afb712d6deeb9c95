"""Put together what keeps a draft from going out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from articles.documents import build_content, content_digest
from articles.dossier import Dossier, open_dossier
from articles.models import Article, Waiver
from articles.readiness.blocker import Blocker
from articles.readiness.evidence import evidence_blockers
from articles.readiness.pictures import picture_blockers
from articles.readiness.records import Records
from articles.readiness.sentences import sentence_blockers, text_blockers
from articles.rules.canonical import digest_of
from articles.rules.stages import Stage


def blockers(
    article: Article, *, now: datetime | None = None, shows_from: datetime | None = None
) -> list[Blocker]:
    """What keeps ``article`` from being published as it stands, waived blockers left out, in reading order.

    Moments as for :func:`assess`.
    """
    dossier = open_dossier(article)
    return standing(assess(dossier, build_content(dossier), now=now, shows_from=shows_from))


def standing(assessed: list[Blocker]) -> list[Blocker]:
    """Those that no waiver lets pass."""
    return [blocker for blocker in assessed if blocker.waiver is None]


def assess(
    dossier: Dossier,
    content: dict,
    *,
    now: datetime | None = None,
    shows_from: datetime | None = None,
    records: Records | None = None,
) -> list[Blocker]:
    """Every blocker of the draft, waived ones included with their waiver. ``content`` is the dossier's own.

    A waiver lets nothing pass after its deadline; without ``now`` (aware) deadlines are not looked at. An embargoed
    source blocks unless the edition shows at its moment or later: from ``shows_from`` (aware; None: from ``now``),
    and without either it always blocks. ``records`` are the dossier's, where they are loaded already.
    """
    records = records or Records(dossier)
    found = [
        *_draft_blockers(dossier, records, shows_from or now),
        *_approval(dossier, content, records),
    ]
    waivers = {
        (waiver.code, waiver.place, waiver.fingerprint): waiver
        for waiver in Waiver.objects.filter(article=dossier.article).select_related("by")
        if (now is None or now < waiver.repair_by) and records.is_by_another(waiver)
    }
    return [
        blocker
        if blocker.absolute
        else replace(blocker, waiver=waivers.get((blocker.code, blocker.place, blocker.fingerprint)))
        for blocker in found
    ]


def draft_blockers(dossier: Dossier, *, shows_from: datetime | None = None) -> list[Blocker]:
    """What is wrong with the draft itself, approval aside: also what an editor looks at before approving.

    ``shows_from`` as for :func:`assess`.
    """
    return _draft_blockers(dossier, Records(dossier), shows_from)


def _draft_blockers(dossier: Dossier, records: Records, shows_from: datetime | None) -> list[Blocker]:
    found = list(_whole(dossier))
    for text in dossier.texts.values():
        if text.words:
            found += text_blockers(dossier, text, records)
    found += picture_blockers(dossier)
    of_segments, of_sources = evidence_blockers(dossier, records, shows_from)
    return [*found, *sentence_blockers(dossier, records, of_segments), *of_sources]


def _whole(dossier: Dossier) -> Iterator[Blocker]:
    article = dossier.article
    if article.legal_holds.filter(lifted_at=None).exists():
        yield Blocker("legal_hold", "", digest_of("legal_hold"))
    if not article.headline:
        yield Blocker("headline_missing", "headline", digest_of("headline"))
    if not article.standfirst:
        yield Blocker("standfirst_missing", "standfirst", digest_of("standfirst"))
    if not dossier.people:
        yield Blocker("byline_missing", "byline", digest_of("byline"))
    if not dossier.body.paragraphs:
        yield Blocker("body_empty", "body", digest_of("body"))


def _approval(dossier: Dossier, content: dict, records: Records) -> Iterator[Blocker]:
    article = dossier.article
    digest = content_digest(content)
    covering = [approval for approval in records.approvals if approval.digest == digest]
    others = {approval.by_id for approval in covering} - records.owners
    if not records.approvals or article.stage != Stage.APPROVED:
        yield Blocker("not_approved", "", digest)
    elif not covering:
        yield Blocker("approval_lapsed", "", digest)
    elif not others:
        yield Blocker("own_approval", "", digest, str(covering[-1].by))
    elif len(others) < article.steps.approvals:
        yield Blocker("approvals_missing", "", digest, f"{len(others)} / {article.steps.approvals}")
