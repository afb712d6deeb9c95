"""Search as readers do, and tell what they are shown."""

from datetime import timedelta

from articles.searching import Search, search, words_of
from tests.making import NOW

LATER = NOW + timedelta(days=2)


def found(text: str, *, now=LATER, **narrowed):
    return search(Search(words_of(text, "q") if text else None, **narrowed), now=now, limit=10)


def slugs(text: str, **narrowed) -> list[str]:
    return [hit.card["slug"] for hit in found(text, **narrowed).hits]


def marked(pieces) -> list[str]:
    return [text for text, sought in pieces.pieces() if sought]
