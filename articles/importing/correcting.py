"""Correct a proposal before it is stored: who speaks, what is a quote and what is not, what rests on a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from articles.body.model import DISMISSAL_REASONS
from articles.importing.findings import MAX_TEXT, Finding
from articles.importing.proposal import (
    Proposal,
    ProposedDismissal,
    ProposedParagraph,
    ProposedQuote,
    ProposedSegment,
    ProposedWords,
)

QUOTE = "quote"
SPEAKER_KINDS = ("person", "organisation", "document")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of one quotation: ``kind`` is ``quote`` or one of DISMISSAL_REASONS.

    An empty ``speaker`` is not known; ``speaker_kind`` is one of SPEAKER_KINDS.
    """

    kind: str = QUOTE
    speaker: str = ""
    role: str = ""
    speaker_kind: str = "person"


def correct(
    proposal: Proposal,
    *,
    quotes: Mapping[int, Verdict],
    dismissed: Mapping[tuple[int, int], Verdict],
    claims: Mapping[tuple[int, int], bool],
) -> Proposal:
    """Return ``proposal`` as corrected; what is not named stays as proposed.

    ``quotes`` are by index, ``dismissed`` by paragraph and index in it, ``claims`` say of a segment (paragraph, index)
    with quotes whether it rests on a claim as well. A dismissed quotation outside every segment stays dismissed: a
    sentence without citation makes no record.
    """
    kept = [i for i in range(len(proposal.quotes)) if quotes.get(i, Verdict()).kind not in DISMISSAL_REASONS]
    place_of = {old: new for new, old in enumerate(kept)}
    records = [_spoken(proposal.quotes[i], quotes.get(i)) for i in kept]
    gone = {i: quotes[i].kind for i in range(len(proposal.quotes)) if i not in place_of}
    paragraphs = []
    for number, paragraph in enumerate(proposal.paragraphs):
        new = _without(paragraph, gone, place_of)
        new = _with_quotes(new, number, paragraph.dismissed, dismissed, records)
        paragraphs.append(_with_claims(new, number, claims, records))
    return _with_findings(replace(proposal, paragraphs=tuple(paragraphs), quotes=tuple(records)))


def _spoken(quote: ProposedQuote, verdict: Verdict | None) -> ProposedQuote:
    if verdict is None:
        return quote
    known = bool(verdict.speaker)
    return replace(
        quote,
        speaker=verdict.speaker or None,
        role=verdict.role or None if known else None,
        speaker_kind=verdict.speaker_kind if known else None,
    )


def _without(
    paragraph: ProposedParagraph, gone: Mapping[int, str], place_of: Mapping[int, int]
) -> ProposedParagraph:
    """The paragraph with the quotes ``gone`` dismissed and the others under their new index."""
    segments, dismissed = [], list(paragraph.dismissed)
    for segment in paragraph.segments:
        words = [w for w in segment.words if w.quote not in gone]
        dismissed += [
            ProposedDismissal(w.start, w.end, gone[w.quote]) for w in segment.words if w.quote in gone
        ]
        segments.append(
            replace(
                segment,
                quotes=tuple(place_of[quote] for quote in segment.quotes if quote not in gone),
                words=tuple(replace(w, quote=place_of[w.quote]) for w in words),
            )
        )
    dismissed.sort(key=lambda mark: mark.start)
    return replace(paragraph, segments=tuple(segments), dismissed=tuple(dismissed))


def _with_quotes(
    paragraph: ProposedParagraph,
    number: int,
    proposed: tuple[ProposedDismissal, ...],
    verdicts: Mapping[tuple[int, int], Verdict],
    records: list[ProposedQuote],
) -> ProposedParagraph:
    """The paragraph with what was dismissed as it is by ``verdicts``; new quotes are added to ``records``."""
    for index, mark in enumerate(proposed):
        verdict = verdicts.get((number, index))
        if verdict is None:
            continue
        others = tuple(d for d in paragraph.dismissed if d != mark)
        if verdict.kind in DISMISSAL_REASONS:
            changed = sorted([*others, replace(mark, reason=verdict.kind)], key=lambda d: d.start)
            paragraph = replace(paragraph, dismissed=tuple(changed))
            continue
        place = _segment_around(paragraph, mark)
        if place is None:
            continue
        segment = paragraph.segments[place]
        words = ProposedWords(mark.start, mark.end, len(records))
        said = paragraph.text[mark.start : mark.end]
        quote = ProposedQuote(said, None, None, None, segment.sources, ((number, place),))
        records.append(_spoken(quote, verdict))
        segment = replace(
            segment,
            quotes=(*segment.quotes, words.quote),
            words=tuple(sorted([*segment.words, words], key=lambda w: w.start)),
        )
        segments = tuple(segment if i == place else s for i, s in enumerate(paragraph.segments))
        paragraph = replace(paragraph, segments=segments, dismissed=others)
    return paragraph


def _segment_around(paragraph: ProposedParagraph, mark: ProposedDismissal) -> int | None:
    for place, segment in enumerate(paragraph.segments):
        if segment.start <= mark.start and mark.end <= segment.end:
            return place
    return None


def _with_claims(
    paragraph: ProposedParagraph,
    number: int,
    claims: Mapping[tuple[int, int], bool],
    records: list[ProposedQuote],
) -> ProposedParagraph:
    segments = tuple(
        replace(segment, kind=_kind(segment, claims.get((number, place)), records))
        for place, segment in enumerate(paragraph.segments)
    )
    return replace(paragraph, segments=segments)


def _kind(segment: ProposedSegment, claim: bool | None, records: list[ProposedQuote]) -> str:
    """A segment without quotes rests on a claim; with quotes as a person says, else as the import would."""
    if not segment.quotes:
        return "claim"
    if claim is None:
        return QUOTE if any(records[quote].speaker for quote in segment.quotes) else "claim"
    return "claim" if claim else QUOTE


def _with_findings(proposal: Proposal) -> Proposal:
    """The proposal with the findings about speakers and claims that still hold."""
    claimed = {
        (number + 1, paragraph.text[segment.start : segment.end][:MAX_TEXT])
        for number, paragraph in enumerate(proposal.paragraphs)
        for segment in paragraph.segments
        if segment.kind == "claim"
    }
    found = [
        finding
        for finding in proposal.findings
        if finding.code != "quote_unattributed"
        and not (finding.code == "claim_proposed" and (finding.paragraph, finding.text) in claimed)
    ]
    for quote in proposal.quotes:
        if quote.speaker is None:
            paragraph, place = quote.places[0]
            sentence = proposal.paragraphs[paragraph].segments[place].sentence + 1
            found.append(Finding("quote_unattributed", paragraph + 1, sentence, quote.words[:MAX_TEXT]))
    found.sort(key=lambda f: (f.paragraph is None, f.paragraph or 0, f.sentence or 0))
    return replace(proposal, findings=tuple(found))
