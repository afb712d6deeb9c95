"""Whom a pronoun may mean.

A pronoun is understood only where its own sentence so far, or else the sentence before, names exactly one that
fits. Whoever is named without being identified (`a spokesman`) is a candidate too, so that two are two.
"""

from dataclasses import dataclass

from articles.importing.attribution.directory import Known
from articles.importing.attribution.mentions import Mention
from articles.importing.attribution.tokens import SENTENCE_END, Tokens
from articles.importing.attribution.vocabulary import Vocabulary

_REACH = 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom a pronoun may mean: the people, and the organisations and documents, one sentence names.

    Somebody named but not identified is None.
    """

    people: frozenset[Known | None] = frozenset()
    things: frozenset[Known | None] = frozenset()

    def only(self, pronoun: str, *, neuter: bool) -> Known | None:
        """The one candidate, if there is one and the pronoun fits."""
        kind = self.things if neuter else self.people
        known = next(iter(kind)) if len(kind) == 1 else None
        if known is None or neuter:
            return known
        return known if known.pronoun in (None, pronoun) else None


class SentenceCandidates:
    """The candidates of each sentence of a paragraph, in which those of `before` stand for the sentence before it."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], vocabulary: Vocabulary, before: Candidates):
        self._starting = {mention.first: mention for mention in mentions}
        # The start of each token's sentence; and by such a start the candidates of the sentence before.
        self.sentence_starts: list[int] = []
        self._before = {0: before}
        self.last = before
        waiting = iter([*mentions, None])
        mention = next(waiting)
        start = 0
        for at, word in enumerate([*tokens.words, SENTENCE_END]):
            self.sentence_starts.append(start)
            if word != SENTENCE_END:
                continue
            named: list[Mention] = []
            while mention is not None and mention.first < at:
                named.append(mention)
                mention = next(waiting)
            self.last = _candidates(named)
            if not self.last.people and not vocabulary.pronouns.isdisjoint(tokens.lower[start:at]):
                self.last = Candidates(self._before[start].people, self.last.things)
            start = at + 1
            self._before[start] = self.last

    def of_sentence_before(self, at: int) -> Candidates:
        """Those of the sentence before that of token `at`."""
        return self._before[self.sentence_starts[at]]

    def meant_by(self, at: int, pronoun: str, *, neuter: bool) -> Known | None:
        """Whom the pronoun at token `at` means."""
        reach = range(max(self.sentence_starts[at], at - _REACH), at)
        here = _candidates([self._starting[place] for place in reach if place in self._starting])
        named = here if (here.things if neuter else here.people) else self.of_sentence_before(at)
        return named.only(pronoun, neuter=neuter)


def _candidates(mentions: list[Mention]) -> Candidates:
    people = frozenset(mention.known for mention in mentions if mention.kind == "person")
    return Candidates(people, frozenset(mention.known for mention in mentions if mention.kind != "person"))
