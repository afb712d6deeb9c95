"""Says of each quotation in a text who speaks it, and whether anybody is said to.

Each quotation is looked at with the verb of saying that governs it: the last one before it in its sentence, or
one in an attribution after it. Where verb, subject or both are in doubt there is no speaker: a quote of a quote,
two people, a denial, the passive, a name in the possessive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.body.quotations import Quotation
from articles.importing.attribution.candidates import Candidates
from articles.importing.attribution.directory import Directory, Known
from articles.importing.attribution.english import ENGLISH
from articles.importing.attribution.mentions import find_mentions
from articles.importing.attribution.polish import POLISH
from articles.importing.attribution.sayings import Saying, Sayings
from articles.importing.attribution.subjects import Subjects
from articles.importing.attribution.tokens import DASHES, SENTENCE_END, Tokens, cut

VOCABULARIES = {"en": ENGLISH, "pl": POLISH}

# The longest attribution between two quotations, in tokens.
_LONGEST_BETWEEN = 14


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text around one quotation says of it.

    `said`: a verb of saying governs it. `direct`: that verb stands right before or after it. `joins`: it goes
    on with the quotation before, which an attribution interrupts. `start` and `end` are where the attribution
    stands in the paragraph (both None without one), `aside` how many words it has beside subject and verb.
    `cue` is "title" or "term" where the word before announces one.
    """

    speaker: Known | None = None
    said: bool = False
    direct: bool = False
    joins: bool = False
    start: int | None = None
    end: int | None = None
    aside: int = 0
    cue: str | None = None


class SpeakerFinder:
    """Reads a text paragraph by paragraph; whoever was named earlier is known later."""

    def __init__(self, language: str):
        self._vocabulary = VOCABULARIES[language]
        self._directory = Directory(self._vocabulary)
        self._before = Candidates()

    def read(
        self, text: str, sentences: Sequence[tuple[int, int]], quotations: Sequence[Quotation]
    ) -> list[Verdict]:
        """Return a verdict for each of the outermost `quotations` of the paragraph `text`."""
        tokens = cut(text, sentences, quotations)
        mentions = find_mentions(text, tokens, self._directory)
        subjects = Subjects(tokens, mentions, self._vocabulary, self._before)
        self._before = subjects.candidates.last
        return _Paragraph(tokens, subjects).verdicts() if quotations else []


class _Paragraph:
    def __init__(self, tokens: Tokens, subjects: Subjects):
        self.tokens = tokens
        self.subjects = subjects
        self.vocabulary = subjects.vocabulary

    def verdicts(self) -> list[Verdict]:
        found: list[Verdict] = []
        sayings = Sayings(self.subjects)
        before: int | None = None
        saying: Saying | None = None
        for at in self.tokens.quoted:
            previous, saying = saying, sayings.of(at, saying)
            joins = before is not None and self._interrupted(before, at, previous)
            if joins or (saying is None and before is not None and self._goes_on(before, at, previous)):
                saying = previous
            found.append(self._verdict(at, saying, joins))
            before = at
        return found

    def _verdict(self, at: int, saying: Saying | None, joins: bool) -> Verdict:
        cue = self._cue(at, saying)
        if saying is None or cue:
            return Verdict(cue=cue, joins=joins)
        subject, tokens = saying.subject, self.tokens
        first = min(subject.first, saying.verb) if subject else saying.verb
        mention = self.subjects.starting.get(first)
        aside = saying.verb - mention.last if mention and mention.last < saying.verb else 0
        return Verdict(
            speaker=subject.known if subject else None,
            said=True,
            direct=saying.direct,
            joins=joins,
            start=tokens.starts[first],
            end=tokens.ends[saying.last],
            aside=aside,
        )

    def _interrupted(self, before: int, at: int, saying: Saying | None) -> bool:
        """Whether nothing but an attribution stands between two quotations: `"…", she went on, "…"`."""
        words = self.tokens.words
        if saying is None or not saying.after or not before < saying.verb < at:
            return False
        if at - before > _LONGEST_BETWEEN or SENTENCE_END in words[before:at]:
            return False
        return words[at - 1] == "," or words[at - 1] in DASHES

    def _goes_on(self, before: int, at: int, saying: Saying | None) -> bool:
        """A sentence that is all quotation, right after one that ends in an attribution, has the same speaker."""
        words = self.tokens.words
        if saying is None or not saying.after or words[at - 1] != SENTENCE_END:
            return False
        if words[at + 1 : at + 2] not in ([], [SENTENCE_END], ["."]):
            return False
        return at - before <= _LONGEST_BETWEEN and words[before:at].count(SENTENCE_END) == 1

    def _cue(self, at: int, saying: Saying | None) -> str | None:
        """Whether the word before announces a title or a term."""
        last = at - 2 if self.tokens.words[at - 1 : at] == ["."] else at - 1
        before = self.tokens.lower[last] if last >= 0 else ""
        if before in self.vocabulary.term_cues:
            return "term"
        unsaid = saying is None or saying.subject is None
        if before in self.vocabulary.title_cues or (before in self.vocabulary.naming and unsaid):
            return "title"
        return None
