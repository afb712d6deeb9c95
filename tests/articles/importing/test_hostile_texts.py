"""Texts made to overflow: each is read, or refused, in a time that grows with its length alone.

A method that is quadratic in any of these would keep the run for minutes.
"""

from itertools import islice, product

import pytest

from articles.importing.proposal import propose, to_text
from articles.importing.reading import read_text
from newsroom.core.errors import DomainError

SIZE = 150_000
PATTERNS = [
    '"', "“", "'", "a' '", "[", "[1]", "a[1]", "a [1] b ", "[1,", "[1-199]a", "a [1]–", "1", "²", "a¹ ", "\\", "\\[1]",
    '"a" ', 'Tusk said "a" ', "said ", "he said ", 'and said "x y z q w" ', "Tusk ", "Donald Tusk said. ", "of ",
    "minister of ", "the treaty ", "A. ", "1. ", "Mr. ", ".", "!", ",", "a, ", "\u00ad", "Sources:\n1. a\n", "1. a\n",
    "*", "http://a", '"a" – powiedział Tusk – ',
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_of_one_pattern_is_read_or_refused(pattern, language):
    text = "Words [1]. " + pattern * (SIZE // len(pattern)) + ' said "a b c d e f" [1]'
    try:
        proposal = propose(read_text(text.encode()), language=language)
    except DomainError:
        return
    assert to_text(proposal)
    assert len(proposal.findings) < 3_000


def test_fifty_thousand_people_of_one_surname_are_nobody():
    letters = "abcdefghijklmnopqrst"
    names = (f"A{''.join(name)} Tusk" for name in islice(product(letters, repeat=4), 50_000))
    text = ", ".join(names) + ' came. Tusk said "we are one and we stay one" [1].'
    assert propose(text, language="en").quotes[0].speaker is None
