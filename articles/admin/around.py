"""A passage where it stands: the archived text before and after it, and in it the words of the quote."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.dossier import Dossier
from articles.matching import carries_words, said
from articles.models import Citation
from sources.passages.matching import Passage, Span, locate, span_of_words
from sources.passages.normalising import Normalised
from sources.passages.texts import texts_of

# Code points of the archived text that are shown before and after.
REACH = 320


@dataclass(frozen=True)
class Around:
    """Runs of (text, mark): ``""`` is around the passage, ``passage`` in it, ``words`` the quote's own words.

    ``starts`` and ``ends`` say whether the text begins or ends with it; ``start`` and ``end`` are the passage's place.
    """

    runs: list[tuple[str, str]]
    starts: bool
    ends: bool
    start: int
    end: int


def around(dossier: Dossier, citations: Iterable[Citation]) -> dict[int, Around]:
    """By citation row id, the passage in its capture; none where it does not stand there once. Without a passage, the
    place of the quote's words. One query at most, for the texts that are not at hand."""
    wanted = {}
    for citation in citations:
        snapshot = dossier.snapshot_of(citation)
        if snapshot and not snapshot.obstacle and not citation.source.confidential:
            wanted[citation.pk] = citation, snapshot
    texts = texts_of(snapshot for _, snapshot in wanted.values())
    found = {}
    for pk, (citation, snapshot) in wanted.items():
        text = texts.get(snapshot.pk)
        if text is not None and (span := _place(citation, text)):
            found[pk] = _cut(text.original, span, _words(citation, text, span))
    return found


def _place(citation: Citation, text: Normalised) -> Span | None:
    if citation.exact:
        return locate(Passage(citation.exact, citation.prefix, citation.suffix), text)
    return span_of_words(said(citation.quote), text) if carries_words(citation) else None


def _words(citation: Citation, text: Normalised, span: Span) -> Span | None:
    """The quote's words inside the passage."""
    if citation.quote_id is None:
        return None
    inside = span_of_words(said(citation.quote), text.original[span.start : span.end])
    return Span(span.start + inside.start, span.start + inside.end) if inside else None


def _cut(text: str, passage: Span, words: Span | None) -> Around:
    start, end = max(0, passage.start - REACH), min(len(text), passage.end + REACH)
    if start and (space := text.find(" ", start, passage.start)) > 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", passage.end, end)) > 0:
        end = space
    edges = [(start, ""), (passage.start, "passage")]
    edges += [(words.start, "words"), (words.end, "passage")] if words else []
    edges += [(passage.end, "")]
    stops = [at for at, _ in edges[1:]] + [end]
    runs = [(text[at:stop], mark) for (at, mark), stop in zip(edges, stops, strict=True) if at < stop]
    return Around(runs, start == 0, end == len(text), passage.start, passage.end)
