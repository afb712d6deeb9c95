"""Whether a text has the words of a quote: as declared, in whole words, and in no other letter."""

import string
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.passages.matching import Span, has_words, pieces_of, span_of_words
from sources.passages.normalising import Normalised

ENGLISH = (
    "The prime minister spoke at noon.\n"
    "He said: “There’s no greater challenge than this one — the challenge of Russian aggression. We can’t wait; "
    "it’s a ‘once-in-a-generation’ treaty, and we’ll spend £40.5 million on it by 2030.” Then ﬁve ships left.\n"
    "The non-nuclear clause of the UK–Poland pact runs from 2026–2031, at −5 degrees."
)
POLISH = (
    "Premier powiedział: „Nie ma dziś większego wyzwania niż to – wyzwanie rosyjskiej agresji. Zażółć gęślą jaźń, "
    "mówił mój «stary» nauczyciel”. Łódź czeka; źdźbło też.\nKoszt: 40\u00a0000 złotych."
)


@pytest.mark.parametrize(
    "words",
    [
        "There’s no greater challenge than this one — the challenge of Russian aggression.",
        "There's no greater challenge than this one - the challenge of Russian aggression",
        "there's no greater challenge",
        "There’s  no\u00a0greater chal\u00adlenge\n than this one",
        "There's no greater challenge,",
        "no greater challenge.",
        "We can't wait;",
        "it's a “once‑in‑a‑generation” treaty",
        "it's a «once-in-a-generation» treaty,",
        "we'll spend £40.5 million on it by 2030.",
        "Then five ships left",
        "then ﬁve ships left.",
        "There’s no greater challenge … the challenge of Russian aggression",
        "There’s no greater challenge […] Russian aggression",
        "There’s no greater challenge [...] Russian aggression.",
        "There’s no greater challenge ... Russian aggression....",
        "There’s no greater challenge . . . Russian aggression",
        "[T]here’s no greater challenge",
        "there’s no greater challeng[ing thing]",
        "[The premier sees] no greater challenge than this […]",
        "Challenge […] challenge … treaty",
        "The non-nuclear clause",
        "from 2026-2031",
        "UK-Poland pact",
        "Poland pact",
        "\u201cThere\u2019s no greater challenge",
        "\ufeffNo greater\u200b challenge",
    ],
)
def test_english_words_stand_there(words):
    assert has_words(words, ENGLISH)


@pytest.mark.parametrize(
    "words",
    [
        "There is no greater challenge",
        "There's no greater challenges",
        "There's no greater challeng",
        "here's no greater challenge",
        "There's no Greater challenge",
        "no greater chalenge",
        "no greater challenge; than this one",
        "no greater challenge than this one the challenge",
        "no greater challenge than this – one",
        "We can",
        "generation' treaty",
        "spend £40",
        "5 million",
        "nuclear clause",
        "from 2026",
        "5 degrees",
        "There's no greater chall…",
        "the challenge of Russian aggression … There's no greater challenge",
        "There's no greater challenge … Russian agression",
        "There's no greater challenge … Than this one",
        "There's no greаter challenge",
        "it's a ‘once-in-a-generation’ treaty!",
        "There’s no greater challenge..",
        "\u202eaggression",
        "",
        "…",
        "[…]",
        "[There’s no greater challenge]",
        "“”",
        ".",
    ],
)
def test_other_english_words_do_not(words):
    assert not has_words(words, ENGLISH)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "words",
    [
        "Nie ma dziś większego wyzwania niż to – wyzwanie rosyjskiej agresji.",
        "nie ma dziś większego wyzwania niż to — wyzwanie rosyjskiej agresji",
        "Nie ma dziś większego wyzwania […] rosyjskiej agresji",
        "Zażółć gęślą jaźń, mówił mój „stary” nauczyciel",
        "zażółć gęślą jaźń, mówił mój ‚stary’ nauczyciel.",
        "[Zaż]ółć gęślą",
        "łódź czeka",
        "źdźbło też,",
        "Koszt: 40 000 złotych",
    ],
)
def test_polish_words_stand_there_however_composed(words, form, stored):
    assert has_words(unicodedata.normalize(form, words), unicodedata.normalize(stored, POLISH))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "words",
    [
        "Nie ma dzis większego wyzwania",
        "Nie ma dziś wiekszego wyzwania",
        "Zażólć gęślą jaźń",
        "Zażołć gęślą jaźń",
        "Lódź czeka",
        "źdzbło też",
        "większego wyzwani",
        "zwania niż to",
        "ódź czeka",
        "mój stary nauczyciel",
        "mówił … Zażółć",
        "40 000 złoty",
        "Koszt: 40",
        "000 złotych",
    ],
)
def test_other_polish_words_do_not(words, form):
    assert not has_words(unicodedata.normalize(form, words), POLISH)


def test_the_place_of_words_is_from_the_first_piece_to_the_last():
    text = "🇵🇱 Said: there’s no … way of Russian aggression."
    found = span_of_words("[T]here's no … Russian aggression,", Normalised(text))
    assert found == Span(10, len(text) - 1)


def test_the_first_piece_takes_the_first_place_in_either_case():
    assert has_words("The pact … holds", "the pact holds. The pact")


def test_a_bracket_without_an_end_is_no_edit():
    assert [piece.words for piece in pieces_of("a [b c [d] e")] == ["a [b c", "e"]


def test_a_quote_as_long_as_a_book_stands_nowhere():
    assert not has_words("a " * 30_000, "a " * 30_000)


HOSTILE = {
    "marks": '"' * 1_000_000,
    "one word": "a" * 1_000_000,
    "two letters": "ab " * 333_333,
    "invisible": "a\u200b" * 500_000,
    "brackets": "[" * 1_000_000,
    "edits": "a…" * 500_000,
    "apostrophes": "a'" * 500_000,
    "accents": "a" + "\u0301\u0323" * 500_000,
}
WANTED = {
    "pieces": "a … a … ab ab a … x",
    "almost": "ab " * 1000 + "x",
    "marks": '"' * 50_000,
    "brackets": "[" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("words", WANTED)
def test_a_hostile_text_is_searched_to_an_end(words, text):
    assert not has_words(WANTED[words], HOSTILE[text])


SENTENCE = st.text("aąbćdz ", min_size=5, max_size=30).map(lambda words: " ".join(words.split())).filter(len)


@given(SENTENCE, st.data())
def test_any_edit_of_a_letter_loses_the_match(said, data):
    text = f"Xy: „{said}”. Yx"
    # The case of the first letter is the one edit that is allowed.
    at = data.draw(st.sampled_from([n for n, char in enumerate(said) if char != " "]))
    letter = data.draw(st.sampled_from(string.ascii_letters + "ąćęłńóśźżĄŁаеﬁ"))
    assume(letter not in (said[at], said[at].swapcase()))
    assert has_words(said, text)
    assert not has_words(said[:at] + letter + said[at + 1 :], text)


@given(SENTENCE, st.data())
def test_a_letter_too_many_loses_the_match(said, data):
    at = data.draw(st.integers(0, len(said)))
    assert not has_words(
        said[:at] + data.draw(st.sampled_from("xyzŻ")) + said[at:], f"„{said}”".replace("z", "a")
    )


@given(SENTENCE, st.data())
def test_a_letter_too_few_loses_the_match(said, data):
    wanted = said.replace(" ", "q")
    assume(len(wanted) > 1)
    at = data.draw(st.integers(0, len(wanted) - 1))
    less = wanted[:at] + wanted[at + 1 :]
    assert not has_words(less, f"„{wanted}”")


VARIATIONS = [
    (" ", ["\n", "\u00a0", "  ", "\t \u2009", " \u200b"]),
    ("'", ["’", "‘", "´", "`", "‚"]),
    ('"', ["“", "”", "„", "«", "»", "‘"]),
    ("-", ["–", "—", "−", "‑"]),
    ("fi", ["ﬁ"]),
    ("ff", ["ﬀ"]),
    ("ż", ["z\u0307"]),
    ("ó", ["o\u0301"]),
    ("ą", ["a\u0328"]),
]
PROSE = 'The "joint" office - żółty, fifty - can\'t offer mąka.'


@given(st.data())
def test_allowed_variation_keeps_the_match(data):
    words = PROSE
    for plain, forms in VARIATIONS:
        words = (
            data.draw(st.sampled_from(forms)).join(words.split(plain)) if data.draw(st.booleans()) else words
        )
    if data.draw(st.booleans()):
        words = words.rstrip(".") + data.draw(st.sampled_from([",", "", "."]))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(words)))
        # Between a letter and its accent as well.
        words = words[:at] + data.draw(st.sampled_from("\u00ad\u200b\u2060\ufeff")) + words[at:]
    if data.draw(st.booleans()):
        words = words.replace("T", "t", 1)
    assert has_words(words, f"He said: {PROSE} And left.")
