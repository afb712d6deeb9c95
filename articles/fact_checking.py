"""Record what people found when they looked: checks, exemptions and vouchings, never on own wording."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.html import render_html
from articles.body.model import Body
from articles.dossier import Dossier, open_dossier
from articles.draft_locks import lock
from articles.drafting import save_draft
from articles.models import Article, Check, Exemption, Vouching, Wording
from articles.rules.exemptions import GRANTED_BY, Reason
from articles.seen import Seen, handed_over_by
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import tell


def sentence_writers(dossier: Dossier) -> dict[str, set[int]]:
    """Who last worded each place: user ids by segment key and by the place of each text. One query."""
    return dossier.writers(
        dict(Wording.objects.filter(article=dossier.article).values_list("digest", "by_id"))
    )


def passage_choosers(seen: Seen) -> set[int]:
    """The users who chose a passage the segment rests on, or handed over the text it stands in."""
    chose = {citation.chosen_by_id for citation in seen.citations if citation.exact}
    return chose.union(*(handed_over_by(citation.snapshot) for citation in seen.citations))


@transaction.atomic
def record_check(
    article: Article, segment: str, *, verdict: str, by, now: datetime, fingerprint: str, note: str = ""
) -> Check:
    """Record ``by``'s verdict on the segment with key ``segment`` as they saw it.

    ``fingerprint`` is that of what was on their screen. Raises DomainError ``own_wording``, ``segment_unknown``,
    ``segment_changed`` (it is another by now), ``nothing_to_check``, ``verdict_unknown``.
    """
    article = lock(article)
    raise_if_may_not(by, "check", article)
    dossier = open_dossier(article)
    seen = _segment(dossier, segment)
    if seen.rests_on_nothing:
        raise DomainError("nothing_to_check", "This sentence rests on no claim or quote yet.", segment)
    _raise_if_own(dossier, seen, by, "You worded this or chose its passage: somebody else checks it.")
    _raise_if_changed(seen, fingerprint)
    check = Check.objects.create(
        article=article,
        segment=segment,
        fingerprint=fingerprint,
        verdict=_choice(Check.Verdict, verdict, "verdict"),
        note=typed(note, "note"),
        seen=seen.as_checked(),
        by=by,
        at=now,
    )
    record("segment.checked", article, by=by, now=now, segment=segment, verdict=verdict)
    if check.verdict == Check.Verdict.DOES_NOT:
        concerned = article.owners() | sentence_writers(dossier)[segment]
        said = {"place": segment, "words": check.note}
        tell(concerned, "segment.checked_negative", article, by=by, now=now, **said)
    return check


@transaction.atomic
def vouch(article: Article, segment: str, *, fingerprint: str, by, now: datetime) -> Vouching:
    """``by`` answers by name for the segment with key ``segment``, which rests on confidential sources alone.

    ``fingerprint`` is that of what was on their screen. Raises DomainError ``own_article``, ``own_wording``,
    ``segment_unknown``, ``segment_changed``, ``nothing_to_vouch_for``, ``vouched_already``.
    """
    article = lock(article)
    raise_if_may_not(by, "vouch", article)
    dossier = open_dossier(article)
    seen = _segment(dossier, segment)
    if not seen.rests_on_confidential_alone:
        raise DomainError("nothing_to_vouch_for", "This rests on more than confidential sources.", segment)
    _raise_if_own(dossier, seen, by, "You worded this or chose its passage: somebody else answers.")
    _raise_if_changed(seen, fingerprint)
    known = Vouching.objects.filter(article=article, segment=segment, fingerprint=fingerprint, by=by)
    if known.exists():
        raise DomainError("vouched_already", "You answer for this already.", segment)
    vouching = Vouching.objects.create(
        article=article, segment=segment, fingerprint=fingerprint, by=by, at=now
    )
    record("segment.vouched", article, by=by, now=now, segment=segment)
    return vouching


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
    """Grant that ``place`` (a segment's key, ``headline``, ``standfirst`` or ``figure:<key>`` for its caption) needs no
    citation, for ``reason``.

    A segment's mark then carries the reason: where it did not, the draft is saved, so that nobody else may have it
    open. Raises DomainError ``not_allowed``, ``own_wording``, ``locked``, ``segment_unknown``, ``has_evidence``,
    ``summary_of_nothing``, ``reason_unknown``.
    """
    article = lock(article)
    raise_if_may_not(by, "exempt", article)
    reason = _choice(Reason, reason, "reason")
    if not by.roles & GRANTED_BY[reason]:
        raise DomainError(
            "not_allowed", "The exemption “%(reason)s” asks for a duty editor.", place, reason=reason.label
        )
    dossier = open_dossier(article)
    if place not in dossier.texts:
        _segment(dossier, place)
    if by.pk in sentence_writers(dossier).get(place, ()):
        raise DomainError("own_wording", "You worded this: somebody else grants the exemption.", place)
    if reason == Reason.SUMMARY and (
        not summary_of or dossier.exempted_fingerprint(place, list(summary_of)) is None
    ):
        raise DomainError("summary_of_nothing", "A summary names the sentences it sums up.", place)
    if place not in dossier.texts:
        if not (seen := _segment(dossier, place)).rests_on_nothing:
            raise DomainError("has_evidence", "This sentence rests on a claim or quote already.", place)
        if seen.exemption != reason:
            _mark_exempt(article, dossier, place, reason, by=by, now=now)
    exemption = Exemption.objects.create(
        article=article,
        place=place,
        fingerprint=dossier.exempted_fingerprint(place, list(summary_of)),
        reason=reason,
        summary_of=list(summary_of),
        note=typed(note, "note"),
        by=by,
        at=now,
    )
    record("segment.exempted", article, by=by, now=now, place=place, reason=str(reason))
    return exemption


def _choice(choices, value: str, place: str):
    try:
        return choices(value)
    except ValueError:
        raise DomainError(
            f"{place}_unknown", "One of %(values)s.", place, values=", ".join(choices.values)
        ) from None


def _segment(dossier: Dossier, key: str) -> Seen:
    try:
        return dossier.by_key[key]
    except KeyError:
        raise DomainError("segment_unknown", "There is no such sentence in the draft.", key) from None


def _raise_if_own(dossier: Dossier, seen: Seen, by, message: str) -> None:
    if by.pk in sentence_writers(dossier)[seen.key] | passage_choosers(seen):
        raise DomainError("own_wording", message, seen.key)


def _raise_if_changed(seen: Seen, fingerprint: str) -> None:
    if fingerprint != seen.fingerprint:
        raise DomainError(
            "segment_changed", "The sentence or its evidence has changed since you opened it.", seen.key
        )


def _mark_exempt(article: Article, dossier: Dossier, key: str, reason: Reason, *, by, now: datetime) -> None:
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
    body = render_html(Body(tuple(blocks)))
    save_draft(article, by=by, now=now, version=article.version, body=body)
