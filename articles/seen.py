"""A segment of a draft, or a text beside them, as a person sees it, and what it rests on."""

from dataclasses import dataclass, field
from functools import cached_property

from articles.body.model import Block, Segment
from articles.models import Citation, Claim, Quote
from articles.rules.exemptions import Reason
from articles.rules.fingerprints import segment_fingerprint, sighting_fingerprint
from sources.models import Snapshot

SUPPORTS = Citation.Stance.SUPPORTS


@dataclass
class Seen:
    """One segment of a draft with what it rests on.

    ``paragraph`` and ``sentence`` count from 1, the sentence within its paragraph. ``sentence_text`` is the whole
    sentence, ``place`` the segment's start and end in it.
    """

    segment: Segment
    block: Block
    paragraph: int
    sentence: int
    sentence_text: str
    place: tuple[int, int]
    claim: Claim | None
    quotes: list[Quote]
    # Each with its claim or quote, source and snapshot at hand.
    citations: list[Citation]
    # Digests of the wordings of the sentences it touches, for who worded it.
    wordings: tuple[str, ...]
    # Public ids named by its mark, or by words inside it, that are no record of it.
    missing: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.segment.key

    @property
    def wording(self) -> str:
        return self.block.text[self.segment.start : self.segment.end]

    @property
    def rests_on_nothing(self) -> bool:
        return self.claim is None and not self.quotes

    @property
    def rests_on_confidential_alone(self) -> bool:
        """Whether its claim, or any of its quotes, is supported by confidential sources only.

        A quote by those that have its words, if any do: a report that it was said does not answer for the words.
        """
        records = [[c for c in self.citations if c.claim_id and c.stance == SUPPORTS]]
        for quote in self.quotes:
            supporting = self.supporting(quote)
            records.append([c for c in supporting if c.carries == Citation.Carries.WORDS] or supporting)
        return any(cited and all(c.source.confidential for c in cited) for cited in records)

    @property
    def exemption(self) -> str | None:
        """The reason its mark asks for; a sentence that rests on something, or asks for no known one, has none."""
        return self.segment.exemption if self.rests_on_nothing and self.segment.exemption in Reason else None

    def sources(self, *stances) -> list:
        """The cited sources of these stances, each once, in the order of the citations."""
        return list({c.source_id: c.source for c in self.citations if c.stance in stances}.values())

    def supporting(self, quote: Quote) -> list[Citation]:
        """The citations that support ``quote``."""
        return [c for c in self.citations if c.quote_id == quote.pk and c.stance == SUPPORTS]

    def as_checked(self) -> dict:
        """What a person who checks it has before them, in words, as JSON values: kept with the check, so that it can
        be said later what has changed. Of a confidential source only its public label."""
        rests_on = [{"quote": quote_facts(quote)} for quote in self.quotes]
        rests_on += [_as_told(citation) for citation in self.citations]
        return {"sentence": self.sentence_text, "place": list(self.place), "rests_on": rests_on}

    @cached_property
    def fingerprint(self) -> str:
        rests_on = [citation_facts(citation) for citation in self.citations]
        rests_on += [quote_facts(quote) for quote in self.quotes]
        if self.claim:
            rests_on.append(claim_facts(self.claim))
        return segment_fingerprint(self.sentence_text, self.place, rests_on)


@dataclass(frozen=True)
class Text:
    """A text beside the sentences: of the headline, the standfirst, or a caption (``figure:<key>``).

    ``kind`` is ``headline``, ``standfirst`` or ``caption``; ``rests_on`` are keys of segments.
    """

    place: str
    kind: str
    words: str
    rests_on: tuple[str, ...]
    fingerprint: str


def handed_over_by(snapshot: Snapshot | None) -> set[int]:
    """Who gave us the text of a capture that was not fetched from its address: they answer for its words."""
    return {snapshot.captured_by_id} if snapshot and snapshot.way != Snapshot.Way.FETCHED else set()


def citation_facts(citation: Citation) -> dict:
    """What of a citation a person has seen when they check it."""
    snapshot = citation.snapshot
    # Where no capture is named the address stands in for it: another document under the same record is another.
    document = snapshot_facts(snapshot) if snapshot else [citation.source.url_key]
    return {
        "source": [citation.source.public_id, *document],
        "stance": citation.stance,
        "carries": citation.carries,
        "passage": [citation.prefix, citation.exact, citation.suffix],
        "locator": citation.locator,
    }


def _as_told(citation: Citation) -> dict:
    source, snapshot = citation.source, citation.snapshot
    told = {"source": source.public_id, "title": str(source), "stance": str(citation.stance)}
    if source.confidential:
        return told
    return told | {
        "passage": citation.exact,
        "locator": citation.locator,
        "capture": snapshot.sha256 if snapshot else "",
    }


def snapshot_facts(snapshot: Snapshot) -> list[str]:
    """Which bytes a capture holds, and how their text was taken out."""
    return [snapshot.sha256, snapshot.extractor]


def claim_facts(claim: Claim) -> dict:
    """Of a claim only which it is: its label is the desk's own."""
    return {"claim": claim.public_id}


def quote_facts(quote: Quote) -> dict:
    """What of a quote a person has seen when they check it."""
    return {
        "words": quote.words,
        "speaker": quote.speaker.public_id if quote.speaker else None,
        "role": quote.role.title if quote.role else None,
        "occasion": quote.occasion,
        "said_on": quote.said_on.isoformat() if quote.said_on else None,
        "language": quote.language,
        "original": [quote.original, quote.original_language],
        "translator": quote.translator,
    }


def fingerprint_of_sight(citation: Citation, snapshot: Snapshot) -> str:
    """What a sighting of ``citation`` in ``snapshot`` covers."""
    of = quote_facts(citation.quote) if citation.quote_id else claim_facts(citation.claim)
    return sighting_fingerprint(citation_facts(citation), of, snapshot_facts(snapshot))
