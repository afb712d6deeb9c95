"""Everything a draft rests on, loaded in a fixed number of queries whatever its length.

Readiness, checks, the preview and the edition's document all read a draft through its dossier, so that none of them
can see another draft than the others.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from articles.body.html import parse_html
from articles.body.model import Block, Body, Segment
from articles.body.sentences import block_sentences, split_sentences
from articles.models import Article, Citation, Claim, Quote
from articles.rules.canonical import digest_of
from articles.rules.exemptions import Reason
from articles.rules.fingerprints import segment_fingerprint, text_fingerprint, wording_digest

SUPPORTS = Citation.Stance.SUPPORTS
_WORD = re.compile(r"\w")


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
    def exemption(self) -> str | None:
        """The reason its mark asks for; a sentence that rests on something, or asks for no known one, has none."""
        return self.segment.exemption if self.rests_on_nothing and self.segment.exemption in Reason else None

    def sources(self, *stances) -> list:
        """The cited sources of these stances, each once, in the order of the citations."""
        return list({c.source_id: c.source for c in self.citations if c.stance in stances}.values())

    @cached_property
    def fingerprint(self) -> str:
        rests_on = [citation_facts(citation) for citation in self.citations]
        rests_on += [quote_facts(quote) for quote in self.quotes]
        if self.claim:
            rests_on.append({"claim": self.claim.public_id})
        return segment_fingerprint(self.sentence_text, self.place, rests_on)


def citation_facts(citation: Citation) -> dict:
    """What of a citation a person has seen when they check it."""
    return {
        # The address stands in for the snapshot's digest: another document under the same record is another.
        "source": [citation.source.public_id, citation.source.url_key],
        "stance": citation.stance,
        "carries": citation.carries,
        "passage": [citation.prefix, citation.exact, citation.suffix],
        "locator": citation.locator,
    }


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


@dataclass
class Dossier:
    """A draft as it stands: its body, its segments in reading order, its bylines and treaties."""

    article: Article
    body: Body
    segments: list[Seen]
    # Sentences no segment touches, as (paragraph, sentence, text): texts that came by a door that marks nothing.
    unmarked: list[tuple[int, int, str]]
    people: list
    treaties: list

    @cached_property
    def by_key(self) -> dict[str, Seen]:
        return {seen.key: seen for seen in self.segments}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Printed number by source row id: over the body by first appearance, supporting citations first."""
        order: dict[int, int] = {}
        for stances in ([SUPPORTS], [Citation.Stance.CONTRADICTS, Citation.Stance.CONTEXT]):
            for seen in self.segments:
                for source in seen.sources(*stances):
                    order.setdefault(source.pk, len(order) + 1)
        return order

    def sources(self) -> list:
        """Every cited source, in the order of the numbers."""
        by_id = {c.source_id: c.source for seen in self.segments for c in seen.citations}
        return [by_id[pk] for pk in self.numbers]

    def group(self, seen: Seen) -> list[int]:
        """The numbers printed at the segment's end, ascending."""
        return sorted(self.numbers[source.pk] for source in seen.sources(SUPPORTS))

    def fingerprint_of(self, place: str) -> str:
        """The fingerprint of a segment's key, ``headline`` or ``standfirst``, or of the whole for ``""``."""
        article = self.article
        if place == "headline":
            return text_fingerprint(article.headline, article.headline_rests_on)
        if place == "standfirst":
            return text_fingerprint(article.standfirst, article.standfirst_rests_on)
        return self.by_key[place].fingerprint

    def exempted_fingerprint(self, place: str, summary_of: list[str]) -> str | None:
        """What an exemption of ``place`` covers: of a summary also what it sums up. None if that is gone."""
        if not summary_of:
            return self.fingerprint_of(place)
        if place in summary_of or not set(summary_of) <= self.by_key.keys():
            return None
        return digest_of(
            [self.fingerprint_of(place), sorted(self.by_key[key].fingerprint for key in summary_of)]
        )

    def writers(self, by_digest: dict[str, int]) -> dict[str, set[int]]:
        """Who worded each place, as user ids by segment key, ``headline`` and ``standfirst``.

        ``by_digest`` is who last worded which wording. A text that reached the database by no act is its article's
        creator's.
        """
        creator = self.article.created_by_id
        wordings = {seen.key: seen.wordings for seen in self.segments}
        wordings |= {
            name: (wording_digest(getattr(self.article, name)),) for name in ("headline", "standfirst")
        }
        return {place: {by_digest.get(d, creator) for d in digests} for place, digests in wordings.items()}


def open_dossier(article: Article) -> Dossier:
    """Load what ``article``'s draft rests on: five queries, two of them only where there are claims or quotes."""
    body = parse_html(article.body)
    segments = [segment for block in body.blocks for segment in block.segments]
    claims = {
        c.public_id: c for c in Claim.objects.filter(public_id__in={s.claim for s in segments if s.claim})
    }
    quotes = {
        quote.public_id: quote
        for quote in Quote.objects.filter(
            public_id__in={q for s in segments for q in s.quotes}
        ).select_related("speaker", "role")
    }
    of_claim, of_quote = defaultdict(list), defaultdict(list)
    for citation in _citations(claims.values(), quotes.values()):
        (of_claim[citation.claim_id] if citation.claim_id else of_quote[citation.quote_id]).append(citation)

    seen, unmarked = [], []
    for paragraph, block in enumerate(body.blocks, start=1):
        spans = block_sentences(block, article.language).spans
        starts = [start for start, _ in spans]
        marked = set()
        wordings = sentence_wordings(block, article.language)
        for segment in block.segments:
            first, last = bisect_right(starts, segment.start) - 1, bisect_left(starts, segment.end) - 1
            marked.update(range(first, last + 1))
            rests = [quotes[q] for q in segment.quotes if q in quotes]
            claim = claims.get(segment.claim)
            seen.append(
                Seen(
                    segment=segment,
                    block=block,
                    paragraph=paragraph,
                    sentence=first + 1,
                    sentence_text=block.text[starts[first] : spans[last][1]].strip(),
                    place=(segment.start - starts[first], segment.end - starts[first]),
                    claim=claim,
                    quotes=rests,
                    citations=(of_claim[claim.pk] if claim else [])
                    + [citation for quote in rests for citation in of_quote[quote.pk]],
                    wordings=tuple(
                        d for (start, end), d in wordings if start < segment.end and segment.start < end
                    ),
                    missing=_missing(block, segment, quotes, claim),
                )
            )
        for number, (start, end) in enumerate(spans):
            if number not in marked and _WORD.search(text := block.text[start:end].strip()):
                unmarked.append((paragraph, number + 1, text))
    people = [byline.person for byline in article.byline_set.select_related("person")]
    return Dossier(article, body, seen, unmarked, people, list(article.treaties.all()))


def _missing(block: Block, segment: Segment, quotes: dict[str, Quote], claim: Claim | None) -> list[str]:
    named = [quote for quote in segment.quotes if quote not in quotes]
    named += [segment.claim] if segment.claim and not claim else []
    inside = (w.quote for w in block.words if segment.start <= w.start < segment.end)
    return named + [quote for quote in inside if quote not in segment.quotes]


def _citations(claims, quotes):
    if not claims and not quotes:
        return []
    found = Citation.objects.filter(claim__in=claims) | Citation.objects.filter(quote__in=quotes)
    return found.select_related("source__publisher").order_by("position", "pk")


def sentence_wordings(block: Block, language: str) -> list[tuple[tuple[int, int], str]]:
    """The sentences of a block with the digests of their wordings, wherever segments end: a mark words nothing."""
    return [
        (span, wording_digest(block.text[span[0] : span[1]]))
        for span in split_sentences(block.text, language).spans
    ]


def sentence_digests(body: Body, language: str) -> set[str]:
    """The digests of every sentence's wording, for who worded what."""
    return {digest for block in body.blocks for _, digest in sentence_wordings(block, language)}
