"""Why a draft cannot go out. One answer, read by the desk's panel, by waivers and by ``publish``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.documents import build_content, content_digest
from articles.dossier import SUPPORTS, Dossier, Seen, open_dossier
from articles.fact_checking import TEXTS, passage_choosers, sentence_writers
from articles.models import Approval, Article, Check, Exemption, Waiver
from articles.quoting import misquoted, undecided_quotations
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


def blockers(article: Article) -> list[Blocker]:
    """What keeps ``article`` from being published as it stands, waived blockers left out, in reading order."""
    dossier = open_dossier(article)
    return standing(assess(dossier, build_content(dossier)))


def standing(assessed: list[Blocker]) -> list[Blocker]:
    """Those that no waiver lets pass."""
    return [blocker for blocker in assessed if blocker.waiver is None]


def assess(dossier: Dossier, content: dict) -> list[Blocker]:
    """Every blocker of the draft, waived ones included with their waiver. ``content`` is the dossier's own."""
    found = [*draft_blockers(dossier), *_approval(dossier, content)]
    waivers = {(w.code, w.place, w.fingerprint): w for w in Waiver.objects.filter(article=dossier.article)}
    return [
        blocker
        if blocker.absolute
        else replace(blocker, waiver=waivers.get((blocker.code, blocker.place, blocker.fingerprint)))
        for blocker in found
    ]


def draft_blockers(dossier: Dossier) -> list[Blocker]:
    """What is wrong with the draft itself, approval aside: also what an editor looks at before approving."""
    article = dossier.article
    records = _Records(dossier)
    found = list(_whole(dossier))
    for name in TEXTS:
        if getattr(article, name):
            found += _text(dossier, name, records)
    for seen in dossier.segments:
        found += _segment(dossier, seen, records)
    for paragraph, sentence, text in dossier.unmarked:
        found.append(
            Blocker(
                "sentence_without_evidence",
                "",
                text_fingerprint(text, []),
                text[:EXCERPT],
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
        self.exemptions = {
            (e.place, e.fingerprint): e for e in Exemption.objects.filter(article=dossier.article)
        }
        # A later verdict outweighs an earlier one, so the last by another hand stays.
        self.verdicts: dict[tuple[str, str], str] = {}
        for check in Check.objects.filter(article=dossier.article).order_by("pk"):
            seen = dossier.by_key.get(check.segment)
            if seen and check.by_id != self.writers[seen.key] and check.by_id not in passage_choosers(seen):
                self.verdicts[check.segment, check.fingerprint] = check.verdict


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
    if (name, fingerprint) in records.exemptions:
        return
    rested_on = [dossier.by_key[key] for key in keys if key in dossier.by_key]
    if not rested_on:
        yield Blocker(f"{name}_without_evidence", name, fingerprint, text[:EXCERPT])
    elif unheard := numbers_in(text) - numbers_in(" ".join(seen.wording for seen in rested_on)):
        yield Blocker("number_not_in_evidence", name, fingerprint, ", ".join(sorted(unheard))[:EXCERPT])


def _segment(dossier: Dossier, seen: Seen, records: _Records) -> Iterator[Blocker]:
    for code in _segment_codes(dossier, seen, records):
        yield Blocker(code, seen.key, seen.fingerprint, seen.wording[:EXCERPT], seen.paragraph, seen.sentence)


def _segment_codes(dossier: Dossier, seen: Seen, records: _Records) -> Iterator[str]:
    if seen.missing:
        yield "record_missing"
    quotations = [
        q for q in undecided_quotations(seen.block, dossier.article.language)
        if seen.segment.start <= q.start < seen.segment.end
    ]  # fmt: skip
    if quotations:
        yield "quotation_undecided"
    if seen.rests_on_nothing:
        if seen.segment.exemption is None:
            yield "sentence_without_evidence"
        elif not _granted(seen, records):
            yield "exemption_not_granted"
        return
    if seen.claim and not any(c.claim_id and c.stance == SUPPORTS for c in seen.citations):
        yield "claim_without_source"
    yield from _quote_codes(dossier, seen)
    match records.verdicts.get((seen.key, seen.fingerprint)):
        case None:
            yield "claim_not_checked" if seen.claim else "quote_not_checked"
        case verdict if verdict != Check.Verdict.SUPPORTS:
            yield "check_negative"


def _quote_codes(dossier: Dossier, seen: Seen) -> Iterator[str]:
    supported = {c.quote_id for c in seen.citations if c.stance == SUPPORTS}
    printed = {words.quote for words in seen.block.words}
    if any(quote.pk not in supported for quote in seen.quotes):
        yield "quote_without_source"
    if any(quote.public_id not in printed for quote in seen.quotes):
        yield "quote_without_words"
    if misquoted(seen):
        yield "quote_not_verbatim"
    if any(quote.speaker_id is None for quote in seen.quotes):
        yield "quote_unattributed"


def _granted(seen: Seen, records: _Records) -> bool:
    exemption = records.exemptions.get((seen.key, seen.fingerprint))
    return bool(
        exemption
        and exemption.reason == seen.segment.exemption
        and exemption.by_id != records.writers[seen.key]
    )


def _approval(dossier: Dossier, content: dict) -> Iterator[Blocker]:
    article = dossier.article
    approval = (
        Approval.objects.filter(article=article, withdrawn_at=None).select_related("by").order_by("pk").last()
    )
    digest = content_digest(content)
    if approval is None or article.stage != Stage.APPROVED:
        yield Blocker("not_approved", "", digest)
    elif approval.digest != digest:
        yield Blocker("approval_lapsed", "", digest)
    elif article.is_own_of(approval.by):
        yield Blocker("own_approval", "", digest, str(approval.by))
