"""Advice while writing: what is pointed at, and what is left alone, in both languages."""

import pytest

from articles.advice import MOST, Text, advise
from articles.body.model import Block, Body

LONG_EN = "The two governments " + "and the other governments of the region " * 5 + "signed it."
LONG_PL = "Rządy obu państw " + "oraz inne rządy tego regionu " * 6 + "podpisały to."
HARD_EN = (
    "Intergovernmental representatives nevertheless acknowledged considerable administrative complications. "
)
EASY_EN = "The two sides met in the old hall and they talked for a day about the sea. "


def given(text, language="en", headline="", kind="p"):
    blocks = tuple(Block(kind, part) for part in text.split("\n") if part)
    return advise(Text(headline, Body(blocks), language))


def codes(text, language="en", **more):
    return [(advice.code, advice.words) for advice in given(text, language, **more)]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("It was a historic day.", "en", ["historic"]),
        ("An outrageous and Shameful plan.", "en", ["outrageous"]),  # A capital in mid-sentence: a name.
        ("Outrageous, that plan.", "en", ["Outrageous"]),
        ("She called it “a historic day” in London.", "en", []),
        ("He works for Historic England.", "en", []),
        ("The prehistoric site is historically known.", "en", []),
        ("To był historyczny dzień.", "pl", ["historyczny"]),
        ("Mówiono o skandalicznej umowie i haniebnym akcie.", "pl", ["skandalicznej", "haniebnym"]),
        ("Nazwała to „historycznym dniem” w Londynie.", "pl", []),
        ("Instytut Historyczny wydał historycznie ważny tom.", "pl", []),
        ("The treaty was signed in May.", "en", []),
    ],
)
def test_adjectives_of_opinion_outside_of_quotations(text, language, words):
    assert [w for code, w in codes(text, language) if code == "opinion"] == words


def test_nothing_in_a_blockquote_is_opinion():
    assert codes("It was a historic day.", kind="blockquote") == []


@pytest.mark.parametrize(
    ("text", "language", "short"),
    [
        ("The IMO met in London.", "en", ["IMO"]),
        ("The International Maritime Organization (IMO) met. The IMO agreed.", "en", []),
        ("The IMO (International Maritime Organization) met.", "en", []),
        ("The IMO (2019) met. The IMO agreed.", "en", ["IMO"]),
        ("NATO, the EU and the UN met on the TV of the BBC.", "en", []),
        ("Article XIV and Part II of Henry VIII.", "en", []),
        ("“The IMO is late,” she said.", "en", []),
        ("THE WHOLE LINE IS SHOUTED BY IMO HERE.", "en", []),
        ("Zdaniem PISM umowa jest ważna.", "pl", ["PISM"]),
        ("Polski Instytut Spraw Międzynarodowych (PISM) bada umowę.", "pl", []),
        ("ONZ, UE i NBP w PRL.", "pl", []),
    ],
)
def test_abbreviations_are_spelt_out_at_first_use(text, language, short):
    assert [w for code, w in codes(text, language) if code == "unexplained"] == short


@pytest.mark.parametrize(
    ("headline", "text", "strange"),
    [
        ("30 states sign", "Thirty states signed.", ["30"]),
        ("30 states sign", "All 30 states signed.", []),
        ("1,200 boats", "The 1200 boats.", []),
        ("4.5 million", "There were 4,5 million.", []),
        ("27 May: 3 pacts", "On 27 May.", ["3"]),
        ("No number", "None.", []),
    ],
)
def test_numbers_of_the_headline_stand_in_the_story(headline, text, strange):
    assert [w for code, w in codes(text, headline=headline) if code == "number_not_in_body"] == strange


@pytest.mark.parametrize(("text", "language"), [(LONG_EN, "en"), (LONG_PL, "pl")])
def test_a_long_sentence_is_pointed_at_unless_it_is_quoted(text, language):
    assert "long_sentence" in dict(codes(text, language))
    assert "long_sentence" not in dict(codes(f"“{text}”", language))
    assert "long_sentence" not in dict(codes(text[:60], language))


def test_a_hard_text_is_measured_and_its_worst_sentences_named():
    found = given(HARD_EN * 20)
    assert [advice.code for advice in found].count("hard_to_read") == 1
    assert found[0].facts["lix"] > found[0].facts["most"]
    assert [advice.code for advice in given(EASY_EN * 20)] == []
    assert [advice.code for advice in given(HARD_EN * 2)] == []  # Too short to say.


@pytest.mark.parametrize(
    "text",
    [
        "historic " * 40_000,
        "ABC" * 40_000,
        "QRS " * 50_000,
        "(" * 100_000 + "QRS",
        "“" * 50_000 + "historic",
        "a. " * 60_000,
        "x" * 200_000,
        "1,1" * 60_000,
    ],
    ids=["opinions", "letters", "shorts", "brackets", "marks", "stops", "word", "numbers"],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_hostile_text_gets_bounded_advice(text, language):
    assert len(given(text, language, headline=text[:200])) <= MOST
