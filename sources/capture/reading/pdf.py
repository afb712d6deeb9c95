"""Read a PDF file: its text by pages, lines joined to paragraphs."""

import re
from collections.abc import Iterator

import pypdfium2

from sources.capture.reading.form import extracted

MOST_PAGES = 5000

# What PDFium gives for a hyphen at the end of a line, without the line's end.
_BROKEN = re.compile("(?<!\\w)(\\w++)\ufffe(\\w++)")
_HYPHENATED = re.compile(r"(?<!\w)\w++-\w++")
# A line that ends clearly before the others do ends its paragraph, one that ends a sentence already a little before.
_SHORT, _SHORT_AFTER_STOP = 0.75, 0.95
_STOPS = (".", "!", "?", ":", ";", "”", '"')


def read_pdf(data: bytes) -> dict:
    """The text of a PDF with the offsets of its pages. Its dates are those of the file and not told.

    Raises pypdfium2.PdfiumError for what is malformed or asks for a password.
    """
    document = pypdfium2.PdfDocument(data)
    pages = ["\n".join(_lines(document, number)) for number in range(min(len(document), MOST_PAGES))]
    hyphenated = set(_HYPHENATED.findall("\n".join(pages)))
    meant = [_BROKEN.sub(lambda found: _word(found, hyphenated), page) for page in pages]
    about = document.get_metadata_dict()
    result = extracted(
        map(_paragraphs, meant),
        by="pypdfium2",
        found={"title": about.get("Title"), "authors": about.get("Author")},
        paged=True,
    )
    if len(document) > MOST_PAGES:
        result["found"]["truncated"] = True
    return result


def _lines(document, number: int) -> Iterator[str]:
    page = document[number]
    words = page.get_textpage()
    yield from words.get_text_range().splitlines()
    words.close()
    page.close()


def _word(found: re.Match, hyphenated: set[str]) -> str:
    """A word broken at the end of a line, whole; with its hyphen where that is written elsewhere in the document, or
    where what follows is a name or a number."""
    first, rest = found.groups()
    with_hyphen = f"{first}-{rest}"
    return with_hyphen if with_hyphen in hyphenated or not rest[0].islower() else first + rest


def _paragraphs(page: str) -> Iterator[str]:
    lines = page.split("\n")
    usual = sorted(map(len, lines))[len(lines) * 9 // 10]
    paragraph = []
    for line in lines:
        paragraph.append(line)
        if len(line) < usual * (_SHORT_AFTER_STOP if line.endswith(_STOPS) else _SHORT):
            yield " ".join(paragraph)
            paragraph = []
    yield " ".join(paragraph)
