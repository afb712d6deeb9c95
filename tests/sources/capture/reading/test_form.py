"""All text has one form, and positions in it stay what they are."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sources.capture.reading.form import LONGEST, extracted, tidy
from sources.capture.reading.plain import read_plain


def test_plain_text_stays_as_it_is_but_for_white_space():
    assert read_plain(b"One  line\r\n\r\n\tand\xc2\xa0another\n")["text"] == "One line\nand another"


@given(st.text(max_size=200))
def test_a_block_has_one_form(words):
    once = tidy(words)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
    assert once == once.strip()
    assert not re.search(r"[^\S ]", once)
    assert not {unicodedata.category(letter) for letter in once} & {"Cc", "Cs"}


@given(st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=5))
def test_offsets_of_pages_are_of_the_text_they_are_given_with(pages):
    read = extracted(pages, by="plain", found={}, paged=True)
    whole = [[tidy(block) for block in page if tidy(block)] for page in pages]
    assert read["text"] == "\n".join(block for page in whole for block in page)
    for start, page_ in zip(read["pages"], whole, strict=True):
        assert start <= len(read["text"])
        assert read["text"][start:].startswith("\n".join(page_))


def test_a_text_beyond_the_limit_is_cut_and_says_so():
    read = read_plain(b"word " * 1_000_000)
    assert len(read["text"]) <= LONGEST
    assert read["found"]["truncated"] is True
    assert "truncated" not in read_plain(b"word")["found"]
