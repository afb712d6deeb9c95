"""Finds the verb of saying that governs a quotation: before it in its sentence, or in an attribution after it."""

from bisect import bisect_left
from dataclasses import dataclass

from articles.importing.attribution.subjects import Subject, Subjects
from articles.importing.attribution.tokens import DASHES, QUOTED, SENTENCE_END, STOPS

# How far an attribution may be from its quotation, in tokens.
_REACH_BACK = 60
_REACH_ON = 25
_LONGEST_AFTERTHOUGHT = 12


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying as it governs a quotation: its token, its subject if known, the last token of it all.

    `direct`: nothing stands between it and the quotation. `after`: it is in an attribution after it.
    """

    verb: int
    subject: Subject | None
    last: int
    direct: bool = False
    after: bool = False


class Sayings:
    """The verbs of saying of one paragraph, asked quotation by quotation."""

    def __init__(self, subjects: Subjects):
        self.tokens = subjects.tokens
        self.subjects = subjects
        self.vocabulary = subjects.vocabulary

    def of(self, at: int, previous: Saying | None) -> Saying | None:
        """The verb of saying that governs the quotation at token `at`, if one does.

        `previous` is that of the quotation before.
        """
        governing = self._governing(at, previous)
        if governing and governing.direct:
            return governing
        after = self._attribution_after(at)
        if not (governing and after):
            return governing or after or self._name_with_colon(at)
        # An attribution on both sides: only if both say the same.
        same = governing.subject and after.subject and governing.subject.known == after.subject.known
        return governing if same else Saying(governing.verb, None, governing.last)

    def _governing(self, at: int, previous: Saying | None) -> Saying | None:
        """The last verb of saying before the quotation in its sentence, if nothing comes between."""
        verbs = self.subjects.verbs
        place = bisect_left(verbs, at) - 1
        if place < 0 or verbs[place] < max(self.subjects.sentence(at), at - _REACH_BACK):
            return None
        verb = verbs[place]
        between = self.tokens.lower[verb + 1 : at]
        quoted = [index for index, word in enumerate(between, verb + 1) if word == QUOTED]
        # `"…", said Tusk, and "…"`: that verb is in an attribution that closes what came before.
        closed = previous and previous.after and previous.verb == verb and not quoted
        if closed or self._has_boundary(verb + 1, at):
            return None
        subject = self.subjects.found[verb]
        if subject is None:
            subject = self._inverted_before(verb)
        if subject and (self._is_reported(verb, subject) or self._is_disclaimed(subject, at)):
            subject = None
        if quoted and self._names_somebody(quoted[-1] + 1, at):
            return None
        direct = all(word in self.vocabulary.introducing for word in between)
        return Saying(verb, subject, verb, direct=direct)

    def _inverted_before(self, verb: int) -> Subject | None:
        """`Said Tusk: "…"`, at the start of a sentence."""
        return self.subjects.inverted(verb) if verb == self.subjects.sentence(verb) else None

    def _has_boundary(self, start: int, end: int) -> bool:
        """Whether a new clause with its own subject begins between two tokens."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        for at in range(start, end):
            if lower[at] in vocabulary.boundaries or lower[at] == SENTENCE_END or lower[at] in STOPS:
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
        """`Starmer said Tusk called it "…"`, a quote of a quote; and `denied that he said "…"`."""
        if subject.first >= verb:
            return False
        before = self._reporting(subject.first)
        if before is None or QUOTED in self.tokens.lower[before:verb]:
            return False
        return not self._has_boundary(before + 1, subject.first + 1) and not self._has_boundary(
            subject.first - 1, subject.first + 1
        )

    def _reporting(self, first: int) -> int | None:
        """The last token before `first` in its sentence that reports or denies what follows."""
        sentence = max(self.subjects.sentence(first), first - _REACH_BACK)
        verbs, lower = self.subjects.verbs, self.tokens.lower
        place = bisect_left(verbs, first) - 1
        verb = verbs[place] if place >= 0 and verbs[place] >= sentence else None
        for at in range(first - 1, sentence if verb is None else verb, -1):
            if lower[at] in self.vocabulary.repudiations and lower[first - 1] != ",":
                return at
        return verb

    def _is_disclaimed(self, subject: Subject, at: int) -> bool:
        """`Tusk, quoting Starmer, said "…"`; `Tusk said nothing about "…"`."""
        return not self.vocabulary.disclaimers.isdisjoint(self.tokens.lower[subject.first : at])

    def _attribution_after(self, at: int) -> Saying | None:
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
        return Saying(verb, subject, last - 1, direct=adjacent, after=True)

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
            if words[start - 1] in DASHES or words[start - 1] in (",", QUOTED, SENTENCE_END):
                break
            start -= 1
        return start

    def _is_adjacent(self, first: int, start: int) -> bool:
        words = self.tokens.words
        between = words[first:start]
        return len(between) <= 2 and all(
            word == "," or word in DASHES or word.lower() in self.vocabulary.as_words for word in between
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
        if words[last] in (",", ";", SENTENCE_END, "(", ")") or words[last] in STOPS | DASHES:
            return True
        told = lower[verb] in self.vocabulary.telling
        return told or lower[last] in self.vocabulary.after_attribution or lower[last].endswith("ly")

    def _name_with_colon(self, at: int) -> Saying | None:
        """`Tusk: "…"`."""
        if self.tokens.words[at - 1 : at] != [":"]:
            return None
        mention = self.subjects.ending.get(at - 1)
        if not mention or mention.first != self.subjects.sentence(at) or mention.form != "subject":
            return None
        return (
            Saying(at - 1, Subject(mention.known, mention.first), at - 1, direct=True)
            if mention.known
            else None
        )
