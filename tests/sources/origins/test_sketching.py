"""What a text's sketch takes for the same, and that it stays comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.origins.sketching import (
    FEWEST,
    LONGEST,
    SCHEME,
    SLOTS,
    shingles_of,
    sketch,
    sketch_words,
    words_of,
)
from tests.sources.origins.texts import OTHERS, RELEASE, WIRE, edited

STORY = "\n".join(WIRE)


def share_of_bands(one: str, other: str) -> float:
    ours, theirs = set(sketch(one)[1]), set(sketch(other)[1])
    return len(ours & theirs) / len(ours)


@pytest.mark.parametrize(
    "variation",
    [
        STORY.upper(),
        STORY.replace(",", ";").replace(".", " …"),
        STORY.replace('"', "”").replace(" ", "\u00a0"),
        STORY.replace("treaty", "trea\u00adty"),
        STORY.replace("\n", "\n\n\n"),
    ],
    ids=["case", "punctuation", "marks and spaces", "soft hyphens", "lines"],
)
def test_case_and_punctuation_make_no_difference(variation):
    assert sketch(variation) == sketch(STORY)


def test_other_words_make_a_difference():
    assert sketch(STORY.replace("harbours", "ports")) != sketch(STORY)


def test_a_copy_agrees_in_some_band_and_another_story_in_none():
    copy = edited(WIRE, seed=1, headline="A pact for the strait")
    assert share_of_bands(STORY, copy) > 0.1
    for other in (*OTHERS, RELEASE):
        assert share_of_bands(STORY, other) == 0


def test_a_release_in_the_middle_of_a_long_page_agrees_in_some_band():
    page = " ".join(f"word{number}" for number in range(4000))
    long = f"{page} {RELEASE} {page}"
    assert share_of_bands(RELEASE, page) == 0
    assert share_of_bands(RELEASE, long) > 0


@pytest.mark.parametrize("place", range(0, 12_000, 1_499))
def test_a_short_text_is_found_wherever_it_stands_in_a_long_one(place):
    words = [f"w{number}" for number in range(12_000)]
    release = words_of(RELEASE)
    whole = sketch_words([*words[:place], *release, *words[place:]])
    assert set(whole[1]) & set(sketch_words(release)[1])


def test_a_text_of_a_few_words_is_not_compared():
    assert sketch("") == ([], [])
    assert sketch("word " * 10_000) == ([], [])
    words = [f"w{number}" for number in range(FEWEST + 3)]
    assert sketch_words(words[:-1]) == ([], [])
    assert len(sketch_words(words)[0]) == SLOTS


def test_a_text_without_end_is_read_to_a_limit():
    words = words_of("word " * (LONGEST + 1000))
    assert len(words) == LONGEST


@given(st.text(max_size=400))
def test_any_text_gives_numbers_the_database_can_hold(text):
    for numbers in sketch(text + RELEASE):
        assert numbers
        assert all(-(2**63) <= number < 2**63 for number in numbers)


def test_every_shingle_is_four_words_in_a_row():
    words = words_of("One two three four five. " + " ".join(map(str, range(100))))
    assert {"one two three four", "two three four five", "three four five 0"} <= shingles_of(words)
    assert len(shingles_of(words)) == len(words) - 3


def test_the_scheme_has_not_changed_unawares():
    """Sketches of years are compared with today's: if these numbers change, SCHEME must be raised."""
    signature, bands = sketch(RELEASE)
    assert (SCHEME, len(signature), len(bands)) == (1, 256, 128)
    assert signature[:3] == [1491641467, 3159508802, 3223212626]
    assert bands[:2] == [-2816820715572803774, 4620220783095241826]
