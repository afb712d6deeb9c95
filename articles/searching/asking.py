"""Read what somebody typed into a search, and write it as the server's queries.

As search engines have taught everybody: words must all occur, "words in quotation marks" one behind the other,
``-word`` must not occur, ``or`` (``lub``) parts alternatives.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

LONGEST, MOST_TERMS = 200, 10
# From this length on a word that is no English one is taken for the beginning of one; its ending goes as far as so many
# letters are left.
BEGINNING = 4

_TERM = re.compile(r'(?P<excluded>-)?(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s"“”„]+))')
_WORD = re.compile(r"[^\W_]+")
_OR = frozenset({"or", "lub"})
# Endings of Polish words, without accents and longest first: umowa, umowy, umową; traktatu, traktatami.
_ENDING = re.compile(
    r"(?:iego|iemu|iach|iami|owie|ego|emu|ach|ami|owi|iej|ych|ich|om|em|ow|ej|ym|im|ie|ia|iu|[aeiouy])$"
)
_PLAIN = str.maketrans("łŁ", "lL")


class Where(StrEnum):
    """The kinds of hit that one can ask for, and where their words stand (weights of the index)."""

    ARTICLE = "article"
    CLAIM = "claim"
    QUOTE = "quote"

    @property
    def weights(self) -> str:
        return {"article": "AB", "claim": "D", "quote": "C"}[self]


@dataclass(frozen=True)
class Term:
    """One word, or several that follow each other; ``quoted`` if that is how they were asked for."""

    words: tuple[str, ...]
    excluded: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Words:
    """What is asked: ``alternatives``, of one of which every term must hold."""

    text: str
    alternatives: tuple[tuple[Term, ...], ...]

    @property
    def sought(self) -> list[Term]:
        """Every term that shall occur."""
        return [term for terms in self.alternatives for term in terms if not term.excluded]


@dataclass(frozen=True)
class Search:
    """``words`` (None: any), and what narrows them down: the article's language, where they stand, its days (the last
    one included), and ``about``, subjects by kind (treaty, party, speaker, publisher) as the index has them."""

    words: Words | None
    language: str = ""
    where: Where | None = None
    since: date | None = None
    until: date | None = None
    about: tuple[tuple[str, str], ...] = ()

    @property
    def asks_nothing(self) -> bool:
        return self.words is None and not self.about


def words_of(text: str, place: str) -> Words | None:
    """What ``text`` asks for; None if it is empty.

    Raises DomainError ``search_too_long``, ``search_too_many``, ``search_no_word``, ``search_only_excluded``, and
    ``text_unreadable``, at ``place``.
    """
    if len(text) > LONGEST:
        raise DomainError("search_too_long", "Search for at most %(most)s characters.", place, most=LONGEST)
    text = typed(unicodedata.normalize("NFC", text), place, limit=LONGEST, lines=False)
    if not text:
        return None
    alternatives = [tuple(terms) for terms in _alternatives(text) if terms]
    if not alternatives:
        raise DomainError("search_no_word", "There is no word in this to search for.", place)
    if sum(len(term.words) for terms in alternatives for term in terms) > MOST_TERMS:
        raise DomainError("search_too_many", "Search for at most %(most)s words.", place, most=MOST_TERMS)
    if any(all(term.excluded for term in terms) for terms in alternatives):
        raise DomainError("search_only_excluded", "Say also a word that shall occur.", place)
    return Words(text, tuple(alternatives))


def _alternatives(text: str) -> list[list[Term]]:
    alternatives: list[list[Term]] = [[]]
    for found in _TERM.finditer(text):
        if found["word"] and not found["excluded"] and found["word"].lower() in _OR:
            alternatives.append([])
        elif words := tuple(_WORD.findall(found["word"] or found["phrase"] or "")):
            quoted = found["phrase"] is not None
            alternatives[-1].append(Term(words, bool(found["excluded"]), quoted))
    return alternatives


def english_query(words: Words, *, weights: str = "") -> str:
    """For the configuration of English: each word by its stem."""
    return _any_of(words, lambda word, alone: f"'{word}'{weights and ':' + weights}")


def plain_query(words: Words, *, weights: str = "") -> str:
    """For every other language: a word that stands alone by its beginning, several in a row as they are."""

    def written(word: str, alone: bool) -> str:
        begins = alone and len(word) >= BEGINNING
        labels = ("*" if begins else "") + weights
        return f"'{_beginning(word) if begins else word}'{labels and ':' + labels}"

    return _any_of(words, written)


def loosely(words: Words) -> Words:
    """What finds all that ``words`` finds, and is answered by the index alone: each word somewhere, none excluded."""
    return Words(
        words.text,
        tuple(
            tuple(Term((word,)) for term in terms if not term.excluded for word in term.words)
            for terms in words.alternatives
        ),
    )


def singly(words: Words) -> Words:
    """What finds whatever has any of the terms that shall occur."""
    return Words(words.text, tuple((term,) for term in words.sought))


def _any_of(words: Words, written) -> str:
    """``words`` in the server's language. Words hold letters and figures only: nothing in them is an operator."""
    return " | ".join(
        f"({' & '.join(_one(term, written) for term in terms)})" for terms in words.alternatives
    )


def _one(term: Term, written) -> str:
    alone = len(term.words) == 1 and not term.quoted
    row = " <-> ".join(written(word, alone) for word in term.words)
    return f"{'!' if term.excluded else ''}({row})"


def _beginning(word: str) -> str:
    """``word`` without the ending that its case or number gives it."""
    plain = unicodedata.normalize("NFD", word.lower().translate(_PLAIN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if len(plain) != len(word) or not plain.isascii():
        return word
    stem = _ENDING.sub("", plain)
    return stem if len(stem) >= BEGINNING else plain
