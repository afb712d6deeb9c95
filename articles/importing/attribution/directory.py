"""Who has been named so far in a text, so that a surname or a title alone can be understood.

Only what stood earlier counts. A surname two people share, or a title two people hold, is nobody's.
"""

from dataclasses import dataclass, field

from articles.importing.attribution.vocabulary import Vocabulary

# Nominative to the other cases of Polish names, as (ending cut off, endings put on). Only names that are known
# in the nominative are recognised by them; a nominative is never made up from another case.
_POLISH_CASES = (
    ("ski", ("skiego", "skiemu", "skim")),
    ("cki", ("ckiego", "ckiemu", "ckim")),
    ("ska", ("skiej", "ską")),
    ("cka", ("ckiej", "cką")),
    ("ek", ("ka", "kowi", "kiem", "ku")),
    ("y", ("ego", "emu", "ym")),
    ("a", ("y", "i", "ie", "ę", "ą")),
    ("", ("a", "owi", "em", "iem", "ie", "u")),
)

# Two are as many as any number: the surname alone is nobody's.
_MOST_NAMESAKES = 8


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something that can speak; `kind` is person, organisation or document.

    `role` is as first given, `pronoun` the one that fits, both None where nothing told. Who it is does not
    depend on them.
    """

    name: str
    kind: str
    role: str | None = field(default=None, compare=False)
    pronoun: str | None = field(default=None, compare=False)

    @property
    def words(self) -> list[str]:
        return self.name.lower().split()


class Directory:
    """The known speakers of one text, in the order they were named."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self._by_name: dict[tuple[str, str], Known] = {}
        self._by_surname: dict[str, list[tuple[str, str]]] = {}
        self._by_role: dict[str, set[tuple[str, str]]] = {}
        self._by_head: dict[str, set[str]] = {}

    def introduce(self, name: str, *, role: str | None = None, pronoun: str | None = None) -> Known:
        """Enter a person by name, or what is new about one who is known; return what is known now."""
        words = name.lower().split()
        key = (words[0], words[-1])
        known = self._by_name.get(key)
        if known is None:
            known = Known(name, "person", role, pronoun)
            namesakes = self._by_surname.setdefault(words[-1], [])
            if len(words) > 1:
                # The full name takes the place of the bare surname.
                namesakes[:] = [other for other in namesakes if other[0] != other[1]]
            if len(namesakes) < _MOST_NAMESAKES:
                namesakes.append(key)
        else:
            known = Known(known.name, "person", known.role or role, known.pronoun or pronoun)
        self._by_name[key] = known
        for form in self._role_forms(role):
            self._by_role.setdefault(form, set()).add(key)
        return known

    def by_name(self, words: list[str]) -> Known | None:
        """The person of this first and last name."""
        return self._by_name.get((words[0].lower(), words[-1].lower()))

    def namesakes(self, surname: str) -> list[Known]:
        """Everybody of this surname."""
        return [self._by_name[key] for key in self._by_surname.get(surname.lower(), ())]

    def by_role(self, phrase: str) -> Known | None:
        """The only person whose role, with or without the country before it, is `phrase`."""
        keys = self._by_role.get(phrase.lower(), ())
        return self._by_name[next(iter(keys))] if len(keys) == 1 else None

    def enter_organisation(self, name: str, head: str) -> Known:
        """Enter an organisation; `head` is its noun, by which it may be called later."""
        self._by_head.setdefault(head, set()).add(name)
        return Known(name, "organisation")

    def by_head(self, head: str) -> Known | None:
        """The only organisation of this kind."""
        names = self._by_head.get(head, ())
        return Known(next(iter(names)), "organisation") if len(names) == 1 else None

    def inflected(self, words: list[str]) -> Known | None:
        """The only known person of whose name `words` are another case."""
        found = {
            known
            for nominative in _nominatives(words[-1].lower())
            for known in self.namesakes(nominative)
            if len(words) == 1 or _is_case_of(words[0].lower(), known.words[0])
        }
        return found.pop() if len(found) == 1 else None

    def _role_forms(self, role: str | None) -> set[str]:
        if not role:
            return set()
        words = role.lower().split()
        core = list(words)
        while len(core) > 1 and self._is_country(core[0]):
            core.pop(0)
        return {" ".join(words), " ".join(core)}

    def _is_country(self, word: str) -> bool:
        bare = word.replace("’s", "").replace("'s", "")
        return bare in self.vocabulary.places or bare in self.vocabulary.demonyms


def _nominatives(word: str) -> set[str]:
    """The nominatives of which `word` may be another case."""
    return {
        word[: len(word) - len(ending)] + cut
        for cut, endings in _POLISH_CASES
        for ending in endings
        if word.endswith(ending) and len(word) > len(ending) + 1
    }


def _is_case_of(word: str, nominative: str) -> bool:
    return nominative in _nominatives(word)
