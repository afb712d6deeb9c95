"""Hold the passages and quotes of a draft against the archived texts they are said to stand in."""

from collections.abc import Iterable

from articles.dossier import Dossier
from articles.models import Citation, Quote
from articles.seen import SUPPORTS
from sources.models import Snapshot
from sources.passages.matching import Passage, has_words, locate
from sources.passages.texts import texts_of


def carries_words(citation: Citation) -> bool:
    """Whether the source is cited as having the words of a quote; others report that they were said."""
    return citation.stance == SUPPORTS and citation.carries == Citation.Carries.WORDS


def said(quote: Quote) -> str:
    """What has to stand in a source: what was said, not its translation (N12)."""
    return quote.original or quote.words


class Matches:
    """What stands where, worked out once for each citation; one query for all the texts that are not at hand.

    Nothing is moved and nothing nearly right is taken: a passage stands in its own snapshot once, or not.
    """

    def __init__(self, dossier: Dossier):
        self._dossier = dossier
        self._texts = texts_of(self._wanted(dossier.citations))
        self._stands: dict[int, bool | None] = {}
        self._has_words: dict[int, bool | None] = {}

    def _wanted(self, citations: Iterable[Citation]) -> list[Snapshot]:
        wanted = {}
        for citation in citations:
            if (citation.snapshot_id or carries_words(citation)) and (snapshot := self.archived(citation)):
                wanted[snapshot.pk] = snapshot
        return list(wanted.values())

    def archived(self, citation: Citation) -> Snapshot | None:
        """The capture whose text the citation is held against; None where there is none that can be read."""
        snapshot = self._dossier.snapshot_of(citation)
        return snapshot if snapshot and not snapshot.obstacle else None

    def stands(self, citation: Citation) -> bool | None:
        """Whether its passage stands in its snapshot exactly once; False is an orphan, None that it names none."""
        if citation.snapshot_id is None:
            return None
        if citation.pk not in self._stands:
            text = self._texts.get(citation.snapshot_id)
            passage = Passage(citation.exact, citation.prefix, citation.suffix)
            # A text that was sealed can be held against nothing any more.
            self._stands[citation.pk] = text is not None and locate(passage, text) is not None
        return self._stands[citation.pk]

    def has_words(self, citation: Citation) -> bool | None:
        """Whether the source has the words of the citation's quote: in its snapshot, and in the passage if one is
        named. None: the citation does not say so, or there is nothing to hold them against.
        """
        if not carries_words(citation):
            return None
        if citation.pk not in self._has_words:
            self._has_words[citation.pk] = self._find(citation, said(citation.quote))
        return self._has_words[citation.pk]

    def _find(self, citation: Citation, words: str) -> bool | None:
        if citation.exact and not has_words(words, citation.exact):
            return False
        snapshot = self.archived(citation)
        if snapshot is None:
            return None
        text = self._texts.get(snapshot.pk)
        return text is not None and has_words(words, text)
