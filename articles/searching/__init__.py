"""Search what is published: one way for the page, the API and whoever comes after them.

``words_of`` reads what somebody typed, ``search`` finds, ``offers`` says what a misspelt word may have meant. It reads
the public side alone, and may import ``rendering`` and what lies below.
"""

from articles.searching.asking import LONGEST, Search, Where, Words, words_of
from articles.searching.finding import PLACE, Found, Hit, search
from articles.searching.offering import forget_searched, learn_words, offers
from articles.searching.showing import Marked, Sentence

__all__ = [
    "LONGEST",
    "PLACE",
    "Found",
    "Hit",
    "Marked",
    "Search",
    "Sentence",
    "Where",
    "Words",
    "forget_searched",
    "learn_words",
    "offers",
    "search",
    "words_of",
]
