"""What somebody typed, as the search reads it."""

import pytest

from articles.searching.asking import LONGEST, MOST_TERMS, english_query, loosely, plain_query, words_of
from newsroom.core.errors import DomainError


def english(text: str) -> str:
    return english_query(words_of(text, "q"))


def plain(text: str) -> str:
    return plain_query(words_of(text, "q"))


def test_words_must_all_occur_and_quoted_ones_in_a_row():
    assert english("cables treaty") == "(('cables') & ('treaty'))"
    assert english("“freedom of the strait” treaty") == (
        "(('freedom' <-> 'of' <-> 'the' <-> 'strait') & ('treaty'))"
    )
    assert english("Anglo-Polish") == "(('Anglo' <-> 'Polish'))"


def test_a_minus_leaves_out_and_or_parts_alternatives():
    assert english("cables -france") == "(('cables') & !('france'))"
    assert english('cables -"port sample"') == "(('cables') & !('port' <-> 'sample'))"
    assert english("cables or fishing boats") == "(('cables')) | (('fishing') & ('boats'))"
    assert plain("kable lub łodzie") == "(('kabl':*)) | (('lodz':*))"
    assert english("or cables or") == "(('cables'))"


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        ("umowa umowy umowę umową umów", "umow"),
        ("traktat traktatu traktatami traktatów", "traktat"),
        ("Londynie Londyn", "londyn"),
        ("żołnierze żołnierzami", "zolnierz"),
    ],
)
def test_forms_of_a_polish_word_have_one_beginning(words, beginning):
    for word in words.split():
        assert plain(word).casefold().startswith(f"(('{beginning[:4]}")
        assert beginning.startswith(plain(word).casefold().split("'")[1].replace("ó", "o")), word


def test_a_short_word_and_one_in_quotation_marks_stand_for_themselves():
    assert plain("rok") == "(('rok'))"
    assert plain('"umowa"') == "(('umowa'))"


def test_the_loose_form_leaves_out_order_and_what_is_excluded():
    words = words_of('"freedom of the strait" -france or cables', "q")
    assert english_query(loosely(words)) == ("(('freedom') & ('of') & ('the') & ('strait')) | (('cables'))")


def test_weights_say_where_words_must_stand():
    words = words_of("umowa rok", "q")
    assert plain_query(words, weights="AB") == "(('umow':*AB) & ('rok':AB))"
    assert english_query(words, weights="C") == "(('umowa':C) & ('rok':C))"


def test_nothing_is_asked_by_an_empty_field():
    assert words_of("", "q") is None
    assert words_of(" \n ", "q") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (LONGEST + 1), "search_too_long"),
        ("a " * (MOST_TERMS + 1), "search_too_many"),
        ('"' + "a " * (MOST_TERMS + 1) + '"', "search_too_many"),
        ("-france", "search_only_excluded"),
        ("cables or -france", "search_only_excluded"),
        ("&& | ! <-> :* ''", "search_no_word"),
        ('""', "search_no_word"),
        ("or", "search_no_word"),
        ("a\x00b", "text_unreadable"),
        ("a\ud800", "text_unreadable"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_its_reason(text, code):
    with pytest.raises(DomainError) as refused:
        words_of(text, "q")
    assert (refused.value.code, refused.value.place) == (code, "q")
