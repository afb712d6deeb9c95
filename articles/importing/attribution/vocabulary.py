"""What attribution has to know of a language: its words, as sets in small letters."""

from dataclasses import dataclass

Words = frozenset[str]


def words(text: str) -> Words:
    """Return the words of a table; `_` stands for a space within one."""
    return frozenset(word.replace("_", " ") for word in text.split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language. Verbs are inflected forms; a noun is in the form a subject has."""

    # Verbs of saying with a subject of their own; those that only a document has; those that are nouns too, so
    # that they count only right after a subject; those that need the word after them (`put it`, `went on`).
    verbs: Words
    document_verbs: Words
    also_nouns: Words
    with_next: dict[str, Words]
    # `saying`, `mówiąc`: the subject is that of the clause. `say`: only after `will`.
    participles: Words
    bare_verbs: Words
    # Verbs after which a name is the one who is told.
    telling: Words
    # What may stand between a subject and its verb; adverbs in -ly besides.
    between: Words
    # What turns a verb of saying into its opposite, into the passive, or into something not yet said.
    denials: Words
    # Between subject and quotation: the words are another's, or there were none. Before `that he said`: it is denied.
    disclaimers: Words
    repudiations: Words
    passives: Words
    modals: Words
    futures: Words
    pronouns: Words
    neuter_pronouns: Words
    relatives: Words
    conjunctions: Words
    # A name after one of these is no subject; a clause begins with one of those.
    before_objects: Words
    boundaries: Words
    # How a parenthesis between a subject and its verb may begin.
    parenthesis: Words
    according: Words
    # Words written with a capital at the start of a sentence that are no names.
    plain: Words
    groups: Words
    # Titles: the heads (`minister`), what may stand before a head or between it and the name, honorifics (never
    # part of a role, with the pronoun that fits).
    role_heads: Words
    role_modifiers: Words
    role_followers: Words
    # Titles in another case than the nominative: the name that follows is no subject.
    oblique_titles: Words
    honorifics: dict[str, str | None]
    unnamed_people: Words
    particles: Words
    places: Words
    demonyms: Words
    organisations: Words
    organisation_heads: Words
    organisation_modifiers: Words
    # Nouns for documents; `story_documents` without a name of their own are the treaty the story is about.
    story_documents: Words
    documents: Words
    story_document_name: str
    document_modifiers: Words
    document_parts: Words
    definite: Words
    determiners: Words
    articles: Words
    of: Words
    # What may stand between the verb and a quotation it introduces directly; before an attribution that follows.
    introducing: Words
    as_words: Words
    # What may follow an attribution that closes a sentence: `…, Tusk said on Monday`.
    after_attribution: Words
    # `a programme called "…"`.
    naming: Words
    # A quotation after one of these is a title or a term.
    title_cues: Words
    term_cues: Words
    inflects: bool = False
