"""Says whose name a run of capitalised words is."""

from dataclasses import dataclass

from articles.importing.attribution.directory import Directory, Known
from articles.importing.attribution.tokens import Tokens
from articles.importing.attribution.vocabulary import Vocabulary

_ROMAN = frozenset("IVXLC")

# First token of the mention, its kind, whom it names, and its form as in `Mention`.
Reading = tuple[int, str, Known | None, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `first` to `last` (exclusive), all but connecting words with a capital.

    `opens` says that a sentence begins with it, `title` where a title in small letters before it begins.
    """

    text: str
    tokens: Tokens
    first: int
    last: int
    opens: bool
    title: int | None
    possessive: bool

    def slice(self, first: int, last: int) -> str:
        return self.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]


def is_name_word(word: str, lower: str, vocabulary: Vocabulary) -> bool:
    """Whether a token may be part of a name."""
    return (
        word[0].isupper()
        and lower not in vocabulary.plain
        and lower.removesuffix("'s") not in vocabulary.plain
    )


def classify(run: Run, directory: Directory) -> Reading | None:
    """Return what the run names, entering new people and organisations; None when it names nobody."""
    vocabulary, lower = directory.vocabulary, run.tokens.lower
    head = next(
        (at for at in range(run.last - 1, run.first - 1, -1) if lower[at] in vocabulary.role_heads), None
    )
    name_first = run.first if head is None else head + 1
    if run.title is not None or head is not None:
        name_first = _skip_countries(run, name_first, vocabulary)
    if name_first >= run.last:
        return _title_alone(run, directory)
    name_first, pronoun, honoured = _skip_honorific(run, name_first, vocabulary)
    if name_first >= run.last:
        return None
    start = run.title if run.title is not None else run.first
    if head is not None or run.title is not None:
        role = run.slice(start, name_first - honoured) if name_first - honoured > start else None
        return _titled(run, start, name_first, role, pronoun, directory)
    return _untitled(run, name_first, pronoun, bool(honoured), directory)


def _skip_countries(run: Run, first: int, vocabulary: Vocabulary) -> int:
    """`premier Wielkiej Brytanii Keir Starmer`: the country after a title belongs to the title."""
    lower = run.tokens.lower
    while first < run.last - 1:
        word = run.tokens.words[first]
        belongs = lower[first] in vocabulary.places or lower[first] in vocabulary.role_followers
        belongs = (
            belongs or lower[first] in vocabulary.demonyms or lower[first] in vocabulary.organisation_heads
        )
        if not (belongs or _is_acronym(word)):
            break
        first += 1
    return first


def _skip_honorific(run: Run, first: int, vocabulary: Vocabulary) -> tuple[int, str | None, int]:
    honorific = run.tokens.lower[first]
    if honorific not in vocabulary.honorifics:
        return first, None, 0
    return first + 1, vocabulary.honorifics[honorific], 1


def _title_alone(run: Run, directory: Directory) -> Reading:
    phrase = run.slice(run.first if run.title is None else run.title, run.last)
    known = None if run.possessive else directory.by_role(phrase)
    return run.first if run.title is None else run.title, "person", known, "subject"


def _titled(
    run: Run, start: int, name_first: int, role: str | None, pronoun: str | None, directory: Directory
) -> Reading:
    """A name with a title before it: a person for sure."""
    name = _bare(run.slice(name_first, run.last))
    words = name.split()
    if len(words) == 1:
        namesakes = directory.namesakes(words[0])
        if namesakes:
            known = _only(namesakes)
            if known:
                known = directory.introduce(known.name, role=role, pronoun=pronoun)
            return start, "person", known, "subject"
        inflected = directory.inflected(words) if directory.vocabulary.inflects else None
        if inflected:
            return start, "person", inflected, "case"
    return start, "person", directory.introduce(name, role=role, pronoun=pronoun), "subject"


def _untitled(
    run: Run, name_first: int, pronoun: str | None, honoured: bool, directory: Directory
) -> Reading | None:
    vocabulary = directory.vocabulary
    lower = [_bare(word) for word in run.tokens.lower[name_first : run.last]]
    name = _bare(run.slice(name_first, run.last))
    if lower[-1] in vocabulary.documents:
        return name_first, "document", _document(name, lower, vocabulary), "subject"
    organisation = _organisation(name, lower, directory)
    if organisation is not None and not honoured:
        return (name_first, *organisation)
    if any(word in vocabulary.demonyms or word in vocabulary.places for word in lower):
        return None
    if len(lower) == 1:
        return _single(run, name_first, name, pronoun, honoured, directory)
    return _full_name(run, name_first, name, pronoun, honoured, directory)


def _organisation(name: str, lower: list[str], directory: Directory) -> tuple[str, Known | None, str] | None:
    vocabulary = directory.vocabulary
    whole = " ".join(lower)
    if whole in vocabulary.places or whole in vocabulary.organisations:
        return "organisation", Known(name, "organisation"), "subject"
    head = next((word for word in lower if word in vocabulary.organisation_heads), None)
    if head is None:
        words = name.split()
        acronym = any(map(_is_acronym, words))
        return ("organisation", Known(name, "organisation"), "subject") if acronym else None
    if len(lower) == 1:
        return "organisation", directory.by_head(head), "subject"
    return "organisation", directory.enter_organisation(name, head), "subject"


def _document(name: str, lower: list[str], vocabulary: Vocabulary) -> Known:
    unnamed = all(word in vocabulary.demonyms or word in vocabulary.document_modifiers for word in lower[:-1])
    if lower[-1] in vocabulary.story_documents and unnamed:
        return Known(vocabulary.story_document_name, "document")
    return Known(name, "document")


def _single(
    run: Run, first: int, name: str, pronoun: str | None, honoured: bool, directory: Directory
) -> Reading | None:
    """One word: a surname given earlier, or one that is new."""
    vocabulary, lower = directory.vocabulary, name.lower()
    namesakes = directory.namesakes(name)
    if namesakes:
        return run.first, "person", _only(namesakes), "subject"
    if lower in vocabulary.groups:
        return None
    if vocabulary.inflects:
        known = directory.inflected([name])
        if known:
            return run.first, "person", known, "case"
    if honoured:
        return run.first, "person", directory.introduce(name, pronoun=pronoun), "subject"
    # A plural that begins a sentence (`Negotiators said`) has a capital for that reason alone.
    doubtful = run.opens and lower.endswith("s") and not vocabulary.inflects
    return first, "person", None if doubtful else Known(name, "person"), "subject"


def _full_name(
    run: Run, first: int, name: str, pronoun: str | None, honoured: bool, directory: Directory
) -> Reading | None:
    vocabulary, words = directory.vocabulary, name.split()
    known = directory.by_name(words)
    if known is None and vocabulary.inflects:
        inflected = directory.inflected(words)
        if inflected:
            return run.first, "person", inflected, "case"
        oblique = first and run.tokens.lower[first - 1] in vocabulary.oblique_titles
        if oblique or not _is_plain_nominative(words):
            return first, "person", None, "case"
    if known is None and run.opens and not honoured:
        # The first word may have its capital from the sentence: `Visiting Warsaw`, `Did Tusk`.
        if words[0].lower().endswith(("ing", "ly")) or words[0].lower() in vocabulary.groups:
            return None
        if directory.namesakes(words[-1]):
            return first, "person", None, "subject"
    return run.first, "person", directory.introduce(name, pronoun=pronoun), "subject"


def _is_plain_nominative(words: list[str]) -> bool:
    """Whether a Polish name that is new is in the nominative beyond doubt."""
    forename, surname = words[0].lower(), words[-1].lower()
    if surname.endswith(("ego", "emu", "owi", "iem", "skim", "ckim", "skiej", "ckiej", "ą", "ę")):
        return False
    if forename.endswith("a"):
        # `Nowińska` but not `Tuska`, which is Tusk in another case.
        feminine = surname.endswith("cka") or (surname.endswith("ska") and surname[-4:-3] not in "aeiouyąęó")
        return feminine or surname[-1] not in "aeiouyąęó"
    return forename[-1] not in "ąęeu" and not forename.endswith(("owi", "em")) and surname[-1] != "a"


def _only(namesakes: list[Known]) -> Known | None:
    return namesakes[0] if len(namesakes) == 1 else None


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not set(word) <= _ROMAN
