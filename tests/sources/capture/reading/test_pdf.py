"""The text of a PDF, page by page."""

from sources.capture.reading.pdf import read_pdf
from tests.sources.capture.documents import pdf


def test_pages_of_a_pdf_begin_where_their_offsets_say():
    file = pdf(
        [
            "Article 1",
            "The parties shall consult on inter-",
            "national matters of the Polish-",
            "British alliance.",
        ],
        [],
        ["Page three"],
        title="The treaty",
    )
    read = read_pdf(file)
    assert read["text"] == (
        "Article 1\nThe parties shall consult on international matters of the Polish-British alliance.\nPage three"
    )
    assert [read["text"][start:][:10] for start in read["pages"]] == [
        "Article 1\n",
        "Page three",
        "Page three",
    ]
    assert read["found"]["title"] == "The treaty"
    assert read["extractor"].startswith("pypdfium2 ")


def test_lines_of_a_pdf_are_joined_to_paragraphs():
    lines = [
        "Article 2",
        "Each party shall inform the other of",
        "every measure that it takes under it.",
        "Nothing in it prevents more, as the parties",
        "may agree.",
    ]
    assert read_pdf(pdf(lines))["text"].splitlines() == [
        lines[0],
        f"{lines[1]} {lines[2]}",
        f"{lines[3]} {lines[4]}",
    ]
