"""Places a person may want: like a statement, or nearly the words of a quote, with what is different."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.passages.matching import has_words, passage_at
from sources.passages.normalising import Normalised, normalise
from sources.passages.offering import candidates, difference, near_matches

REPORT = (
    "The weather\n"
    "It rained over Port Sample in the morning. The band played on.\n"
    "Mr Muster, the president, said: “We share a sea and we will share the watch over it.” "
    "The treaty was signed on 27 May by Ms Sample and Mr Muster in Port Sample after ten years of talks.\n"
    "Premier powiedział: „Nie ma dziś większego wyzwania niż rosyjska agresja”. Traktat podpisano w maju.\n"
    "12"
)
FILLER = "the of and a harbour ship talk minister year cable fish state rain cloud road".split()


def megabyte(around: str) -> str:
    """A million characters of small talk with ``around`` in the middle, the same every time."""
    chance = random.Random(3)  # noqa: S311 (nothing secret)
    half = ""
    while len(half) < 500_000:
        words = " ".join(chance.choices(FILLER, k=200)).capitalize()
        half += f"{words}.\n" * 20
    return f"{half}{around}\n{half}"


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        (
            "Ada Sample and Ben Muster signed a treaty in Port Sample on 27 May 2026",
            "The treaty was signed on 27 May",
        ),
        ("Talks about the treaty had taken ten years", "The treaty was signed on 27 May"),
        ("Morning rain fell on Port Sample", "It rained over Port Sample"),
        ("Podpisanie traktatu w maju", "Traktat podpisano w maju."),
        ("Premier o wyzwaniach i rosyjskiej agresji", "Premier powiedział"),
        ("share a sea and we will share the watch over it", "Mr Muster, the president"),
    ],
)
@pytest.mark.parametrize(
    "text", [REPORT, Normalised(REPORT), megabyte(REPORT)], ids=["short", "normalised", "long"]
)
def test_the_sentence_most_like_a_statement_comes_first(wording, found, text):
    best, *rest = candidates(wording, text)
    assert best.text.startswith(found)
    assert all(best.score >= other.score for other in rest)
    original = text.original if isinstance(text, Normalised) else text
    assert all(original[one.start : one.end] == one.text for one in (best, *rest))


@pytest.mark.parametrize("wording", ["", " ", "…", "Something else entirely", "a b c", "12"])
def test_nothing_is_offered_for_what_resembles_nothing(wording):
    assert candidates(wording, REPORT) == []


def test_no_more_are_offered_than_asked_for():
    assert len(candidates("The treaty was signed", "The treaty was signed there. " * 50, limit=3)) == 3


def test_a_candidate_can_be_chosen():
    best = candidates("The treaty was signed on 27 May", REPORT)[0]
    assert passage_at(REPORT, best.start, best.end).exact == best.text


@pytest.mark.parametrize(
    ("words", "stands", "changes"),
    [
        ("We share a see", "We share a sea", [("gone", " see"), ("new", " sea")]),
        ("We share the sea and we will", "We share a sea and we will", [("gone", " the"), ("new", " a")]),
        (
            "we'll share the watch over it",
            "will share the watch over it",
            [("gone", "we'll"), ("new", "will")],
        ),
        (
            "Nie ma dzis większego wyzwania",
            "Nie ma dziś większego wyzwania",
            [("gone", " dzis"), ("new", " dziś")],
        ),
        ("preimer powiedział", "Premier powiedział", [("gone", "preimer"), ("new", "Premier")]),
        ("We share […] the wach over it", "the watch over it", [("gone", " wach"), ("new", " watch")]),
        ("treaty wsa signed", "treaty was signed", [("gone", " wsa"), ("new", " was")]),
    ],
)
@pytest.mark.parametrize("text", [REPORT, megabyte(REPORT)], ids=["short", "long"])
def test_nearly_the_same_words_are_offered_with_the_difference(words, stands, changes, text):
    assert not has_words(words, text)
    near = near_matches(words, text)[0]
    assert text[near.start : near.end] == stands
    assert [run for run in near.difference if run[0] != "same"] == changes
    assert 70 <= near.score < 100


def test_part_of_a_word_is_not_the_word():
    near = near_matches("We can wait", "“We can’t wait,” he said.")[0]
    assert near.difference == [("same", "We"), ("gone", " can"), ("new", " can’t"), ("same", " wait")]


def test_of_words_that_stand_twice_both_places_are_offered():
    text = "The treaty holds. Nobody doubts it. The treaty holds."
    nears = near_matches("The treaty holds", text)
    assert sorted((near.start, near.end, near.score) for near in nears) == [(0, 16, 100), (36, 52, 100)]
    assert nears[0].difference == [("same", "The treaty holds")]


@pytest.mark.parametrize("words", ["", "…", "x", "Words that are nowhere", "„"])
def test_nothing_is_near_that_is_far(words):
    assert near_matches(words, REPORT) == []


HOSTILE = {
    "marks": '"' * 1_000_000,
    "one word": "a" * 1_000_000,
    "two letters": "ab " * 333_333,
    "lines": "\n" * 1_000_000,
    "sentences": "a. " * 333_333,
    "same lines": "abc treaty signed x\n" * 50_000,
    "almost": ("ab" * 2490 + "b" * 10 + " ") * 200,
    "accents": "z\u0307o\u0301" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_gone_through_to_an_end(text):
    text = HOSTILE[text]
    wording = "abc treaty signed by ab and a" + text[:900]
    assert len(candidates(wording, text)) <= 5
    assert len(near_matches(text[:2_500] + "x" + text[:2_499], text)) <= 3
    assert difference(text, "abc")[0][1]
    assert difference(text[:700_000], text[300_000:][::-1])


@pytest.mark.parametrize(
    ("a", "b", "runs"),
    [
        ("", "", []),
        ("same", "same", [("same", "same")]),
        ("", "new", [("new", "new")]),
        ("gone", "", [("gone", "gone")]),
        ("a b c", "a x c", [("same", "a"), ("gone", " b"), ("new", " x"), ("same", " c")]),
        ("a b", "a b c d", [("same", "a b"), ("new", " c d")]),
        ("It’s  “so”", 'It\'s "so"', [("same", 'It\'s "so"')]),
        ("z\u0307o\u0301łw stoi", "żółw leży", [("same", "żółw"), ("gone", " stoi"), ("new", " leży")]),
        ("a b\nc", "a b c ", [("same", "a b c ")]),
    ],
)
def test_a_difference_is_told_word_by_word(a, b, runs):
    assert difference(a, b) == runs


@given(st.text(" \nabcż'’.", max_size=40), st.text(" \nabcż'’.", max_size=40))
def test_same_and_new_make_the_second_text_same_and_gone_the_first(a, b):
    runs = difference(a, b)
    assert "".join(text for op, text in runs if op != "gone") == b
    # But for white space, which is shown as in the second.
    kept = "".join(text for op, text in runs if op != "new")
    assert normalise(kept).replace(" ", "") == normalise(a).replace(" ", "")
    assert all(one[0] != other[0] for one, other in pairwise(runs))


def test_two_long_texts_differ_where_they_do():
    text = megabyte("The treaty was signed.")
    runs = difference(text, text.replace("was signed", "was not signed"))
    assert [run for run in runs if run[0] != "same"] == [("new", " not")]
