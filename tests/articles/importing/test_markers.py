"""Markers in every form are taken out; what only looks like one stays as typed."""

import pytest

from articles.importing.markers import NUMBERS_WITHOUT_LIST, read_markers


def read(text, citable=NUMBERS_WITHOUT_LIST, **options):
    """The text with each group where it was found, and the troubles."""
    marked = read_markers(text, citable, **options)
    shown = marked.text
    for group in reversed(marked.groups):
        shown = f"{shown[: group.at]}<{','.join(map(str, group.numbers))}>{shown[group.at :]}"
    return shown, [(trouble.code, trouble.text) for trouble in marked.troubles]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a [1] b", "a<1> b"),
        ("a [2, 1,1] b", "a<1,2> b"),
        ("a[1] b", "a<1> b"),
        ("a [1]b", "a<1> b"),
        ("a [1]2", "a<1> 2"),
        ("a\u00a0[1] b", "a<1> b"),
        ("a [1][2] b", "a<1,2> b"),
        ("a [1] [2] b", "a<1,2> b"),
        ("a [1], [2]; [5] b", "a<1,2,5> b"),
        ("a [1]. [2] b", "a<1,2>. b"),
        ("a [1-3] b", "a<1,2,3> b"),
        ("a [1–3, 5] b", "a<1,2,3,5> b"),
        ("a [1]–[4] b", "a<1,2,3,4> b"),
        ("a [ 1 ; 3 ] b", "a<1,3> b"),
        ("a [007] b", "a<7> b"),
        ("a¹ b", "a<1> b"),
        ("a¹² b", "a<12> b"),
        ("a¹,³ b¹⁻³", "a<1,3> b<1,2,3>"),
        ("a.¹ b", "a.<1> b"),
        ("in 2026¹ b", "in 2026<1> b"),
        ("a ¹ b", "a<1> b"),
        ("a [1]² b", "a<1,2> b"),
        ("a [1]", "a<1>"),
        ("a ([1]) b", "a (<1>) b"),
    ],
)
def test_a_marker_is_read_in_every_form(text, shown):
    assert read(text) == (shown, [])


@pytest.mark.parametrize(
    "text",
    [
        "the area of 5 km² and 3 m³",
        "10⁶ people, x² + 5²",
        "²³⁵U and H²O",
        "[sic] and [the treaty] and [] and [1a] and [5 km]",
        "in [2025] or [1000] or [2100]",
        r"so \[7] and \² and \[1, 2",
    ],
)
def test_words_are_left_alone_without_a_finding(text):
    assert read(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "code", "typed"),
    [
        ("a [0] b", "marker_malformed", "[0]"),
        ("a [1, 0] b", "marker_malformed", "[1, 0]"),
        ("a [1,, 2] b", "marker_malformed", "[1,, 2]"),
        ("a [1,] b", "marker_malformed", "[1,]"),
        ("a [3-1] b", "marker_malformed", "[3-1]"),
        ("a [1 2] b", "marker_malformed", "[1 2]"),
        ("a [[1]] b", "marker_malformed", "[1]"),
        ("a [1, 2 and b", "marker_malformed", "[1, 2"),
        ("[1] a", "marker_malformed", "[1]"),
        ("“[1] a”", "marker_malformed", "[1]"),
        ("a [200] b", "number_without_source", "[200]"),
        ("a [1, 200] b", "number_without_source", "[1, 200]"),
        ("a [1-200] b", "number_without_source", "[1-200]"),
        ("a [999] b", "number_without_source", "[999]"),
        ("a [2101] b", "number_without_source", "[2101]"),
        ("a [1999, 2001] b", "number_without_source", "[1999, 2001]"),
        ("a²⁵⁰ b", "number_without_source", "²⁵⁰"),
        ("a [" + "9" * 5000 + "] b", "number_without_source", "[" + "9" * 5000 + "]"),
    ],
)
def test_what_cannot_be_a_marker_stays_as_typed_and_is_found(text, code, typed):
    assert read(text) == (text, [(code, typed)])


def test_a_group_before_the_first_word_stays_whole():
    assert read("[1] [2] a [3]") == (
        "[1] [2] a<3>",
        [("marker_malformed", "[1]"), ("marker_malformed", "[2]")],
    )


def test_a_list_decides_which_numbers_have_a_source():
    assert read("a [1] b [2] c [1, 2] d [300]", {1, 300}) == (
        "a<1> b [2] c [1, 2] d<300>",
        [("number_without_source", "[2]"), ("number_without_source", "[1, 2]")],
    )
    assert read("a [1]–[4] b", {1, 4}) == ("a<1>–[4] b", [("number_without_source", "[4]")])


def test_a_bracket_kept_for_want_of_a_source_is_guarded_where_the_list_goes():
    assert read("a [1] b [2] word² d [300] e [0]", {1}, escape=True)[0] == r"a<1> b \[2] word\² d [300] e [0]"
