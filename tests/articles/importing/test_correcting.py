"""A person's word on a proposal: what they say is stored, what they do not name stays."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.html import parse_html, render_html
from articles.body.model import DISMISSAL_REASONS
from articles.importing.correcting import Verdict, correct
from articles.importing.proposal import Proposal, propose, to_body, to_text

TEXT = (
    "Two states signed [1, 2]. Prime Minister Ada Sample called it “a new start for all” and “a good day for us” [2]. "
    "The “Big Pact” was long awaited [1]. Nobody had thought of a “pact” before.\n\n"
    "“We have waited for years,” said the ministry, “and now it is here” [3].\n"
)


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose(TEXT, language="en")


def corrected(proposal, quotes=(), dismissed=(), claims=()) -> Proposal:
    return correct(proposal, quotes=dict(quotes), dismissed=dict(dismissed), claims=dict(claims))


def body_of(proposal):
    keys = count(1)
    return to_body(
        proposal,
        new_key=lambda: (
            f"key{next(keys):07d}".replace("0", "a").replace("1", "b").replace("8", "c").replace("9", "d")
        ),
        claim_ids=[f"claim{n}" for n, _ in enumerate(proposal.claims)],
        quote_ids=[f"quote{n}" for n, _ in enumerate(proposal.quotes)],
    )


def test_without_corrections_nothing_changes(proposal):
    assert corrected(proposal) == proposal


def test_a_speaker_is_put_right_and_may_become_unknown(proposal):
    fixed = corrected(proposal, {0: Verdict(speaker="Bea Other", role="Minister"), 1: Verdict()})
    assert (fixed.quotes[0].speaker, fixed.quotes[0].role) == ("Bea Other", "Minister")
    assert (fixed.quotes[1].speaker, fixed.quotes[1].role, fixed.quotes[1].speaker_kind) == (None, None, None)
    unattributed = [f for f in fixed.findings if f.code == "quote_unattributed" and f.paragraph == 1]
    assert [(f.paragraph, f.sentence, f.text) for f in unattributed] == [(1, 2, fixed.quotes[1].words)]


def test_a_dismissed_quote_leaves_the_others_and_their_places(proposal):
    fixed = corrected(proposal, {0: Verdict("scare")})
    assert len(fixed.quotes) == len(proposal.quotes) - 1
    first = fixed.paragraphs[0]
    assert "a new start for all" in [first.text[d.start : d.end] for d in first.dismissed]
    for paragraph in fixed.paragraphs:
        for segment in paragraph.segments:
            for words in segment.words:
                assert paragraph.text[words.start : words.end] in fixed.quotes[words.quote].words


def test_a_segment_that_lost_its_last_quote_rests_on_a_claim(proposal):
    fixed = corrected(proposal, {n: Verdict("title") for n in range(len(proposal.quotes))})
    assert not fixed.quotes
    assert {s.kind for p in fixed.paragraphs for s in p.segments} == {"claim"}


def test_what_was_dismissed_becomes_a_quote_with_its_segments_sources(proposal):
    fixed = corrected(proposal, dismissed={(0, n): Verdict(speaker="Ada Sample") for n in range(2)})
    assert fixed.quotes[-1].words == "Big Pact"
    assert fixed.quotes[-1].sources == (1,)
    # The other stands in a sentence without citation: no record is made of it.
    assert [fixed.paragraphs[0].text[d.start : d.end] for d in fixed.paragraphs[0].dismissed] == ["pact"]


def test_the_reason_of_a_dismissal_is_changed(proposal):
    fixed = corrected(proposal, dismissed={(0, 0): Verdict("term")})
    assert fixed.paragraphs[0].dismissed[0].reason == "term"


def test_a_segment_rests_on_a_claim_beside_its_quotes_if_a_person_says_so(proposal):
    fixed = corrected(proposal, claims={(0, 1): True})
    assert fixed.paragraphs[0].segments[1].kind == "claim"
    assert fixed.paragraphs[0].segments[1].quotes == proposal.paragraphs[0].segments[1].quotes
    assert len(fixed.claims) == len(proposal.claims) + 1


verdicts = st.builds(
    Verdict,
    kind=st.sampled_from(["quote", *DISMISSAL_REASONS]),
    speaker=st.sampled_from(["", "Ada Sample"]),
    speaker_kind=st.sampled_from(["person", "organisation", "document"]),
)


@given(data=st.data())
def test_whatever_is_corrected_the_words_and_their_groups_stay_and_the_body_is_valid(data):
    proposal = propose(TEXT, language="en")
    places = st.tuples(st.integers(0, 1), st.integers(0, 3))
    fixed = correct(
        proposal,
        quotes=data.draw(st.dictionaries(st.integers(0, 5), verdicts)),
        dismissed=data.draw(st.dictionaries(places, verdicts)),
        claims=data.draw(st.dictionaries(places, st.booleans())),
    )
    assert to_text(fixed) == to_text(proposal)
    body = body_of(fixed)
    assert parse_html(render_html(body)) == body
