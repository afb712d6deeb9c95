"""The list of sources at the end of a text."""

import pytest

from articles.importing.entries import MAX_ENTRIES, SourceEntry
from articles.importing.reference_line import iso_date, read_entry
from articles.importing.reference_list import split
from newsroom.core.errors import DomainError

URL = "https://a.example/x"


@pytest.mark.parametrize(
    "heading", ["Sources:", "sources", "References:", "Źródła:", "## Sources", "**Sources:**"]
)
@pytest.mark.parametrize("form", ["{n}. {t}", "{n}) {t}", "[{n}] {t}", "({n}) {t}", " {n}:  {t}"])
def test_a_list_is_found_in_its_usual_forms(heading, form):
    text = f"One [1].\n\n{heading}\n{form.format(n=1, t='A')}\n\n{form.format(n=2, t='B')}\n"
    assert split(text) == ("One [1].\n", (SourceEntry(1, "A"), SourceEntry(2, "B")))


@pytest.mark.parametrize(
    "text",
    [
        "One [1].",
        "One.\n\nSources: 1. A",
        "One.\n\nSources:",
        "One.\n\nSources:\nnone known",
        "One.\n\nSources:\n1. A\n\nAnother paragraph.",
        "One.\n\nOur sources:\n1. A",
        "One.\n\n1. A\n2. B",
    ],
)
def test_what_is_no_list_at_the_end_stays(text):
    assert split(text) == (text, None)


def test_a_line_without_a_number_goes_on_with_the_one_above():
    assert split("One.\n\nSources:\n1. A long\n  title, B\n")[1] == (SourceEntry(1, "A long title", "B"),)


def test_several_lists_in_a_row_are_one_in_the_order_of_the_numbers():
    text = "One.\n\nSources:\n2. B\n\nReferences:\n1. A"
    assert split(text) == ("One.", (SourceEntry(1, "A"), SourceEntry(2, "B")))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"A title, Publisher, 27 May 2026, {URL}", ("A title", "Publisher", URL, "2026-05-27")),
        (f"A title, Publisher, May 27, 2026, {URL}.", ("A title", "Publisher", URL, "2026-05-27")),
        (f"A, B and C, Publisher, 2026-05-27, <{URL}>", ("A, B and C", "Publisher", URL, "2026-05-27")),
        (f"Tytuł, Wydawca, 27 maja 2026 r., {URL}", ("Tytuł", "Wydawca", URL, "2026-05-27")),
        ("“A title, at last”, Publisher, 27.05.2026", ("A title, at last", "Publisher", None, "2026-05-27")),
        (f"[A title]({URL}), Publisher, May 2026", ("A title", "Publisher", URL, "2026-05")),
        (f"A title – Publisher (27th May 2026): {URL}", ("A title", "Publisher", URL, "2026-05-27")),
        (f"A title. Publisher. 2026. {URL}", ("A title", "Publisher", URL, "2026")),
        (f"A title | Publisher ({URL})", ("A title", "Publisher", URL, None)),
        (
            "A title, Publisher, https://a.example/x_(y)",
            ("A title", "Publisher", "https://a.example/x_(y)", None),
        ),
        ("A title", ("A title", None, None, None)),
        (URL, (None, None, URL, None)),
        ("A title, Publisher, 31 February 2026", ("A title, Publisher", "31 February 2026", None, None)),
    ],
)
def test_a_line_gives_title_publisher_address_and_date(line, expected):
    entry = read_entry(1, line)
    assert (entry.title, entry.publisher, entry.url, entry.published) == expected


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-05-27", "2026-05-27"),
        ("2026-05", "2026-05"),
        ("2026", "2026"),
        ("27 May 2026", "2026-05-27"),
        ("3 października 2026 r.", "2026-10-03"),
        ("3/10/2026", "2026-10-03"),
        ("2026-02-30", None),
        ("soon", None),
        ("on 27 May 2026", None),
    ],
)
def test_a_date_is_read_whole_or_not_at_all(text, iso):
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        ("1. A\n1. B", "source_number_twice", "line 5"),
        ("1. A\n0. B", "source_number_invalid", "line 5"),
        ("1. A\n2. B, https://", None, None),
        ("1. A, https://[", "source_url_refused", "line 4"),
        ("1. " + "a" * 501, "source_too_long", "line 4"),
        ("1. " + "a" * 6000, "source_too_long", "line 4"),
        (
            "\n".join(f"{n}. A" for n in range(1, MAX_ENTRIES + 2)),
            "sources_too_many",
            f"line {MAX_ENTRIES + 4}",
        ),
    ],
)
def test_a_bad_line_is_refused_with_its_place(lines, code, place):
    text = "One [1].\n\nSources:\n" + lines
    if code is None:
        assert split(text)[1][1] == SourceEntry(2, "B", "https://")
        return
    with pytest.raises(DomainError) as refusal:
        split(text)
    assert (refusal.value.code, refusal.value.place) == (code, place)
