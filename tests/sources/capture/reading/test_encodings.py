"""Letters survive, also Polish ones in old encodings that nobody declared."""

import pytest

from sources.capture.reading.encodings import decode
from sources.capture.reading.html import read_page
from sources.capture.reading.plain import read_plain


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso8859-2", "utf-16"])
def test_polish_letters_survive_each_encoding_declared_or_not(encoding):
    words = "Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig."
    assert read_plain(words.encode(encoding))["text"] == words
    assert read_page(f"<html><p>{words}</p></html>".encode(encoding))["text"] == words


def test_a_declared_encoding_is_believed_where_the_bytes_allow_it():
    cyrillic = "<html><meta charset=koi8-r><p>Договор подписан</p>".encode("koi8-r")
    assert read_page(cyrillic)["text"] == "Договор подписан"
    assert read_plain("Договор".encode("cp1251"), charset="windows-1251")["text"] == "Договор"
    assert read_plain("Łódź".encode(), charset="windows-1251")["text"] == "Łódź"


@pytest.mark.parametrize("label", ["rot13", "unicode_escape", "zlib", "idna", "no-such", "utf-7", "\x00"])
def test_what_is_no_encoding_of_the_web_is_not_obeyed(label):
    assert decode("Łódź \\u0041".encode("cp1250"), label) == decode("Łódź \\u0041".encode("cp1250"))


def test_a_pound_sign_in_an_old_encoding_stays_one():
    assert decode("It cost £5 at the café".encode("cp1252")) == "It cost £5 at the café"
