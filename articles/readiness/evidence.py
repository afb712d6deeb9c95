"""What is wrong with what a draft rests on: passages, snapshots, origins, and what became of the sources."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from articles.dossier import Dossier
from articles.matching import Matches, carries_words
from articles.models import Citation, Claim, EvidenceRule
from articles.quoting import words_printed
from articles.readiness.blocker import Blocker, at_segment
from articles.readiness.records import Records
from articles.rules.canonical import digest_of
from articles.seen import SUPPORTS, Seen
from sources.models import Snapshot, Source

# Who answers for what rests on confidential sources alone (design, "Blocker": the confidentiality rule).
VOUCHERS = 2


def evidence_blockers(
    dossier: Dossier, records: Records, shows_from: datetime | None
) -> tuple[dict[str, list[Blocker]], list[Blocker]]:
    """The blockers of segments by the segment's key, and those of sources in the order of the numbers.

    ``shows_from``: when the edition is to show (aware), or None if that is not known. Four queries at most.
    """
    view = _Evidence(dossier, records)
    of_segments = {seen.key: list(view.of_segment(seen)) for seen in dossier.segments}
    return of_segments, [b for source in dossier.sources() for b in view.of_source(source, shows_from)]


class _Evidence:
    """One look at all that a draft rests on."""

    def __init__(self, dossier: Dossier, records: Records):
        self.dossier, self.records = dossier, records
        self.matches = Matches(dossier)
        self.rules = {rule.kind: rule for rule in EvidenceRule.objects.all()} if dossier.citations else {}
        self.printed = words_printed(dossier)
        self.supporting = {c.source_id for c in dossier.citations if c.stance == SUPPORTS}
        self.seen_everywhere = _seen_everywhere(dossier)

    def of_segment(self, seen: Seen) -> Iterator[Blocker]:
        for code, citations in self._unmatched(seen):
            if citations:
                yield at_segment(code, seen, self._numbers(c.source_id for c in citations))
        if seen.rests_on_confidential_alone and len(self.records.vouchers[seen.key]) < VOUCHERS:
            yield at_segment("confidential_needs_two", seen)
        if fallen := self._resting_on_fallen(seen):
            yield at_segment("origin_withdrawn", seen, self._numbers(fallen))
        yield from self._against_rules(seen)
        if seen.claim and seen.claim.standing == Claim.Standing.DEPRECATED:
            yield at_segment("claim_deprecated", seen)

    def _unmatched(self, seen: Seen) -> Iterator[tuple[str, list[Citation]]]:
        """By code, the citations that do not hold against their snapshots; what was seen by eye holds."""
        doubtful = [c for c in seen.citations if c.pk not in self.dossier.sighted]
        yield "passage_missing", [c for c in doubtful if self._lacks_passage(c)]
        yield "passage_orphaned", [c for c in doubtful if self.matches.stands(c) is False]
        without = [c for c in doubtful if self.matches.has_words(c) is False]
        for quote in seen.quotes:
            cited = seen.supporting(quote)
            # All of them only report it: then nobody has the words.
            without += [] if any(map(carries_words, cited)) else cited
        yield "quote_not_in_source", without

    def _lacks_passage(self, citation: Citation) -> bool:
        if citation.snapshot_id or citation.source.confidential:
            return False
        # Words typed by hand would be printed as the source's own, whatever they are cited for.
        if citation.exact:
            return True
        return citation.stance == SUPPORTS and self.matches.archived(citation) is not None

    def _resting_on_fallen(self, seen: Seen) -> set[int]:
        """The sources of a claim or quote that nothing supports but copies of what was withdrawn."""
        records = [[c for c in seen.citations if c.claim_id and c.stance == SUPPORTS]] if seen.claim else []
        records += [seen.supporting(quote) for quote in seen.quotes]
        found = ({c.source_id for c in citations} for citations in records)
        # Of a withdrawn source that is cited itself, the blocker says so already.
        fallen = {
            pk for pk, origin in self.dossier.origins.items() if origin.pk != pk and origin.withdrawn_at
        }
        return {pk for sources in found if sources <= fallen for pk in sources}

    def _against_rules(self, seen: Seen) -> Iterator[Blocker]:
        """What the newsroom asks of a claim of this kind, or of a quote, each of its own sources."""
        records = [(seen.claim.kind, [c for c in seen.citations if c.claim_id])] if seen.claim else []
        records += [("quote", seen.supporting(quote)) for quote in seen.quotes]
        for kind, citations in records:
            rule = self.rules.get(kind)
            sources = {c.source_id: c.source for c in citations if c.stance == SUPPORTS}
            # Without any, it is without a source: a blocker of its own.
            if rule is None or not sources:
                continue
            origins = self.dossier.origins_of(sources.values())
            if origins < rule.origins:
                counted = _("%(found)d of %(needed)d origins:") % {"found": origins, "needed": rule.origins}
                yield at_segment("too_few_origins", seen, counted)
            accepted = rule.source_kinds or Source.Kind.values
            if refused := [pk for pk, source in sources.items() if source.kind not in accepted]:
                yield at_segment("source_kind_refused", seen, self._numbers(refused))

    def of_source(self, source: Source, shows_from: datetime | None) -> Iterator[Blocker]:
        if not source.is_identified:
            yield self._at(source, "source_unidentified", [source.title, source.url, source.publisher_id])
        if self._unarchived(source):
            yield self._at(source, "source_without_snapshot", [source.public_id, source.url_key])
        if source.withdrawn_at:
            yield self._at(source, "source_withdrawn", [source.public_id])
        until = source.embargoed_until
        if until and (shows_from is None or shows_from < until):
            moment = until.astimezone(UTC)
            yield self._at(source, "source_embargoed", [moment.isoformat()], f"{moment:%Y-%m-%d %H:%M} UTC")
        if source.publisher and source.publisher.barred and source.pk in self.supporting:
            yield self._at(source, "publisher_barred", [source.publisher.public_id], source.publisher.name)
        printed, allowed = self.printed[source.pk], source.quotation_allowance
        if allowed is not None and printed > allowed:
            counted = _("%(printed)d of %(allowed)d words") % {"printed": printed, "allowed": allowed}
            yield self._at(source, "allowance_exceeded", [source.public_id, printed, allowed], counted)

    def _unarchived(self, source: Source) -> bool:
        held = self.dossier.held.get(source.pk)
        if source.confidential or (held and not held.obstacle):
            return False
        # Of a scan there is no text; it stands for the source where a person saw by eye all that is cited of it.
        return held is None or source.pk not in self.seen_everywhere

    def _at(self, source: Source, code: str, facts: list, detail: str = "") -> Blocker:
        label = self._numbers([source.pk])
        return Blocker(
            code, f"source:{source.public_id}", digest_of(facts), f"{label} {detail}" if detail else label
        )

    def _numbers(self, sources) -> str:
        numbers = sorted({self.dossier.numbers[pk] for pk in sources})
        return f"[{', '.join(map(str, numbers))}]"


def _seen_everywhere(dossier: Dossier) -> set[int]:
    """The sources without readable text of which somebody saw by eye every passage that is cited."""
    scans = {pk for pk, held in dossier.held.items() if held.obstacle == Snapshot.Obstacle.NO_TEXT}
    return scans - {c.source_id for c in dossier.citations if c.pk not in dossier.sighted}
