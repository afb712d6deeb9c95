"""What comes in goes out: canonical text byte for byte, any other in canonical form, and that again the same."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from articles.body.html import parse_html, render_html
from articles.body.keys import new_key
from articles.importing.entries import SourceEntry
from articles.importing.proposal import propose, to_body, to_text
from articles.importing.reading import read_text
from articles.numbered_text import write
from newsroom.core.errors import DomainError
from tests.articles.importing.texts import canonical_texts, messy_texts


def stored(proposal):
    """The body as it is stored, and the groups by segment key."""
    body = to_body(
        proposal,
        new_key=new_key,
        claim_ids=[f"claim{n}" for n in range(len(proposal.claims))],
        quote_ids=[f"quote{n}" for n in range(len(proposal.quotes))],
    )
    keys = [segment.key for block in body.blocks for segment in block.segments]
    cited = [segment.sources for paragraph in proposal.paragraphs for segment in paragraph.segments]
    numbers = proposal.numbers
    return body, {key: [numbers[n] for n in sources] for key, sources in zip(keys, cited, strict=True)}


def exported(data, language="en", sources=None):
    proposal = propose(read_text(data), language=language, sources=sources)
    body, groups = stored(proposal)
    return write(parse_html(render_html(body)), groups, final_newline=proposal.final_newline).encode()


@pytest.mark.parametrize("language", ["en", "pl"])
@given(data=st.data())
def test_a_canonical_text_comes_back_byte_for_byte(language, data):
    text = data.draw(canonical_texts(language))
    assert exported(text.encode(), language).decode() == text


@pytest.mark.parametrize(
    "text",
    [
        "One [1].",
        "One [1].\n",
        "One etc. [1] Two [1, 2]. Three",
        "He said “we go.” [1] Then “stay [2]. And” it ended.",
        "A year [2025], a word [sic], nothing [0], open [1, 2 and so [1].",
        "An area of 5 km² and 10⁶ people [1].",
        r"Literal \[7] words [1].",
        "“One [1] quote” in two segments [2].",
        "Said: “A long quotation begins. [1]\n\n“And it ends here” [1].",
        "Stays... [1] Then … [2] ends.",
        "A [1], b [2]; c [1, 3]) d.",
        "[1] stands before the first word.",
        "Words ( [1]) and [1]",
        "A [1]." + " B [2]." * 5,
    ],
)
def test_canonical_texts_with_traps_come_back_byte_for_byte(text):
    assert exported(text.encode()).decode() == text


def test_with_a_list_beside_it_a_number_without_source_stays_as_typed():
    text = "One [1] two [7] three [1, 9]²⁵ four [2].\n"
    sources = [SourceEntry(1), SourceEntry(2)]
    assert exported(text.encode(), sources=sources).decode() == text


@given(messy_texts(), st.sampled_from(["en", "pl"]))
@example("word [1] foo [5].\n\nSources:\n1. A", "en")
@example("a [5]\u2029[5] b [99] c²⁵.\nSources:\n5. A", "en")
def test_any_other_text_comes_back_canonical_and_again_the_same(text, language):
    try:
        once = exported(text.encode(), language)
    except DomainError:
        assume(False)
    assert exported(once, language) == once
    assert to_text(propose(read_text(once), language=language)).encode() == once


@given(messy_texts())
def test_a_stored_body_is_a_valid_one(text):
    try:
        proposal = propose(read_text(text.encode()), language="en")
    except DomainError:
        assume(False)
    body, _ = stored(proposal)
    assert parse_html(render_html(body)) == body
    for paragraph in proposal.paragraphs:
        assert "".join(paragraph.text[start:end] for start, end in paragraph.sentences) == paragraph.text
        for segment in paragraph.segments:
            assert any(map(str.isalnum, paragraph.text[segment.start : segment.end]))
            assert all(segment.start <= words.start < words.end <= segment.end for words in segment.words)


@given(st.one_of(st.binary(), st.text().map(str.encode), messy_texts().map(str.encode)))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfea\x00")
@example(b"Sources:\n1. A")
def test_arbitrary_bytes_raise_nothing_but_the_clean_refusal(data):
    refusal = refused(data)
    assert refusal is None or (refusal.code and "\n" not in refusal.message)


def refused(data):
    """The refusal, None if the text can be imported."""
    try:
        propose(read_text(data), language="en")
    except DomainError as refusal:
        return refusal
    return None
