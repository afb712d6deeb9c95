"""What is folded, what is not, and the way back to the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.passages.composing import LONGEST, compositions
from sources.passages.normalising import Normalised, normalise, other_start, without_terminal
from sources.passages.rewriting import Rewritten

# Everything the matcher has an opinion on, and letters of all sorts.
TEXT = st.text(
    st.sampled_from(
        list(
            "ab zł Żo'\"“”„«»‘’‚‹›`–—-‑−…ﬁﬂ5٣\n\t\u00a0\u2009\u00ad\u200b\u200d\ufe0f\u0301\u0323\u0307\u0328"
        )
        + list("\u1112\u1161\u11ab\u0cc6\u0cc2\u0cd5\u212b漢🇵🇱👩\U0001f3fd\u202e")
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Yes”", '"Yes"'),
        ("„Tak”", "«Tak»"),
        ("»Ja«", "„Ja“"),
        ("‘Yes’", "'Yes'"),
        ("‚Tak’", "‹Tak›"),
        ("“We ‘share’ it”", "‘We “share” it’"),
        ("„To «traktat»”", '"To „traktat”"'),
        ("don’t", "don't"),
        ("don´t", "don`t"),
        ("54°30′15″N", "54°30'15\"N"),
        ("this one – the", "this one — the"),
        ("2019–2024", "2019-2024"),
        ("F‑16", "F-16"),
        ("−5", "-5"),
        ("40\u00a0000 zł", "40 000 zł"),
        ("a \n\t b", "a b"),
        (" a ", "a"),
        ("a\u2028b", "a b"),
        ("chal\u00adlenge", "challenge"),
        ("a\u200bb", "ab"),
        ("a \u200b b", "a b"),
        ("\ufeffa", "a"),
        ("oﬃce of ﬁsh", "office of fish"),
        ("ﬂag", "flag"),
        ("Łódz\u0301 i z\u0307o\u0301łw", "Łódź i żółw"),
        ("ge\u0328s\u0301la\u0328", "gęślą"),
        ("e\u200d\u0301", "é"),
        ("e\u0323\u0301", "e\u0301\u0323"),
        ("\u212b", "Å"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_a_difference_of_form_is_none(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zażółć", "zazolc"),
        ("łaska", "laska"),
        ("Treaty", "treaty"),
        ("10²", "102"),
        ("½", "1/2"),
        ("œuvre", "oeuvre"),
        ("straße", "strasse"),
        ("т", "m"),
        ("а", "a"),
        ("Ⅳ", "IV"),
        ("６", "6"),
        ("word", "wo rd"),
        ("yes.", "yes"),
        ("yes!", "yes?"),
        ("one, two", "one; two"),
        ("well known", "well-known"),
        ("6'", '6"'),
        ("54°30′", "54°30″"),
        ("abc", "\u202eabc"),
        ("1 000", "1000"),
    ],
)
def test_anything_else_is_a_difference(one, other):
    assert normalise(one) != normalise(other)


@given(TEXT)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_what_is_folded_stays_folded_in_any_text(text):
    assert normalise(normalise(text)) == normalise(text)


def test_what_is_beside_a_folded_character_is_not_part_of_it():
    folded = Normalised("\u00ada\u00adﬁb\u00ad \u00a0c\u00ad")
    assert folded.text == "afib c"
    assert [folded.span(at, at + 1) for at in range(6)] == [(1, 2), (3, 4), (3, 4), (4, 5), (5, 8), (8, 9)]


@given(TEXT)
def test_every_character_leads_back_to_where_it_came_from(text):
    folded = Normalised(text)
    places = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    # In order: the letters of one ligature lead to the same place.
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert [end for _, end in places] == sorted(end for _, end in places)
    for char, (start, end) in zip(folded.text, places, strict=True):
        assert char == " " or char in normalise(text[start:end]).replace('"', "'\"") or char in "'\""


@given(TEXT, st.data())
def test_a_stretch_leads_back_and_forth(text, data):
    folded = Normalised(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    if start < end:
        for first, last in (folded.place(*folded.span(start, end)), folded.cover(*folded.span(start, end))):
            # Wider only by what shares a character of the original: the other letters of a ligature.
            assert start - 2 <= first <= start
            assert end <= last <= end + 2


def test_places_count_code_points():
    text = "🇵🇱 za\u017c\u00f3\u0142c\u0301 ﬁsh"
    folded = Normalised(text)
    assert folded.text == "🇵🇱 zażółć fish"
    assert folded.span(3, 9) == (3, 10)
    assert folded.span(10, 11) == folded.span(11, 12) == (11, 12)
    assert folded.span(10, 14) == (11, 14)
    assert folded.place(11, 14) == (10, 14)
    assert folded.place(3, 9) == (3, 8)
    assert folded.cover(3, 9) == (3, 9)


def composed(text: str) -> str:
    return Rewritten(text, compositions(text)).text


@given(TEXT)
def test_composition_is_unicodes(text):
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(
    st.integers(0, 2 * LONGEST),
    st.sampled_from(["\u1112\u1161\u11ab", "\u0cc6\u0cc2\u0cd5", "ż\u0323", "漢e\u0301"]),
)
def test_long_words_are_composed_wherever_they_are_cut(shift, letter):
    text = "\u0430" * shift + 3 * LONGEST * letter
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_a_letter_under_a_million_accents_is_read_in_no_time():
    """As Unicode has it this takes minutes: the accents are sorted one by one."""
    text = "a" + "\u0301\u0323" * 500_000
    assert Normalised(text).text.startswith("\u1ea1")


@pytest.mark.parametrize(
    ("words", "less"),
    [("Yes.", "Yes"), ("yes,", "yes"), ("yes", "yes"), ("etc..", "etc.."), ("yes!", "yes!"), ("", "")],
)
def test_one_terminal_comma_or_stop_is_no_difference_in_a_quote(words, less):
    assert without_terminal(words) == less


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("There", "there"),
        ("łódź", "Łódź"),
        ("'yes' he", "'Yes' he"),
        ("40 ships", "40 ships"),
        ("ßa", "ßa"),
        ("ſo", "ſo"),
        ("ıle", "ıle"),
        ("漢", "漢"),
        ("", ""),
    ],
)
def test_a_first_letter_has_two_cases_or_one(words, other):
    assert other_start(words) == other
    assert other_start(other) == words
