"""Which stretches of a paragraph are quotations, and which marks are apostrophes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.quotations import MAX_DEPTH, Quotation, find_quotations


def inner(text: str, quotations) -> list:
    """Quoted words; a pair of words and nested ones where there are any."""
    found = []
    for quotation in quotations:
        words = text[quotation.inner_start : quotation.inner_end]
        found.append((words, inner(text, quotation.nested)) if quotation.nested else words)
    return found


ENGLISH = [
    # straight and curly
    ('He said "yes".', ["yes"]),
    ("“We agree,” he said. “We sign.”", ["We agree,", "We sign."]),
    ('"a", "b" and "c"', ["a", "b", "c"]),
    ('("abc") said:"def" —“ghi”—', ["abc", "def", "ghi"]),
    ('“abc" and “def“ end', ["abc", "def"]),
    ("“a”“b”", ["a", "b"]),
    ("the “Windsor Framework”’s text", ["Windsor Framework"]),
    ('"…" he said', ["…"]),
    # other countries' marks
    ("« bonjour » dit-il", ["bonjour"]),
    ("»Ja«, sagte er", ["Ja"]),
    ("”abc” och ”def”", ["abc", "def"]),
    # single marks
    ("‘foo bars’ and ‘baz’", ["foo bars", "baz"]),
    ("'Yes,' he said. 'No.'", ["Yes,", "No."]),
    ("‘It’s Poland’s choice,’ he said", ["It’s Poland’s choice,"]),
    ("'It's the boys' turn,' he said", ["It's the boys' turn,"]),
    ("‘the states’ rights are safe’ he said", ["the states’ rights are safe"]),
    ("the 'states' and 'nations' of", ["states", "nations"]),
    ("the states' rights and 'scare' words", ["scare"]),
    # apostrophes
    ("the treaty's words and the treaty’s words don’t", []),
    ("’90s and ‘90s and '90s 'tis 'em 'Twas", []),
    ("rock 'n' roll", []),
    ("The 'Stans met. The states' rights stayed", []),
    ("O’Neill’s ‘book’s’ end", ["book’s"]),
    # measures
    ('5\'10" tall and 6" wide', []),
    # nested
    ("“He said ‘no’ then”", [("He said ‘no’ then", ["no"])]),
    ('"He said "no" then"', [('He said "no" then', ["no"])]),
    ("\"He said 'no' then\"", [("He said 'no' then", ["no"])]),
    # nothing quoted
    ('"" “” "  "', []),
    ("no marks at all", []),
    ('said" he', []),
]

POLISH = [
    ('Mówił: „Tak” i „nie" oraz „może“.', ["Tak", "nie", "może"]),
    ("On: „Mówił «tak» wczoraj”.", [("Mówił «tak» wczoraj", ["tak"])]),
    ("„To „historyczny” dzień”.", [("To „historyczny” dzień", ["historyczny"])]),
    ("Rzekł: ‚abc’ i ‚def‘.", ["abc", "def"]),
    ("Traktat Blair'a i Joe’ego", []),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"), [("en", *row) for row in ENGLISH] + [("pl", *row) for row in POLISH]
)
def test_the_words_between_quotation_marks_are_found(language, text, expected):
    found = find_quotations(text, language)
    assert inner(text, found) == expected
    assert all(quotation.closed for quotation in found)


def test_a_quotation_gives_its_place_with_and_without_its_marks():
    assert find_quotations("He said « oui ».", "en") == [Quotation(8, 15, 10, 13)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We stand together. We will", "We stand together. We will"),
        ("He said: ‘We stand", "We stand"),
        ("‘We stand together.", "We stand together."),
        ('Tusk said "we sign. ', "we sign."),
        ("„Podpisujemy. To ważne.", "Podpisujemy. To ważne."),
    ],
)
def test_an_unclosed_quotation_runs_to_the_end_of_the_paragraph(text, words):
    (found,) = find_quotations(text, "en")
    assert not found.closed
    assert found.end == len(text)
    assert text[found.inner_start : found.inner_end] == words


def test_a_quotation_left_open_inside_another_is_open_too():
    (outer,) = find_quotations("“He said: ‘We will not", "en")
    assert [nested.closed for nested in outer.nested] == [False]


@pytest.mark.parametrize(
    "text", ["the 'Stans", "a word ‘ and", "an odd ‘word here", "'round the world", "He said: 'we sign"]
)
def test_a_single_mark_without_an_end_is_an_apostrophe(text):
    assert find_quotations(text, "en") == []


@given(
    text=st.text(alphabet="ab s.,:(\"“”„«»'‘’‚‹›-\n", max_size=60) | st.text(),
    language=st.sampled_from(["en", "pl"]),
)
def test_quotations_are_in_order_and_their_marks_surround_their_words(text, language):
    def check(quotations, low, high, depth):
        assert depth <= MAX_DEPTH
        for each in quotations:
            assert low <= each.start < each.inner_start < each.inner_end <= each.end <= high
            assert each.closed == (each.inner_end < each.end) or not each.closed
            assert not text[each.inner_start].isspace()
            assert not text[each.inner_end - 1].isspace()
            check(each.nested, each.start + 1, each.end, depth + 1)
            low = each.end

    check(find_quotations(text, language), 0, len(text), 0)


@pytest.mark.parametrize(
    "run", ['"', "“", "‘", "'", "’", "«", "»", "“‘", "s' a", '"a ', "“a”", "‘a’ ", "“a ‘b’ "]
)
def test_a_hundred_thousand_marks_are_read_in_one_pass(run):
    text = run * 100_000
    assert all(0 <= each.start < each.end <= len(text) for each in find_quotations(text, "en"))
