"""A group typed after a stop goes before it, unless the stop is an abbreviation's or a quotation's."""

import pytest

from articles.importing.proposal import propose, to_text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Word. [1] Next.[2]", "Word [1]. Next [2]."),
        ("Word.¹ Next!² Last?![3]", "Word [1]. Next [2]! Last [3]?!"),
        ("“Word”. [1] Next", "“Word” [1]. Next"),
        ("Word . [1] Next", "Word [1] . Next"),
        ("He said no. [1] Next", "He said no [1]. Next"),
        ("Plan B. [1] Next", "Plan B [1]. Next"),
        ("It was 5. [1] Next", "It was 5 [1]. Next"),
        ("Word, [1] next", "Word, [1] next"),
        ("The U.S. [1] agreed", "The U.S. [1] agreed"),
        ("Guns etc. [1] Next", "Guns etc. [1] Next"),
        ("Acme Inc. [1] Next", "Acme Inc. [1] Next"),
        ("See No. [1] 5", "See No. [1] 5"),
        ("Said J. [1] Smith", "Said J. [1] Smith"),
        ("He said “we go.” [1] Next", "He said “we go.” [1] Next"),
        ("He said “we go. [1] And on” then", "He said “we go. [1] And on” then"),
        ("So it ends... [1] Next… [2] Last", "So it ends... [1] Next… [2] Last"),
    ],
)
def test_an_english_group_stands_before_the_stop_of_its_sentence(text, canonical):
    assert to_text(propose(text, language="en")) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Podpisano w 2026 r. [1] Potem", "Podpisano w 2026 r. [1] Potem"),
        ("Podpisano 27. [1] maja", "Podpisano 27. [1] maja"),
        ("Umowy itd. [1] Potem", "Umowy itd. [1] Potem"),
        ("To m.in. [1] umowa", "To m.in. [1] umowa"),
        ("Podpisano umowę. [1] Potem", "Podpisano umowę [1]. Potem"),
    ],
)
def test_a_polish_group_stands_before_the_stop_of_its_sentence(text, canonical):
    assert to_text(propose(text, language="pl")) == canonical


def test_a_group_after_a_stop_ends_the_sentence():
    proposal = propose("The deal with the U.S. [1] holds for years [2].", language="en")
    assert [segment.sentence for segment in proposal.paragraphs[0].segments] == [0, 1]
