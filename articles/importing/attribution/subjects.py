"""Finds the subject of each verb of saying in a paragraph.

A subject is a name right before its verb (or before a parenthesis, an adverb, an auxiliary), a pronoun with one
candidate, or the subject of the clause before that carries on: `called it … and said`. Everything looked at is
within a fixed distance, so the time is linear.
"""

from dataclasses import dataclass

from articles.importing.attribution.candidates import Candidates, SentenceCandidates
from articles.importing.attribution.directory import Known
from articles.importing.attribution.mentions import Mention
from articles.importing.attribution.tokens import QUOTED, Tokens
from articles.importing.attribution.vocabulary import Vocabulary

_REACH = 12
_LONGEST_PARENTHESIS = 25
_LONGEST_CARRY = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is the subject, and the token with which the attribution begins."""

    known: Known
    first: int


class Subjects:
    """The verbs of saying of one paragraph, in order, each with its subject or None."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], vocabulary: Vocabulary, before: Candidates):
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.mentions = mentions
        self.starting = {mention.first: mention for mention in mentions}
        self.ending = {mention.last: mention for mention in mentions}
        self.candidates = SentenceCandidates(tokens, mentions, vocabulary, before)
        self.sentence = self.candidates.sentence_starts.__getitem__
        self.verbs: list[int] = []
        self.found: dict[int, Subject | None] = {}
        self._find_verbs()

    def _find_verbs(self) -> None:
        vocabulary, lower = self.vocabulary, self.tokens.lower
        inside = {at for mention in self.mentions for at in range(mention.first, mention.last)}
        for at, word in enumerate(lower):
            if at in inside or not self._is_verb(at, word):
                continue
            subject = self._subject(at, word)
            doubtful = word in vocabulary.also_nouns or word in vocabulary.document_verbs
            if subject and subject.known.kind == "person" and word in vocabulary.document_verbs:
                continue
            if subject is None and (doubtful or self._is_introduction(at)):
                continue
            self.verbs.append(at)
            self.found[at] = subject

    def _is_verb(self, at: int, word: str) -> bool:
        vocabulary = self.vocabulary
        if word in vocabulary.with_next:
            return self.tokens.lower[at + 1 : at + 2] != [] and (
                self.tokens.lower[at + 1] in vocabulary.with_next[word]
            )
        known = word in vocabulary.verbs or word in vocabulary.participles or word in vocabulary.bare_verbs
        return known or word in vocabulary.according

    def _is_introduction(self, at: int) -> bool:
        """`Asked about the treaty, …`: a participle before the subject of the sentence."""
        if at != self.sentence(at) or self.vocabulary.inflects:
            return False
        following = self.tokens.lower[at + 1 : at + 2]
        return at + 1 not in self.starting and not self.vocabulary.pronouns.issuperset(following)

    def _subject(self, verb: int, word: str) -> Subject | None:
        vocabulary = self.vocabulary
        if word in vocabulary.according:
            return self._after_according(verb)
        at, active = self._before_verb(verb, word)
        if not active:
            return None
        found = self._left(verb, at, word) if at >= self.sentence(verb) else None
        if found or not vocabulary.inflects:
            return found
        return self._right(verb) or self._dropped(verb, at)

    def _after_according(self, verb: int) -> Subject | None:
        lower = self.tokens.lower
        first = verb + 2 if lower[verb + 1 : verb + 2] == ["to"] else verb + 1
        mention = self.starting.get(first)
        if (
            mention is None
            or mention.known is None
            or mention.form == "possessive"
            or self._is_joint(mention)
        ):
            return None
        return Subject(mention.known, verb)

    def _before_verb(self, verb: int, word: str) -> tuple[int, bool]:
        """The token before the verb and its adverbs and auxiliaries; False if it is denied, passive or modal."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        participle, bare = word in vocabulary.participles, word in vocabulary.bare_verbs
        at, will, progressive = verb - 1, False, False
        while at >= 0 and verb - at < _REACH and at + 1 not in self.ending:
            token = lower[at]
            if token in vocabulary.denials or token.endswith("n't") or token in vocabulary.modals:
                return at, False
            if token in vocabulary.passives:
                if not participle:
                    return at, False
                progressive = True
            elif token in vocabulary.futures:
                will = True
            elif token not in vocabulary.between and not (token.endswith("ly") and len(token) > 4):
                break
            at -= 1
        if (bare and not will) or (will and not bare and not progressive):
            return at, False
        return at, True

    def _left(self, verb: int, at: int, word: str) -> Subject | None:
        vocabulary, lower = self.vocabulary, self.tokens.lower
        mention, before = self.ending.get(at + 1), lower[at]
        if mention:
            return self._named(mention)
        if before in vocabulary.pronouns or before in vocabulary.neuter_pronouns:
            return self._pronoun(at, before)
        if before in vocabulary.relatives:
            antecedent = self.ending.get(at - 1 if lower[at - 1 : at] == [","] else at)
            return self._named(antecedent) if antecedent else None
        if before in vocabulary.conjunctions or (before == "," and word in vocabulary.participles):
            return self._carried(verb)
        if before == ",":
            return self._before_parenthesis(at) or (
                self._carried(verb) if at and lower[at - 1] == QUOTED else None
            )
        if before in vocabulary.document_parts:
            owner = self.ending.get(at)
            if owner and owner.kind == "document" and owner.known and owner.form == "possessive":
                return Subject(owner.known, owner.first)
        return None

    def _named(self, mention: Mention) -> Subject | None:
        """The subject a mention is, unless what stands before it says that it is none."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        if mention.known is None or mention.form != "subject":
            return None
        before = mention.first - 1
        if before < self.sentence(mention.first):
            return Subject(mention.known, mention.first)
        if lower[before] in vocabulary.before_objects:
            return self._part_of_document(mention, before)
        if lower[before] in vocabulary.conjunctions and self._joins_names(before):
            return None
        return Subject(mention.known, mention.first)

    def _part_of_document(self, mention: Mention, before: int) -> Subject | None:
        """`Article 4 of the treaty states`: the treaty speaks."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        part = before - 1
        if part >= 0 and lower[part][0].isdigit():
            part -= 1
        if mention.kind != "document" or part < 0 or lower[part] not in vocabulary.document_parts:
            return None
        return Subject(mention.known, part)

    def _joins_names(self, conjunction: int) -> bool:
        """Whether `and` stands between two names (`Starmer and Tusk`) and not between two clauses."""
        if conjunction in self.ending:
            return True
        before = self.ending.get(conjunction - 1)
        if before is None or self.tokens.words[conjunction - 1] != ",":
            return False
        return not (before.first and before.first - 1 in self.found)

    def _is_joint(self, mention: Mention) -> bool:
        lower = self.tokens.lower
        joined = lower[mention.last : mention.last + 1]
        return (
            bool(joined) and joined[0] in self.vocabulary.conjunctions and mention.last + 1 in self.starting
        )

    def _pronoun(self, at: int, word: str) -> Subject | None:
        neuter = word in self.vocabulary.neuter_pronouns
        known = self.candidates.meant_by(at, word, neuter=neuter)
        return Subject(known, at) if known else None

    def _carried(self, verb: int) -> Subject | None:
        """The subject of the clause before, if nobody else came in between."""
        start = max(self.sentence(verb), verb - _LONGEST_CARRY)
        before = self.verbs[-1] if self.verbs and self.verbs[-1] >= start else None
        known = self.found[before].known if before is not None and self.found[before] else None
        if before is not None and known is None:
            return None
        told = before is not None and self.tokens.lower[before] in self.vocabulary.telling
        things: list[Mention] = []
        for at in range(start if before is None else before + 1, verb):
            mention = self.starting.get(at)
            if mention is None or mention.known == known:
                continue
            if told and at == before + 1:
                continue
            things.append(mention)
        if known:
            return Subject(known, verb) if all(mention.kind == "document" for mention in things) else None
        who = [mention for mention in things if mention.kind != "document"] or things
        if len({mention.known for mention in who}) != 1:
            return None
        subject = self._named(who[0])
        return Subject(subject.known, verb) if subject else None

    def _before_parenthesis(self, comma: int) -> Subject | None:
        """`Donald Tusk, the Polish prime minister, said`; and `Poland's prime minister, Donald Tusk, said`."""
        vocabulary, tokens = self.vocabulary, self.tokens
        at = comma - 1
        while at > self.sentence(comma) and comma - at < _LONGEST_PARENTHESIS:
            if tokens.words[at] == ",":
                break
            if tokens.words[at] == QUOTED:
                return None
            at -= 1
        if tokens.words[at] != "," or comma - at < 2:
            return None
        inner = self.starting.get(at + 1)
        if inner and inner.last == comma and tokens.lower[at - 1] in vocabulary.role_heads:
            return self._named(inner)
        mention = self.ending.get(at)
        first = tokens.lower[at + 1]
        may_begin = first in vocabulary.parenthesis or first.endswith(("ing", "'s"))
        may_begin = may_begin or first in vocabulary.role_heads or first in vocabulary.role_modifiers
        return self._named(mention) if mention and may_begin else None

    def _right(self, verb: int) -> Subject | None:
        """A subject after its verb, as Polish has it."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        at = verb + 1
        while at < len(lower) and at - verb < 4 and lower[at] in vocabulary.between:
            at += 1
        mention = self.starting.get(at)
        if (
            mention is None
            or mention.kind == "document"
            or mention.form != "subject"
            or self._is_joint(mention)
        ):
            return None
        if mention.known is None or not self._agrees(lower[verb], mention.known):
            return None
        return Subject(mention.known, verb)

    def _dropped(self, verb: int, before: int) -> Subject | None:
        """A Polish verb without any subject: as if with a pronoun."""
        lower = self.tokens.lower
        if before >= self.sentence(verb):
            return None
        if verb + 1 < len(lower) and self.starting.get(verb + 1):
            return None
        pronoun = "ona" if lower[verb].endswith("ła") else "on"
        known = self.candidates.of_sentence_before(verb).only(pronoun, neuter=False)
        return Subject(known, verb) if known and self._agrees(lower[verb], known) else None

    def _agrees(self, verb: str, known: Known) -> bool:
        """Whether a Polish verb in the past may have this person as subject."""
        if known.kind != "person" or not verb.endswith(("ł", "ła")):
            return True
        feminine = known.words[0].endswith("a")
        return feminine == verb.endswith("ła") and not known.words[-1].endswith(("owi", "emu"))

    def inverted(self, verb: int) -> Subject | None:
        """The subject after the verb of an attribution that follows a quotation: `"…", said Tusk`."""
        vocabulary, lower = self.vocabulary, self.tokens.lower
        if lower[verb] in vocabulary.telling or lower[verb] in vocabulary.participles:
            return None
        mention = self.starting.get(verb + 1)
        if mention:
            if mention.known is None or mention.form != "subject" or self._is_joint(mention):
                return None
            return Subject(mention.known, verb)
        following = lower[verb + 1 : verb + 2]
        if following and following[0] in vocabulary.pronouns:
            found = self._pronoun(verb + 1, following[0])
            return Subject(found.known, verb) if found else None
        return None
