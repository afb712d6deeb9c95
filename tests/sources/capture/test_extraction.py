"""Text is read in a process of its own: a hostile file costs itself, not the newsroom."""

import pytest

from newsroom.core.errors import DomainError
from sources.capture import extraction
from sources.capture.extraction import extract
from sources.capture.media import HTML, PDF, PLAIN
from tests.sources.capture.documents import ADDRESS, PAGE, TEXT, locked_pdf, page, pdf


def test_what_is_read_comes_back_whole():
    read = extract(PAGE.encode(), HTML, url=ADDRESS)
    assert read.text == TEXT
    assert read.pages == []
    assert read.found["title"] == "Treaty signed"
    assert read.extractor.startswith("trafilatura ")
    assert extract("Договор".encode("cp1251"), PLAIN, charset="windows-1251").text == "Договор"
    assert extract(pdf(["One"], ["Two"]), PDF).pages == [0, 4]


DEEP = 100_000
HOSTILE = {
    "a hundred thousand divs": (page("<div>" * DEEP + "deep" + "</div>" * DEEP), HTML),
    "an attribute of nine megabytes": (page(f"<p title='{'x' * 9_000_000}'>deep</p>"), HTML),
    "two hundred thousand attributes": (
        page(f"<p {' '.join(f'a{n}' for n in range(200_000))}>deep</p>"),
        HTML,
    ),
    "characters that are none": (page("<p>deep\x00\x0b&#0;&#xFFFF;&#x110000;</p>"), HTML),
}


@pytest.mark.parametrize(("data", "media_type"), HOSTILE.values(), ids=HOSTILE)
def test_a_page_made_to_break_readers_is_read(monkeypatch, data, media_type):
    monkeypatch.setattr(extraction, "LIMITS", extraction.LIMITS | {"RLIMIT_CPU": 3})
    assert "deep" in extract(data, media_type).text


UNREADABLE = {
    "a malformed PDF": b"%PDF-1.4 and then nothing",
    "a PDF cut short": pdf(["Words"])[:200],
    "a locked PDF": locked_pdf(),
    "a PDF whose pages hold each other": pdf(["x"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_an_error_of_its_own(data):
    with pytest.raises(DomainError) as failed:
        extract(data, PDF)
    assert failed.value.code == "extraction_failed"


LIMITS = {
    "time": ({"RLIMIT_CPU": 1}, ("a" + "\u0315\u0300" * 1_000_000).encode(), PLAIN),
    "memory": ({"RLIMIT_AS": 200 * 1024 * 1024}, b"word \n" * 4_000_000, PLAIN),
    "output": ({"RLIMIT_FSIZE": 1000}, b"word " * 1000, PLAIN),
}


@pytest.mark.parametrize(("limit", "data", "media_type"), LIMITS.values(), ids=LIMITS)
def test_a_limit_ends_the_reading_and_nothing_else(monkeypatch, limit, data, media_type):
    monkeypatch.setattr(extraction, "LIMITS", extraction.LIMITS | limit)
    with pytest.raises(DomainError) as failed:
        extract(data, media_type)
    assert failed.value.code == "extraction_failed"


def test_a_reader_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(extraction, "WALL_SECONDS", 0.2)
    monkeypatch.setattr(extraction, "_PROGRAM", "import time; time.sleep(600)")
    with pytest.raises(DomainError) as failed:
        extract(b"words", PLAIN)
    assert failed.value.code == "extraction_failed"


def test_a_page_too_hard_to_find_the_article_of_is_read_without(monkeypatch):
    monkeypatch.setattr(extraction, "LIMITS", extraction.LIMITS | {"RLIMIT_CPU": 2})
    read = extract(page("<p>" + "<b>x</b>" * 300_000 + "</p>"), HTML)
    assert read.text.startswith("xxx")
    assert read.extractor.startswith("lxml ")


def test_the_reader_is_given_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told")
    told = "{'text': repr(dict(os.environ)), 'pages': [], 'found': {}, 'extractor': ''}"
    told = f"import os, json; print(json.dumps({told}))"
    monkeypatch.setattr(extraction, "_PROGRAM", told)
    assert "told" not in extract(b"words", PLAIN).text
