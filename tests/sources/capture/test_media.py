"""What a file is, is told by its bytes."""

import codecs

import pytest

from newsroom.core.errors import DomainError
from sources.capture.media import HTML, PDF, PLAIN, media_type_of

PAGES = {
    "doctype": b"<!DOCTYPE html><p>x",
    "doctype in small letters": b"<!doctype HTML>",
    "white space first": b" \n\t <html lang=pl>",
    "byte order mark first": codecs.BOM_UTF8 + b"<html>",
    "two bytes a character": codecs.BOM_UTF16_LE + "<html>x".encode("utf-16-le"),
    "a remark first": b"<!-- made by a machine -->\n<!doctype html>",
    "a remark without end": b"<!-- " + b"x" * 3000,
    "an XML declaration first": b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
    "a fragment": b"<div class=x>words</div>",
    "a heading": b"<h2>words</h2>",
    "zero bytes later": b"<html>\0",
}
TEXTS = {
    "letters": b"Just words",
    "UTF-8": "Zażółć gęślą jaźń".encode(),
    "windows-1250": "Zażółć gęślą jaźń".encode("cp1250"),
    "ISO-8859-2": "Zażółć gęślą jaźń".encode("iso8859-2"),
    "UTF-16": codecs.BOM_UTF16_BE + "Zażółć".encode("utf-16-be"),
    "a tag later": b"The tag <html> begins a page",
    "like a tag": b"<pre-war> and <abbreviations>",
    "data": b'{"a": 1}',
    "a feed": b'<?xml version="1.0"?><rss></rss>',
}
REFUSED = {
    "nothing": b"",
    "a zero byte": b"words\0words",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "an archive": b"PK\x03\x04\x14\0",
    "a program": b"\x7fELF\x02\x01\x01\0",
    "compressed": b"\x1f\x8b\x08\0",
    "half a character": codecs.BOM_UTF16_LE + b"a\0b",
    "a zero character": codecs.BOM_UTF16_LE + b"a\0\0\0",
    "a byte that stands for nothing": b"words \x81 words",
}


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES)
def test_a_page_is_told_by_how_it_begins(data):
    assert media_type_of(data) == HTML


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS)
def test_what_reads_as_text_is_text(data):
    assert media_type_of(data) == PLAIN


def test_a_pdf_is_told_by_how_it_begins():
    assert media_type_of(b"%PDF-1.7\n\0\0") == PDF
    assert media_type_of(b"In %PDF-1.7 there is") == PLAIN


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused(data):
    with pytest.raises(DomainError) as refused:
        media_type_of(data)
    assert refused.value.code == "media_type_refused"
