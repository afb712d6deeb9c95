"""Why a draft cannot go out. One answer, read by the desk's panel, by waivers and by ``publish``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from articles.documents import build_content, content_digest
from articles.dossier import SUPPORTS, Dossier, Seen, open_dossier
from articles.fact_checking import TEXTS, passage_choosers, sentence_writers
from articles.models import Approval, Article, Check, Exemption, Waiver
from articles.quoting import (
    absent_from_passage,
    misquoted,
    undecided_quotations,
    unheard_quotations,
    words_of,
)
from articles.rules.blockers import BLOCKERS
from articles.rules.canonical import digest_of
from articles.rules.fingerprints import text_fingerprint
from articles.rules.numbers import numbers_in
from articles.rules.stages import Stage
from newsroom.core.errors import DomainError

EXCERPT = 60


@dataclass(frozen=True)
class Blocker:
    """One reason, with its place: a segment's key, ``headline``, ``standfirst``, ``byline``, ``source:<id>`` or "".

    ``paragraph`` and ``sentence`` count from 1, None outside the body. ``waiver`` is the one that lets it pass.
    """

    code: str
    place: str
    fingerprint: str
    excerpt: str = ""
    paragraph: int | None = None
    sentence: int | None = None
    waiver: Waiver | None = None

    @property
    def absolute(self) -> bool:
        return BLOCKERS[self.code].absolute

    @property
    def message(self) -> str:
        return str(BLOCKERS[self.code].message)

    @property
    def where(self) -> str:
        """The place in words, for a line of text."""
        return f"paragraph {self.paragraph}, sentence {self.sentence}" if self.paragraph else self.place


class NotReady(DomainError):
    """Publishing was refused; ``blockers`` says why."""

    def __init__(self, blockers: list[Blocker]):
        super().__init__("not_ready", f"The article cannot go out; blockers: {len(blockers)}.")
        self.blockers = blockers


def _excerpt(text: str) -> str:
    return shorten(text, EXCERPT, placeholder=" …")


def blockers(article: Article, *, now: datetime | None = None) -> list[Blocker]:
    """What keeps ``article`` from being published as it stands, waived blockers left out, in reading order.

    A waiver lets nothing pass after its deadline; without ``now`` (aware) deadlines are not looked at.
    """
    dossier = open_dossier(article)
    return standing(assess(dossier, build_content(dossier), now=now))


def standing(assessed: list[Blocker]) -> list[Blocker]:
    """Those that no waiver lets pass."""
    return [blocker for blocker in assessed if blocker.waiver is None]


def assess(dossier: Dossier, content: dict, *, now: datetime | None = None) -> list[Blocker]:
    """Every blocker of the draft, waived ones included with their waiver. ``content`` is the dossier's own."""
    records = _Records(dossier)
    found = [*_draft_blockers(dossier, records), *_approval(dossier, content, records)]
    waivers = {
        (waiver.code, waiver.place, waiver.fingerprint): waiver
        for waiver in Waiver.objects.filter(article=dossier.article)
        if (now is None or now < waiver.repair_by) and records.is_by_another(waiver)
    }
    return [
        blocker
        if blocker.absolute
        else replace(blocker, waiver=waivers.get((blocker.code, blocker.place, blocker.fingerprint)))
        for blocker in found
    ]


def draft_blockers(dossier: Dossier) -> list[Blocker]:
    """What is wrong with the draft itself, approval aside: also what an editor looks at before approving."""
    return _draft_blockers(dossier, _Records(dossier))


def _draft_blockers(dossier: Dossier, records: "_Records") -> list[Blocker]:
    article = dossier.article
    found = list(_whole(dossier))
    for name in TEXTS:
        if getattr(article, name):
            found += _text(dossier, name, records)
    for seen in dossier.segments:
        found += _segment(dossier, seen, records)
    found += _quotations(dossier)
    for paragraph, sentence, text in dossier.unmarked:
        found.append(
            Blocker(
                "sentence_without_evidence",
                "",
                text_fingerprint(text, []),
                _excerpt(text),
                paragraph,
                sentence,
            )
        )
    for source in dossier.sources():
        if not source.is_identified:
            facts = [source.title, source.url, source.publisher_id]
            label = f"[{dossier.numbers[source.pk]}]"
            found.append(
                Blocker("source_unidentified", f"source:{source.public_id}", digest_of(facts), label)
            )
    return found


class _Records:
    """What people recorded about the article's places, loaded once: three queries."""

    def __init__(self, dossier: Dossier):
        self.writers = sentence_writers(dossier)
        self.owners = dossier.article.owners()
        self.misquoted = misquoted(dossier)
        self.exempted: dict[str, set[str]] = {}
        for exemption in Exemption.objects.filter(article=dossier.article):
            place = exemption.place
            known = place in TEXTS or place in dossier.by_key
            covered = known and exemption.fingerprint == dossier.exempted_fingerprint(
                place, exemption.summary_of
            )
            if covered and self.is_by_another(exemption):
                self.exempted.setdefault(place, set()).add(exemption.reason)
        # A later verdict outweighs an earlier one, so the last by another hand stays.
        self.verdicts: dict[tuple[str, str], str] = {}
        for check in Check.objects.filter(article=dossier.article).order_by("pk"):
            seen = dossier.by_key.get(check.segment)
            if seen is None:
                continue
            own = check.by_id in self.writers[seen.key] | passage_choosers(seen)
            # One's own "supports" is no second look; one's own doubt still stands.
            if not own or check.verdict != Check.Verdict.SUPPORTS:
                self.verdicts[check.segment, check.fingerprint] = check.verdict

    def is_by_another(self, record: Exemption | Waiver) -> bool:
        """Whether it was granted by somebody who, as things stand, did not word the place; for what is no sentence's,
        whose own article it is not."""
        return record.by_id not in (self.writers.get(record.place) or self.owners)


def _whole(dossier: Dossier) -> Iterator[Blocker]:
    article = dossier.article
    if not article.headline:
        yield Blocker("headline_missing", "headline", digest_of("headline"))
    if not article.standfirst:
        yield Blocker("standfirst_missing", "standfirst", digest_of("standfirst"))
    if not dossier.people:
        yield Blocker("byline_missing", "byline", digest_of("byline"))
    if not dossier.body.blocks:
        yield Blocker("body_empty", "body", digest_of("body"))


def _text(dossier: Dossier, name: str, records: _Records) -> Iterator[Blocker]:
    """The headline or standfirst: it rests on sentences of the body, or a person exempted it."""
    text, keys = getattr(dossier.article, name), getattr(dossier.article, f"{name}_rests_on")
    fingerprint = dossier.fingerprint_of(name)
    if name in records.exempted:
        return
    rested_on = [dossier.by_key[key] for key in keys if key in dossier.by_key]
    if not rested_on:
        yield Blocker(f"{name}_without_evidence", name, fingerprint, _excerpt(text))
    elif unheard := numbers_in(text) - numbers_in(" ".join(seen.wording for seen in rested_on)):
        yield Blocker("number_not_in_evidence", name, fingerprint, _excerpt(", ".join(sorted(unheard))))
    for words in unheard_quotations(text, dossier.article.language, rested_on):
        yield Blocker("quotation_not_in_evidence", name, fingerprint, _excerpt(words))


def _segment(dossier: Dossier, seen: Seen, records: _Records) -> Iterator[Blocker]:
    for code in _segment_codes(dossier, seen, records):
        yield Blocker(code, seen.key, seen.fingerprint, _excerpt(seen.wording), seen.paragraph, seen.sentence)


def _segment_codes(dossier: Dossier, seen: Seen, records: _Records) -> Iterator[str]:
    if seen.missing:
        yield "record_missing"
    if seen.rests_on_nothing:
        if seen.exemption is None:
            yield "sentence_without_evidence"
        elif seen.exemption not in records.exempted.get(seen.key, ()):
            yield "exemption_not_granted"
        return
    if seen.block.kind == "blockquote" and not seen.quotes:
        yield "blockquote_without_quote"
    if seen.claim and not any(c.claim_id and c.stance == SUPPORTS for c in seen.citations):
        yield "claim_without_source"
    yield from _quote_codes(seen, records)
    match records.verdicts.get((seen.key, seen.fingerprint)):
        case None:
            yield "claim_not_checked" if seen.claim else "quote_not_checked"
        case verdict if verdict != Check.Verdict.SUPPORTS:
            yield "check_negative"


def _quote_codes(seen: Seen, records: _Records) -> Iterator[str]:
    supported = {c.quote_id for c in seen.citations if c.stance == SUPPORTS}
    printed = words_of(seen).keys()
    if any(quote.pk not in supported for quote in seen.quotes):
        yield "quote_without_source"
    if any(quote.public_id not in printed for quote in seen.quotes):
        yield "quote_without_words"
    if any(quote.public_id in records.misquoted for quote in seen.quotes):
        yield "quote_not_verbatim"
    if absent_from_passage(seen):
        yield "quote_not_in_source"
    if any(quote.speaker_id is None for quote in seen.quotes):
        yield "quote_unattributed"


def _quotations(dossier: Dossier) -> Iterator[Blocker]:
    """What stands between quotation marks and is nobody's words, at the first segment it touches."""
    language = dossier.article.language
    for paragraph, block in enumerate(dossier.body.blocks, start=1):
        for quotation in undecided_quotations(block, language):
            words = block.text[quotation.inner_start : quotation.inner_end]
            inside = (
                s for s in block.segments if s.start < quotation.inner_end and quotation.inner_start < s.end
            )
            segment = next(inside, None)
            seen = dossier.by_key[segment.key] if segment else None
            yield Blocker(
                "quotation_undecided",
                seen.key if seen else "",
                seen.fingerprint if seen else text_fingerprint(words, []),
                _excerpt(words),
                paragraph,
                seen.sentence if seen else None,
            )


def _approval(dossier: Dossier, content: dict, records: _Records) -> Iterator[Blocker]:
    article = dossier.article
    approval = (
        Approval.objects.filter(article=article, withdrawn_at=None).select_related("by").order_by("pk").last()
    )
    digest = content_digest(content)
    if approval is None or article.stage != Stage.APPROVED:
        yield Blocker("not_approved", "", digest)
    elif approval.digest != digest:
        yield Blocker("approval_lapsed", "", digest)
    elif approval.by_id in records.owners:
        yield Blocker("own_approval", "", digest, str(approval.by))
