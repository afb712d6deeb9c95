"""Everything a draft rests on, loaded in a fixed number of queries whatever its length.

Readiness, checks, the preview and the edition's document all read a draft through its dossier, so that none of them
can see another draft than the others.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce

from articles.body.html import parse_html
from articles.body.model import Block, Body, Segment
from articles.body.sentences import block_sentences, split_sentences
from articles.figures import SeenFigure
from articles.models import Article, Citation, Claim, Image, Quote, Sighting
from articles.rules.canonical import digest_of
from articles.rules.fingerprints import text_fingerprint, wording_digest
from articles.seen import SUPPORTS, Seen, Text, fingerprint_of_sight, handed_over_by
from sources.models import Snapshot, Source
from sources.origins import roots_of

_WORD = re.compile(r"\w")


@dataclass
class Dossier:
    """A draft as it stands: its body, its segments and figures in reading order, its bylines and treaties."""

    article: Article
    body: Body
    segments: list[Seen]
    # Sentences no segment touches, as (paragraph, sentence, text): texts that came by a door that marks nothing.
    unmarked: list[tuple[int, int, str]]
    people: list
    treaties: list
    # By source row id, what stands for a source where a citation names no capture: see held_snapshots.
    held: dict[int, Snapshot]
    figures: list[SeenFigure]

    @cached_property
    def by_key(self) -> dict[str, Seen]:
        return {seen.key: seen for seen in self.segments}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """By place, every text beside the sentences; headline and standfirst also where they are empty yet."""
        article, found = self.article, {}
        for name in ("headline", "standfirst"):
            words, rests_on = getattr(article, name), getattr(article, f"{name}_rests_on")
            found[name] = Text(name, name, words, tuple(rests_on), text_fingerprint(words, rests_on))
        return found | {
            each.place: Text(each.place, "caption", each.caption, each.rests_on, each.fingerprint)
            for each in self.figures
            if each.caption
        }

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

    @cached_property
    def citations(self) -> list[Citation]:
        """Every citation, each once, in the order of the segments."""
        return list({c.pk: c for seen in self.segments for c in seen.citations}.values())

    @cached_property
    def origins(self) -> dict[int, Source]:
        """The origin of each cited source, by source row id; a source that copies from none is its own."""
        cited = {source.pk: source for source in self.sources()}
        roots = roots_of(cited.values())
        known = cited | Source.objects.in_bulk(set(roots.values()) - cited.keys())
        return {pk: known[roots.get(pk, pk)] for pk in cited}

    def origins_of(self, sources: Iterable[Source]) -> int:
        """How many origins these cited sources go back to."""
        return len({self.origins[source.pk].pk for source in sources})

    def snapshot_of(self, citation: Citation) -> Snapshot | None:
        """The capture a citation is held against: its own, else the one that stands for its source."""
        return citation.snapshot or self.held.get(citation.source_id)

    def sight_of(self, citation: Citation) -> str | None:
        """What a sighting of ``citation`` would cover now, as a fingerprint; None if nothing is archived."""
        snapshot = self.snapshot_of(citation)
        return fingerprint_of_sight(citation, snapshot) if snapshot else None

    @cached_property
    def sightings(self) -> dict[int, list[Sighting]]:
        """By citation row id, who saw it by eye in the original as it stands, neither having chosen the passage nor
        handed over the capture. One query, where anything is archived."""
        at: dict[str, list[Citation]] = defaultdict(list)
        for citation in self.citations:
            if fingerprint := self.sight_of(citation):
                at[fingerprint].append(citation)
        recorded = Sighting.objects.filter(fingerprint__in=at) if at else Sighting.objects.none()
        found: dict[int, list[Sighting]] = defaultdict(list)
        for sighting in recorded.select_related("by"):
            for citation in at[sighting.fingerprint]:
                if sighting.by_id not in {citation.chosen_by_id} | handed_over_by(self.snapshot_of(citation)):
                    found[citation.pk].append(sighting)
        return found

    @cached_property
    def sighted(self) -> set[int]:
        """The citations (row ids) that somebody saw by eye."""
        return set(self.sightings)

    def group(self, seen: Seen) -> list[int]:
        """The numbers printed at the segment's end, ascending."""
        return sorted(self.numbers[source.pk] for source in seen.sources(SUPPORTS))

    def fingerprint_of(self, place: str) -> str:
        """The fingerprint of a segment's key or of a text's place."""
        return (self.texts.get(place) or self.by_key[place]).fingerprint

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
        """Who worded each place, as user ids by segment key and by the place of each text.

        ``by_digest`` is who last worded which wording. A text that reached the database by no act is its article's
        creator's.
        """
        creator = self.article.created_by_id
        wordings = {seen.key: seen.wordings for seen in self.segments}
        wordings |= {place: (wording_digest(text.words),) for place, text in self.texts.items()}
        return {place: {by_digest.get(d, creator) for d in digests} for place, digests in wordings.items()}


class Now:
    """The records a draft rests on, as they stand. What stands for them as they stood has the same methods
    (``articles.versions.reading``)."""

    def claims(self, ids: set[str]) -> Iterable[Claim]:
        return Claim.objects.filter(public_id__in=ids)

    def quotes(self, ids: set[str]) -> Iterable[Quote]:
        return Quote.objects.filter(public_id__in=ids).select_related("speaker", "role")

    def citations(self, claims: Iterable[Claim], quotes: Iterable[Quote]) -> Iterable[Citation]:
        """In their order, with their sources and snapshots."""
        found = Citation.objects.filter(claim__in=claims) | Citation.objects.filter(quote__in=quotes)
        # A snapshot's findings can be long, and nobody asks for them here.
        found = found.select_related("source__publisher", "snapshot").defer("snapshot__found")
        return found.order_by("position", "pk")

    def images(self, ids: set[str]) -> Iterable[Image]:
        """With their renditions."""
        return Image.objects.filter(public_id__in=ids).prefetch_related("renditions")

    def people(self, article: Article) -> list:
        return [byline.person for byline in article.byline_set.select_related("person")]

    def treaties(self, article: Article) -> list:
        return list(article.treaties.all())


NOW = Now()


def open_dossier(article: Article, records: Now = NOW) -> Dossier:
    """Load what ``article``'s draft rests on: eight queries, three of them only where there are claims or quotes,
    two where there are figures."""
    body = parse_html(article.body)
    segments = [segment for block in body.blocks for segment in block.segments]
    claims = {claim.public_id: claim for claim in records.claims({s.claim for s in segments if s.claim})}
    quotes = {quote.public_id: quote for quote in records.quotes({q for s in segments for q in s.quotes})}
    of_claim, of_quote = defaultdict(list), defaultdict(list)
    cited = _citations(records, claims.values(), quotes.values())
    for citation in cited:
        (of_claim[citation.claim_id] if citation.claim_id else of_quote[citation.quote_id]).append(citation)

    seen, unmarked = [], []
    for paragraph, block in enumerate(body.paragraphs, start=1):
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
    held = held_snapshots({citation.source_id for citation in cited})
    people, treaties = records.people(article), records.treaties(article)
    return Dossier(article, body, seen, unmarked, people, treaties, held, _figures(records, body))


def _figures(records: Now, body: Body) -> list[SeenFigure]:
    named = {block.figure.image for block in body.figures}
    images = {image.public_id: image for image in records.images(named)} if named else {}
    return [
        SeenFigure(block, number, images.get(block.figure.image))
        for number, block in enumerate(body.figures, start=1)
    ]


def _missing(block: Block, segment: Segment, quotes: dict[str, Quote], claim: Claim | None) -> list[str]:
    named = [quote for quote in segment.quotes if quote not in quotes]
    named += [segment.claim] if segment.claim and not claim else []
    inside = (w.quote for w in block.words if segment.start <= w.start < segment.end)
    return named + [quote for quote in inside if quote not in segment.quotes]


def _citations(records: Now, claims: Iterable[Claim], quotes: Iterable[Quote]) -> list[Citation]:
    if not claims and not quotes:
        return []
    claim_of, quote_of = {claim.pk: claim for claim in claims}, {quote.pk: quote for quote in quotes}
    citations = list(records.citations(claims, quotes))
    for citation in citations:
        citation.claim, citation.quote = claim_of.get(citation.claim_id), quote_of.get(citation.quote_id)
    return citations


def held_snapshots(sources: Iterable[int]) -> dict[int, Snapshot]:
    """By source row id, the latest snapshot that can be taken for the source: one query where there are sources.

    What was fetched goes before what somebody handed in, however late. Captures of a source that was merged into it
    are of the same document.

    A source of which there is no better one has its latest capture without readable text, such as a scan: a person
    can have seen the words there, nothing can be matched.
    """
    if not sources:
        return {}
    same = Source.objects.filter(Q(pk__in=sources) | Q(merged_into__in=sources)).values("pk")
    found = Snapshot.objects.filter(source__in=same, obstacle__in=("", Snapshot.Obstacle.NO_TEXT))
    found = found.annotate(standing=Coalesce("source__merged_into", "source"))
    # The empty obstacle sorts first.
    handed = Case(When(way=Snapshot.Way.FETCHED, then=0), default=1)
    latest = found.order_by("standing", "obstacle", handed, "-pk").distinct("standing").defer("found")
    return {snapshot.standing: snapshot for snapshot in latest}


def sentence_wordings(block: Block, language: str) -> list[tuple[tuple[int, int], str]]:
    """The sentences of a block with the digests of their wordings, wherever segments end: a mark words nothing."""
    return [
        (span, wording_digest(block.text[span[0] : span[1]]))
        for span in split_sentences(block.text, language).spans
    ]


def sentence_digests(body: Body, language: str) -> set[str]:
    """The digests of every sentence's wording, and of every caption's whole, for who worded what."""
    sentences = {digest for block in body.paragraphs for _, digest in sentence_wordings(block, language)}
    return sentences | {wording_digest(figure.text) for figure in body.figures if figure.text}
