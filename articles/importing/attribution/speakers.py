"""Says of each quotation in a text who speaks it, and whether anybody is said to.

Each quotation is looked at with the verb of saying that governs it: the last one before it in its sentence, or
one in an attribution after it. Where verb, subject or both are in doubt there is no speaker: a quote of a quote,
two people, a denial, the passive, a name in the possessive.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from articles.body.quotations import Quotation
from articles.importing.attribution.candidates import Candidates
from articles.importing.attribution.directory import Directory, Known
from articles.importing.attribution.english import ENGLISH
from articles.importing.attribution.mentions import find_mentions
from articles.importing.attribution.polish import POLISH
from articles.importing.attribution.subjects import Subject, Subjects
from articles.importing.attribution.tokens import QUOTED, SENTENCE_END, Tokens, cut

VOCABULARIES = {"en": ENGLISH, "pl": POLISH}

# How far an attribution may be from its quotation, in tokens.
_REACH_BACK = 60
_REACH_ON = 25
_LONGEST_INTERRUPTION = 14
_LONGEST_AFTERTHOUGHT = 12

_DASHES = frozenset("–—")
_STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text around one quotation says of it.

    `said`: a verb of saying governs it. `direct`: that verb or a colon stands right before it. `joins`: it goes
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


@dataclass(frozen=True, slots=True)
class _Saying:
    """A verb of saying as it governs a quotation: its token, its subject if known, the last token of it all."""

    verb: int
    subject: Subject | None
    last: int
    direct: bool = False
    after: bool = False


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
        self._sayings: list[_Saying | None] = []

    def verdicts(self) -> list[Verdict]:
        found: list[Verdict] = []
        for number, at in enumerate(self.tokens.quoted):
            before = self.tokens.quoted[number - 1] if number else None
            saying = self._saying(at, before)
            joins = before is not None and self._interrupted(before, at)
            if joins:
                saying = self._sayings[-1]
            elif saying is None and before is not None and self._goes_on(before, at):
                saying = self._sayings[-1]
            self._sayings.append(saying)
            found.append(self._verdict(at, saying, joins))
        return found

    def _verdict(self, at: int, saying: _Saying | None, joins: bool) -> Verdict:
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

    def _saying(self, at: int, before: int | None) -> _Saying | None:
        """The verb of saying that governs the quotation at token `at`, if one does."""
        governing = self._governing(at)
        if governing and governing.direct:
            return governing
        after = self._attribution_after(at)
        if not (governing and after):
            return governing or after or self._name_with_colon(at)
        # An attribution on both sides: only if both say the same.
        same = governing.subject and after.subject and governing.subject.known == after.subject.known
        return governing if same else _Saying(governing.verb, None, governing.last)

    def _governing(self, at: int) -> _Saying | None:
        """The last verb of saying before the quotation in its sentence, if nothing comes between."""
        verbs = self.subjects.verbs
        place = bisect_left(verbs, at) - 1
        if place < 0 or verbs[place] < max(self.subjects.sentence(at), at - _REACH_BACK):
            return None
        verb = verbs[place]
        between = self.tokens.lower[verb + 1 : at]
        quoted = [index for index, word in enumerate(between, verb + 1) if word == QUOTED]
        if self._has_boundary(verb + 1, at) or self._belongs_to_quotation_before(verb, quoted):
            return None
        subject = self.subjects.found[verb]
        if subject is None:
            subject = self._inverted_before(verb)
        if subject and self._is_reported(verb, subject):
            subject = None
        if quoted and self._names_somebody(quoted[-1] + 1, at):
            return None
        direct = all(word in self.vocabulary.introducing for word in between)
        return _Saying(verb, subject, verb, direct=direct)

    def _inverted_before(self, verb: int) -> Subject | None:
        """`Said Tusk: "…"`, at the start of a sentence."""
        return self.subjects.inverted(verb) if verb == self.subjects.sentence(verb) else None

    def _belongs_to_quotation_before(self, verb: int, quoted: list[int]) -> bool:
        """`"…", said Tusk, and "…"`: whether the verb is in an attribution that closes what came before."""
        number = bisect_left(self.tokens.quoted, verb)
        if not number or number > len(self._sayings):
            return False
        saying = self._sayings[number - 1]
        return bool(saying and saying.after and saying.verb == verb and not quoted)

    def _has_boundary(self, start: int, end: int) -> bool:
        """Whether a new clause with its own subject begins between two tokens."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        for at in range(start, end):
            if lower[at] in vocabulary.boundaries or lower[at] == SENTENCE_END or lower[at] in _STOPS:
                return True
            if lower[at] in vocabulary.conjunctions:
                mention = self.subjects.starting.get(at + 1)
                if (mention and mention.kind != "document") or lower[at + 1] in vocabulary.pronouns:
                    return True
        return False

    def _names_somebody(self, start: int, end: int) -> bool:
        mentions = (self.subjects.starting.get(at) for at in range(start, end))
        return any(mention and mention.kind == "person" for mention in mentions)

    def _is_reported(self, verb: int, subject: Subject) -> bool:
        """`Starmer said Tusk called it "…"`: a quote of a quote."""
        verbs = self.subjects.verbs
        place = bisect_left(verbs, min(subject.first, verb)) - 1
        if place < 0 or subject.first >= verb:
            return False
        before, sentence = verbs[place], self.subjects.sentence(verb)
        if before < sentence or QUOTED in self.tokens.lower[before:verb]:
            return False
        return not self._has_boundary(before + 1, subject.first + 1) and not self._has_boundary(
            subject.first - 1, subject.first + 1
        )

    def _attribution_after(self, at: int) -> _Saying | None:
        """`"…", said Tusk`, `"…", Tusk said on Monday`, `the pact is "…", according to Tusk`."""
        words = self.tokens.words
        first = at + 1
        crossing = words[first : first + 1] == [SENTENCE_END]
        verbs = self.subjects.verbs
        place = bisect_left(verbs, first)
        if place == len(verbs) or verbs[place] > first + _REACH_ON:
            return None
        verb = verbs[place]
        if {QUOTED, SENTENCE_END} & set(words[first + crossing : verb]):
            return None
        subject, last = self._subject_after(verb)
        start = subject.first if subject else self._phrase_start(verb)
        adjacent = self._is_adjacent(first + crossing, start)
        if not (adjacent or (words[start - 1 : start] == [","] and not crossing)):
            return None
        if crossing and not self._is_afterthought(first + 1, verb):
            return None
        if not self._closes(verb, last):
            return None
        return _Saying(verb, subject, last - 1, after=True)

    def _subject_after(self, verb: int) -> tuple[Subject | None, int]:
        """The subject of a verb after a quotation, and the token after verb and subject."""
        subject = self.subjects.found[verb]
        inverted = self.subjects.inverted(verb)
        mention = self.subjects.starting.get(verb + 1)
        last = mention.last if mention else verb + 1
        if inverted and (subject is None or subject.first == verb):
            return inverted, max(last, verb + 2)
        if self.tokens.lower[verb] in self.vocabulary.according:
            mention = self.subjects.starting.get(verb + 2) or mention
            last = mention.last if mention else verb + 2
        return subject, last

    def _phrase_start(self, verb: int) -> int:
        """Where an attribution begins whose subject is not known: after the last comma, dash or quotation."""
        words, start = self.tokens.words, verb
        while start and verb - start < _LONGEST_AFTERTHOUGHT:
            if words[start - 1] in _DASHES or words[start - 1] in (",", QUOTED, SENTENCE_END):
                break
            start -= 1
        return start

    def _is_adjacent(self, first: int, start: int) -> bool:
        words = self.tokens.words
        between = words[first:start]
        return len(between) <= 2 and all(
            word == "," or word in _DASHES or word.lower() in self.vocabulary.as_words for word in between
        )

    def _is_afterthought(self, first: int, verb: int) -> bool:
        """Whether the next sentence is an attribution and nothing else: `"…." Tusk said.`"""
        words = self.tokens.words
        if self.tokens.words[first].islower() and first == verb:
            return True
        end = first
        while end < len(words) and words[end] not in (SENTENCE_END, QUOTED):
            if end - first > _LONGEST_AFTERTHOUGHT:
                return False
            end += 1
        return end == len(words) or words[end] == SENTENCE_END

    def _closes(self, verb: int, last: int) -> bool:
        """Whether nothing that was said follows the attribution."""
        words, lower = self.tokens.words, self.tokens.lower
        if last >= len(words):
            return True
        if words[last] == QUOTED:
            return False
        if words[last] in (",", ";", SENTENCE_END, "(", ")") or words[last] in _STOPS | _DASHES:
            return True
        told = lower[verb] in self.vocabulary.telling
        return told or lower[last] in self.vocabulary.after_attribution or lower[last].endswith("ly")

    def _interrupted(self, before: int, at: int) -> bool:
        """Whether nothing but an attribution stands between two quotations: `"…", she went on, "…"`."""
        words = self.tokens.words
        saying = self._sayings[-1]
        if saying is None or not saying.after or not before < saying.verb < at:
            return False
        if at - before > _LONGEST_INTERRUPTION or SENTENCE_END in words[before:at]:
            return False
        return words[at - 1] == "," or words[at - 1] in _DASHES

    def _goes_on(self, before: int, at: int) -> bool:
        """A sentence that is all quotation, right after one that ends in an attribution, has the same speaker."""
        words, saying = self.tokens.words, self._sayings[-1]
        if saying is None or not saying.after or words[at - 1] != SENTENCE_END:
            return False
        if words[at + 1 : at + 2] not in ([], [SENTENCE_END], ["."]):
            return False
        return at - before <= _REACH_ON and words[before:at].count(SENTENCE_END) == 1

    def _name_with_colon(self, at: int) -> _Saying | None:
        """`Tusk: "…"`."""
        if self.tokens.words[at - 1 : at] != [":"]:
            return None
        mention = self.subjects.ending.get(at - 1)
        if not mention or mention.first != self.subjects.sentence(at) or mention.form != "subject":
            return None
        return _Saying(at - 1, Subject(mention.known, mention.first), at - 1, direct=True) if mention.known else None

    def _cue(self, at: int, saying: _Saying | None) -> str | None:
        """Whether the word before announces a title or a term."""
        before = self.tokens.lower[at - 1] if at else ""
        if before in self.vocabulary.term_cues:
            return "term"
        unsaid = saying is None or saying.subject is None
        if before in self.vocabulary.title_cues or (before in self.vocabulary.naming and unsaid):
            return "title"
        return None
