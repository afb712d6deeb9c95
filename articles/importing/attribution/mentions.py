"""Finds who is named in a paragraph: people with their titles, organisations, documents.

A mention that cannot be identified is kept without a name: it still counts where there has to be exactly one
candidate.
"""

from dataclasses import dataclass, replace

from articles.importing.attribution.directory import Directory, Known
from articles.importing.attribution.names import Run, classify, is_name_word
from articles.importing.attribution.tokens import SENTENCE_END, Tokens
from articles.importing.attribution.vocabulary import Vocabulary

# A name of more words than this is none, nor is a title.
_LONGEST_RUN = 10
_LONGEST_TITLE = 6
_LONGEST_APPOSITION = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name `known`; None where they name somebody who is not identified.

    `kind` is person, organisation or document. `form` is "subject", "possessive" (`Tusk's`) or "case" (any but the
    nominative).
    """

    first: int
    last: int
    kind: str
    known: Known | None = None
    form: str = "subject"


def find_mentions(text: str, tokens: Tokens, directory: Directory) -> list[Mention]:
    """Return the mentions of a paragraph in order, and enter whom they introduce in `directory`."""
    return _Search(text, tokens, directory).run()


class _Search:
    def __init__(self, text: str, tokens: Tokens, directory: Directory):
        self.text = text
        self.tokens = tokens
        self.directory = directory
        self.vocabulary: Vocabulary = directory.vocabulary
        self.found: list[Mention] = []
        # Of the noun that is being read.
        self.form = "subject"

    def run(self) -> list[Mention]:
        words, lower = self.tokens.words, self.tokens.lower
        vocabulary = self.vocabulary
        at, count = 0, len(words)
        while at < count:
            noun = lower[at].removesuffix("'s")
            self.form = "subject" if noun == lower[at] else "possessive"
            if is_name_word(words[at], lower[at], vocabulary):
                at = self._names(at)
            elif noun in vocabulary.role_heads:
                at = self._title(at)
            elif noun in vocabulary.documents:
                at = self._document(at, noun)
            elif noun in vocabulary.organisation_heads:
                at = self._organisation(at, noun)
            else:
                if noun in vocabulary.unnamed_people:
                    self._add(Mention(at, at + 1, "person"))
                at += 1
        return self.found

    def _names(self, first: int) -> int:
        """Read a run of capitalised words."""
        last, possessive = self._run_end(first)
        title = self._title_before(first, last)
        opens = first == 0 or self.tokens.words[first - 1] == SENTENCE_END
        run = Run(self.text, self.tokens, first, last, opens=opens, title=title, possessive=possessive)
        reading = classify(run, self.directory)
        if reading is None:
            return last
        start, kind, known, form = reading
        if start < first:
            while self.found and self.found[-1].last > start:
                self.found.pop()
        form = "possessive" if possessive else form
        if known and known.kind == "person" and not known.role and form == "subject":
            known = self._with_apposition(known, start, last)
        self._add(Mention(start, last, kind, known, form))
        return last

    def _run_end(self, first: int) -> tuple[int, bool]:
        """Where the run ends, and whether in a possessive."""
        words, lower, vocabulary = self.tokens.words, self.tokens.lower, self.vocabulary
        at = first
        while at < len(words) and at - first < _LONGEST_RUN:
            if is_name_word(words[at], lower[at], vocabulary):
                at += 1
                if lower[at - 1].endswith("'s"):
                    return at, True
                continue
            ahead = at
            while ahead - at < 3 and ahead < len(words) and lower[ahead] in vocabulary.particles:
                ahead += 1
            joins = ahead > at or (lower[at] in ("of", "for") and self._is_office(at))
            ahead = ahead if ahead > at else at + 1
            if not (joins and ahead < len(words) and is_name_word(words[ahead], lower[ahead], vocabulary)):
                break
            at = ahead
        return at, False

    def _is_office(self, of: int) -> bool:
        """Whether what stands before `of` is a ministry and the like, so that its name goes on."""
        return self.tokens.lower[of - 1] in self.vocabulary.organisation_heads

    def _title_before(self, first: int, last: int) -> int | None:
        """The token with which a title in small letters before a name begins: `Polish prime minister …`."""
        lower, vocabulary = self.tokens.lower, self.vocabulary
        at = first - 1
        while at >= 0 and first - at < _LONGEST_TITLE and lower[at] in vocabulary.role_followers:
            at -= 1
        if at < 0 or lower[at] not in vocabulary.role_heads:
            return None
        # `spokesman for Tusk` is not Tusk; `secretary of State Marco Rubio` is Rubio.
        if lower[first - 1] in vocabulary.of and not (
            last - first > 1 and lower[first] in vocabulary.role_followers
        ):
            return None
        return self._title_start(at)

    def _title_start(self, head: int) -> int:
        lower, vocabulary = self.tokens.lower, self.vocabulary
        at = head
        while at and head - at < _LONGEST_TITLE:
            before = lower[at - 1].removesuffix("'s")
            known = before in vocabulary.role_modifiers or before in vocabulary.role_heads
            if not (known or before in vocabulary.demonyms or before in vocabulary.places):
                break
            at -= 1
        return at

    def _title(self, head: int) -> int:
        """A title in small letters: part of the name that follows, or somebody without a name."""
        tokens, vocabulary = self.tokens, self.vocabulary
        after = head + 1
        while after < len(tokens.words) and after - head < _LONGEST_TITLE:
            if tokens.lower[after] not in vocabulary.role_followers:
                break
            after += 1
        if after < len(tokens.words):
            if tokens.lower[after] in vocabulary.role_heads and tokens.words[after].islower():
                return after
            if is_name_word(tokens.words[after], tokens.lower[after], vocabulary):
                return after
        start = self._title_start(head)
        while self.found and self.found[-1].last > start:
            self.found.pop()
        phrase = self.text[tokens.starts[start] : tokens.ends[head]]
        self._add(Mention(start, head + 1, "person", self.directory.by_role(phrase), self.form))
        return head + 1

    def _document(self, at: int, noun: str) -> int:
        tokens, vocabulary = self.tokens, self.vocabulary
        start = at
        while start and at - start < 5 and self._describes(start - 1):
            start -= 1
        definite = start and tokens.lower[start - 1] in vocabulary.definite
        known = None
        if definite or not vocabulary.definite:
            start -= 1 if definite else 0
            phrase = self.text[tokens.starts[start] : tokens.starts[at] + len(noun)]
            story = noun in vocabulary.story_documents
            known = Known(vocabulary.story_document_name if story else phrase.lower(), "document")
        self._add(Mention(start, at + 1, "document", known, self.form))
        return at + 1

    def _describes(self, at: int) -> bool:
        """Whether a token may stand between `the` and the noun: `the new UK-Polish defence treaty`."""
        word, lower = self.tokens.words[at], self.tokens.lower[at]
        return lower in self.vocabulary.document_modifiers or (
            ("-" in word or "–" in word) and word[0].isalpha()
        )

    def _organisation(self, head: int, noun: str) -> int:
        tokens, vocabulary = self.tokens, self.vocabulary
        start, named = head, False
        while start and head - start < 5:
            before = tokens.lower[start - 1]
            country = before.removesuffix("'s")
            if country in vocabulary.demonyms or country in vocabulary.places:
                named = True
            elif before not in vocabulary.organisation_modifiers:
                break
            start -= 1
        while self.found and self.found[-1].last > start:
            self.found.pop()
        owned = start and tokens.lower[start - 1].endswith("'s")
        if named:
            name = self.text[tokens.starts[start] : tokens.starts[head] + len(noun)]
            known = self.directory.enter_organisation(name, noun)
        else:
            known = None if owned else self.directory.by_head(noun)
        self._add(Mention(start, head + 1, "organisation", known, self.form))
        return head + 1

    def _with_apposition(self, known: Known, start: int, last: int) -> Known:
        """Read the role in `Donald Tusk, the Polish prime minister,` and in `Poland's prime minister, Donald Tusk,`."""
        tokens, vocabulary = self.tokens, self.vocabulary
        end = last + 1
        while end < len(tokens.words) and end - last <= _LONGEST_APPOSITION:
            if not (tokens.words[end][0].isalpha() and tokens.lower[end] not in vocabulary.verbs):
                break
            end += 1
        after = tokens.words[last + 1 : end]
        if (
            after
            and tokens.words[last] == ","
            and tokens.words[end : end + 1] in ([","], [SENTENCE_END], ["."], [])
        ):
            first = last + 1 + (tokens.lower[last + 1] in vocabulary.articles)
            if any(word in vocabulary.role_heads for word in tokens.lower[first:end]):
                role = self.text[tokens.starts[first] : tokens.ends[end - 1]]
                return self.directory.introduce(known.name, role=role)
        if start > 1 and tokens.words[start - 1] == "," and tokens.lower[start - 2] in vocabulary.role_heads:
            first = self._title_start(start - 2)
            role = self.text[tokens.starts[first] : tokens.ends[start - 2]]
            return self.directory.introduce(known.name, role=role)
        return known

    def _add(self, mention: Mention) -> None:
        """Enter a mention, with the article before it."""
        if mention.first and self.tokens.lower[mention.first - 1] in self.vocabulary.determiners:
            mention = replace(mention, first=mention.first - 1)
        self.found.append(mention)
