"""The body as HTML, whatever its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rendering.text import at_passage, body_html, web_address
from tests.articles.rendering.html import read


def block(text: str, *marks: dict, kind: str = "p") -> dict:
    return {"kind": kind, "text": text, "marks": list(marks)}


def mark(name: str, start: int, end: int, **more) -> dict:
    return {"mark": name, "start": start, "end": end, **more}


def html_of(text: str, *marks: dict) -> str:
    return body_html([block(text, *marks)], {"aaaaaaaaaa": " [1]"}, {}, str).strip()


def test_what_a_segment_rests_on_is_printed_where_it_ends():
    segment = mark("segment", 0, 3, key="aaaaaaaaaa")
    assert html_of("One. Two.", segment) == '<p><span class="s" id="s-aaaaaaaaaa">One</span> [1]. Two.</p>'


def test_a_mark_that_crosses_anothers_end_is_closed_and_opened_again():
    html = html_of("abcdef", mark("strong", 0, 4), mark("em", 2, 6))
    assert html == "<p><strong>ab<em>cd</em></strong><em>ef</em></p>"


def test_a_segment_is_never_cut_by_emphasis_or_a_link():
    marks = (
        mark("segment", 2, 4, key="aaaaaaaaaa"),
        mark("em", 1, 3),
        mark("a", 3, 6, href="https://a.example/"),
    )
    html = html_of("abcdef", *marks)
    assert html.count('id="s-aaaaaaaaaa"') == 1
    assert read(html).one(id="s-aaaaaaaaaa").text == "cd"


def test_a_link_leads_to_the_web_this_site_or_a_letter_and_nowhere_else():
    cases = {
        "https://a.example/x?y=1&z": "https://a.example/x?y=1&z",
        "HTTP://a.example": "HTTP://a.example",
        "/articles/": "/articles/",
        "mailto:desk@a.example": "mailto:desk@a.example",
        "//a.example": None,
        "javascript:alert(1)": None,
        "": None,
    }
    for href, expected in cases.items():
        assert read(html_of("word", mark("a", 0, 4, href=href))).one("a")["href"] == expected


def test_only_the_webs_addresses_count():
    assert web_address("https://a.example") == "https://a.example"
    assert [web_address(url) for url in (None, "", "ftp://a.example", " https://a.example")] == [""] * 4


NAMES = ("words", "dismissed", "strong", "em", "a")


@st.composite
def marked_texts(draw):
    text = draw(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: span[0] < span[1]
    )
    extra = {"quote": "q", "reason": "term", "href": "https://a.example/"}
    marks = [mark(draw(st.sampled_from(NAMES)), *span, **extra) for span in draw(st.lists(spans, max_size=6))]
    at = 0
    for number, length in enumerate(draw(st.lists(st.integers(1, 8), max_size=6))):
        if at + length > len(text):
            break
        marks.append(mark("segment", at, at + length, key=f"key{number}"))
        at += length + draw(st.integers(0, 2))
    return text, marks


@given(marked_texts())
def test_any_marks_make_well_formed_html_with_the_same_words(marked):
    text, marks = marked
    html = body_html([block(text, *marks)], {}, {"q": "pl"}, str)
    assert read(html).text.removesuffix("\n") == text
    segments = [m for m in marks if m["mark"] == "segment"]
    assert [s["id"] for s in read(html).all(class_="s")] == [f"s-{m['key']}" for m in segments]
    for segment in segments:
        assert read(html).one(id=f"s-{segment['key']}").text == text[segment["start"] : segment["end"]]


def test_a_paragraph_of_very_many_marks_takes_time_in_proportion():
    """Quadratic work on this many marks would not end while anybody waits."""
    marks = [mark("segment", 2 * n, 2 * n + 1, key=f"k{n}") for n in range(100_000)]
    assert body_html([block("ab" * 100_000, *marks)], {}, {}, str).count("<span") == 100_000


def passage(exact: str, prefix: str = "", suffix: str = "") -> dict:
    return {"exact": exact, "prefix": prefix, "suffix": suffix}


@pytest.mark.parametrize(
    ("url", "cited", "address"),
    [
        (
            "https://a.example/x",
            passage("UK-Poland, security & defence", "The ", " treaty"),
            "https://a.example/x#:~:text=UK%2DPoland%2C%20security%20%26%20defence",
        ),
        (
            "https://a.example/x",
            passage("a good day", "it was ", " for all of us"),
            "https://a.example/x#:~:text=it%20was-,a%20good%20day,-for%20all%20of",
        ),
        # Own fragments stay; another text directive gives way.
        ("https://a.example/x#art-5", passage("Each Party shall act"), "https://a.example/x#art-5:~:text=Each%20Party%20shall%20act"),
        ("https://a.example/x#:~:text=old", passage("Each Party shall act"), "https://a.example/x#:~:text=Each%20Party%20shall%20act"),
        ("https://a.example/x", passage("one two three four five six\nseven eight nine ten eleven"), "https://a.example/x#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"),
        # What no browser may be sent to has no address.
        ("javascript:alert(1)", passage("a"), ""),
        ("", passage("a"), ""),
    ],
)  # fmt: skip
def test_a_passage_is_opened_in_the_original_by_its_words(url, cited, address):
    assert at_passage(url, cited) == address


def test_a_long_passage_is_named_by_its_first_and_last_words():
    words = [f"word{n}" for n in range(100)]
    assert at_passage("https://a.example/", passage(" ".join(words))) == (
        "https://a.example/#:~:text=" + "%20".join(words[:5]) + "," + "%20".join(words[-5:])
    )
