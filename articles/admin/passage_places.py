"""Places in an archived text that a person may choose as a passage. They are offered, never applied."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.matching import said
from articles.models import Citation
from sources.admin.reading import without_edges
from sources.passages.finding import whole_words
from sources.passages.matching import LONGEST_PASSAGE, is_edited, pieces_of, span_of_words
from sources.passages.normalising import Normalised, normalise, other_start
from sources.passages.offering import candidates, near_matches

# Places of one kind that are offered, and code points shown around each.
SHOWN = 5
AROUND = 60


@dataclass(frozen=True)
class Offer:
    """Words from ``start`` to ``end``, with what stands around them. ``kind`` is ``exact`` (the quote stands here),
    ``near`` (almost: see ``difference``), ``candidate`` (reads like the statement) or ``typed`` (the words asked for).
    """

    kind: str
    start: int
    end: int
    before: str
    words: str
    after: str
    difference: list[tuple[str, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"{self.start}-{self.end}"


def places(words: str, text: str | Normalised, *, most: int = 20) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``, letter by letter but for declared variation, as whole words."""
    text = Normalised(text) if isinstance(text, str) else text
    wanted = normalise(words)
    return _spans(text, wanted, most) if wanted else []


def offers_for(citation: Citation, wording: str, text: Normalised) -> list[Offer]:
    """For a quote where its words stand, else where nearly the same do; then, for what only reports it and for a
    claim, the sentences that read most like ``wording``."""
    found = []
    if citation.quote_id:
        words = said(citation.quote)
        found = [_offer("exact", text, *span) for span in _of_quote(words, text)]
        if not found:
            near = near_matches(words, text, limit=SHOWN)
            found = [_offer("near", text, n.start, n.end, n.difference) for n in near]
    if not found:
        found = [_offer("candidate", text, c.start, c.end) for c in candidates(wording, text, limit=SHOWN)]
    return found


def offers_at(spans: Iterable[tuple[int, int]], text: Normalised) -> list[Offer]:
    """The places of words that were typed."""
    return [_offer("typed", text, *span) for span in spans]


def _of_quote(words: str, text: Normalised) -> list[tuple[int, int]]:
    """Where a quote's words stand; of words with marked edits the one stretch from the first piece to the last."""
    first = span_of_words(words, text)
    if first is None or first.end - first.start > LONGEST_PASSAGE:
        return []
    if is_edited(words):
        return [(first.start, first.end)]
    wanted = pieces_of(words)[0].words
    alike = dict.fromkeys([wanted, other_start(wanted)])
    return [span for form in alike for span in _spans(text, form, SHOWN)][:SHOWN]


def _spans(text: Normalised, wanted: str, most: int) -> list[tuple[int, int]]:
    return [text.span(at, at + len(wanted)) for at in whole_words(text, wanted, most=most)]


def _offer(kind: str, text: Normalised, start: int, end: int, difference=()) -> Offer:
    original = text.original
    before, after = original[max(0, start - AROUND) : start], original[end : end + AROUND]
    # Whole words only, as far as there are any.
    before = before.partition(" ")[2] if start > AROUND else before
    after = after.rpartition(" ")[0] if end + AROUND < len(original) else after
    return Offer(kind, start, end, before, original[start:end], after, without_edges(difference))
