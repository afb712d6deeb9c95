"""Record what people found when they looked: checks and exemptions, never on own wording."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.html import render_html
from articles.body.model import Body
from articles.dossier import Dossier, open_dossier
from articles.drafting import lock
from articles.models import Article, Check, Exemption, Wording
from articles.rules.exemptions import GRANTED_BY, Reason
from articles.rules.fingerprints import wording_digest
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

TEXTS = ("headline", "standfirst")


def sentence_writers(dossier: Dossier) -> dict[str, int]:
    """Who last worded each place: user id by segment key, ``headline`` and ``standfirst``. One query."""
    by_digest = dict(Wording.objects.filter(article=dossier.article).values_list("digest", "by_id"))
    # A text that reached the database by no act is its article's creator's.
    fallback = dossier.article.created_by_id
    writers = {
        seen.key: by_digest.get(wording_digest(seen.sentence_text), fallback) for seen in dossier.segments
    }
    for name in TEXTS:
        writers[name] = by_digest.get(wording_digest(getattr(dossier.article, name)), fallback)
    return writers


def passage_choosers(seen) -> set[int]:
    """The users who chose a passage the segment rests on."""
    return {citation.chosen_by_id for citation in seen.citations if citation.exact}


@transaction.atomic
def record_check(
    article: Article, segment: str, *, verdict: str, by, now: datetime, fingerprint: str, note: str = ""
) -> Check:
    """Record ``by``'s verdict on the segment with key ``segment`` as they saw it.

    ``fingerprint`` is that of what was on their screen. Raises DomainError ``own_wording``, ``segment_unknown``,
    ``segment_changed`` (it is another by now), ``nothing_to_check``.
    """
    article = lock(article)
    raise_if_may_not(by, "check", article)
    dossier = open_dossier(article)
    seen = _segment(dossier, segment)
    if seen.rests_on_nothing:
        raise DomainError("nothing_to_check", "This sentence rests on no claim or quote yet.", segment)
    if by.pk == sentence_writers(dossier)[segment] or by.pk in passage_choosers(seen):
        raise DomainError(
            "own_wording", "You worded this sentence or chose its passage: somebody else checks it.", segment
        )
    if fingerprint != seen.fingerprint:
        raise DomainError(
            "segment_changed", "The sentence or its evidence has changed since you opened it.", segment
        )
    check = Check.objects.create(
        article=article,
        segment=segment,
        fingerprint=fingerprint,
        verdict=Check.Verdict(verdict),
        note=note,
        by=by,
        at=now,
    )
    record("segment.checked", article, by=by, now=now, segment=segment, verdict=verdict)
    return check


@transaction.atomic
def exempt(
    article: Article,
    place: str,
    *,
    reason: str,
    by,
    now: datetime,
    summary_of: tuple[str, ...] = (),
    note: str = "",
) -> Exemption:
    """Grant that ``place`` (a segment's key, ``headline`` or ``standfirst``) needs no citation, for ``reason``.

    A segment's mark then carries the reason. Raises DomainError ``not_allowed``, ``own_wording``,
    ``segment_unknown``, ``has_evidence``, ``summary_of_nothing``.
    """
    article = lock(article)
    raise_if_may_not(by, "exempt", article)
    reason = Reason(reason)
    if not by.roles & GRANTED_BY[reason]:
        raise DomainError("not_allowed", f"The exemption “{reason.label}” asks for a duty editor.", place)
    dossier = open_dossier(article)
    if by.pk == sentence_writers(dossier).get(place):
        raise DomainError("own_wording", "You worded this: somebody else grants the exemption.", place)
    if reason == Reason.SUMMARY and (not summary_of or set(summary_of) - dossier.by_key.keys()):
        raise DomainError("summary_of_nothing", "A summary names the sentences it sums up.", place)
    if place not in TEXTS:
        if not _segment(dossier, place).rests_on_nothing:
            raise DomainError("has_evidence", "This sentence rests on a claim or quote already.", place)
        _mark_exempt(article, dossier, place, reason)
    exemption = Exemption.objects.create(
        article=article,
        place=place,
        fingerprint=dossier.fingerprint_of(place),
        reason=reason,
        summary_of=list(summary_of),
        note=note,
        by=by,
        at=now,
    )
    record("segment.exempted", article, by=by, now=now, place=place, reason=str(reason))
    return exemption


def _segment(dossier: Dossier, key: str):
    try:
        return dossier.by_key[key]
    except KeyError:
        raise DomainError("segment_unknown", "There is no such sentence in the draft.", key) from None


def _mark_exempt(article: Article, dossier: Dossier, key: str, reason: Reason) -> None:
    blocks = (
        replace(
            block,
            segments=tuple(
                replace(segment, exemption=str(reason)) if segment.key == key else segment
                for segment in block.segments
            ),
        )
        for block in dossier.body.blocks
    )
    article.body = render_html(Body(tuple(blocks)))
    article.version += 1
    article.save(update_fields=["body", "version"])
