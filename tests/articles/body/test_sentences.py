"""How a paragraph is cut into sentences: the spans, forced ends, bounds, and the seed story."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import sentences
from articles.body.model import Block, Segment
from articles.body.sentences import Sentences, block_sentences, split_sentences
from newsroom.core.errors import DomainError

SEED_STORY = Path(__file__).parents[4] / "shared" / "samples" / "seed-story.txt"

PIECES = (
    "The treaty r. U.S. Mr. said. Tusk “We act.” (see 5) 2026 art. ? ’90s states’ … „Tak – „ ” ) J. itd. a.m. "
    '"No." […] \n \u00a0'
)
PROSE = st.lists(
    st.sampled_from(PIECES.split(" ")),
    max_size=40,
).map(" ".join)


def texts_of(text: str, result: Sentences) -> list[str]:
    return [text[start:end] for start, end in result.spans]


@given(text=st.text() | PROSE, language=st.sampled_from(["en", "pl"]), breaks=st.lists(st.integers(-2, 60)))
def test_joining_the_sentences_gives_back_the_text(text, language, breaks):
    spans = split_sentences(text, language, breaks=breaks).spans
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


@given(text=PROSE, language=st.sampled_from(["en", "pl"]), offset=st.integers(1, 200))
def test_a_break_always_ends_a_sentence_after_its_white_space(text, language, offset):
    rest = text[offset:].lstrip()
    ends = {end for _, end in split_sentences(text, language, breaks=[offset]).spans}
    assert not rest or len(text) - len(rest) in ends


def test_no_text_has_no_sentence():
    assert split_sentences("", "en") == Sentences(())


def test_a_sentence_keeps_the_white_space_after_it():
    text = "They met.  They left. "
    assert texts_of(text, split_sentences(text, "en")) == ["They met.  ", "They left. "]


def test_a_group_printed_after_a_stop_ends_the_sentence_also_inside_a_quotation():
    text = "“We agree. We sign,” he said in the U.S. Congress."
    assert texts_of(text, split_sentences(text, "en")) == [text]
    breaks = [text.index(" We sign"), text.index(" Congress")]
    assert texts_of(text, split_sentences(text, "en", breaks=breaks)) == [
        "“We agree. ",
        "We sign,” he said in the U.S. ",
        "Congress.",
    ]


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        pytest.param("They met in the U.S.", 2, id="an abbreviation's stop"),
        pytest.param("They met", 1, id="no stop"),
    ],
)
def test_a_segment_that_ends_in_a_stop_ends_its_sentence(segment, expected):
    block = Block("p", "They met in the U.S. Congress.", segments=(Segment(0, len(segment), "abcdefghij"),))
    assert len(block_sentences(block, "en").spans) == expected


def test_a_segment_that_ends_in_a_quotation_with_its_stop_ends_its_sentence():
    text = "He said “We sign.” (Applause.) followed"
    block = Block("p", text, segments=(Segment(0, text.index(" (Appl"), "abcdefghij"),))
    assert texts_of(text, block_sentences(block, "en")) == ["He said “We sign.” ", "(Applause.) followed"]


def test_a_language_without_rules_is_refused():
    with pytest.raises(DomainError) as refusal:
        split_sentences("Bonjour.", "fr")
    assert refusal.value.code == "language_unknown"


@pytest.mark.parametrize(
    "run", ["1. ", "a. ", "Mr. ", ". ", "A.", "? ", ".) ", "[a. ", "(b. ", ".' ", "x r. B "]
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_crowd_of_stops_is_cut_after_its_first_at_most_and_said_to_be_limited(run, language):
    text = run * 50_000
    result = split_sentences(text, language)
    assert result.limited
    assert len(result.spans) <= 2


@pytest.mark.parametrize("run", ["1. ", "a. ", "Mr. "])
def test_a_crowd_in_thousands_of_paragraphs_is_as_cheap(run):
    paragraphs = [f"{run * 30}{number}" for number in range(2_000)]
    assert all(split_sentences(paragraph, "en").limited for paragraph in paragraphs)


@pytest.mark.parametrize("run", ['"', "“", "'", "’", "(", ")", "[", " ", "!", "…", ". (", "“‘", "a' ", '." '])
def test_a_hundred_thousand_marks_are_read_to_the_end(run):
    text = run * 100_000
    assert "".join(texts_of(text, split_sentences(text, "en"))) == text


def test_a_crowd_does_not_spoil_the_prose_around_it():
    crowd = "1. " * 40
    text = f"The treaty binds both. It is public. {crowd}The ministers of both countries left. They smiled."
    found = texts_of(text, split_sentences(text, "en"))
    assert found[:2] == ["The treaty binds both. ", "It is public. "]
    assert found[-1] == "They smiled."


def test_stops_beyond_the_bound_end_no_sentence(monkeypatch):
    monkeypatch.setattr(sentences, "MAX_STOPS", 3)
    text = "The ministers met again. " * 5_000
    result = split_sentences(text, "en")
    assert result.limited
    assert len(result.spans) == 4


def test_a_long_ordinary_paragraph_is_cut_throughout_and_not_limited():
    text = "The ministers of Poland met Mr. Smith in London. " * 2_000
    result = split_sentences(text, "en")
    assert not result.limited
    assert len(result.spans) == 2_000


def test_the_seed_story_has_six_paragraphs_and_fourteen_sentences():
    if not SEED_STORY.exists():
        assert not os.environ.get("CI"), f"{SEED_STORY} is missing"
        pytest.skip(f"{SEED_STORY} is missing")
    story = re.sub(r" \[\d+(?:, \d+)*\]", "", SEED_STORY.read_text(encoding="utf-8"))
    paragraphs = story.split("\n\n")
    results = [split_sentences(paragraph, "en") for paragraph in paragraphs]
    assert [len(result.spans) for result in results] == [1, 3, 3, 3, 3, 1]
    assert not any(result.limited for result in results)
