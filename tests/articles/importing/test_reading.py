"""Bytes become text, or are refused in one line that names the place."""

import pytest

from articles.importing.reading import MAX_BYTES, read_text
from newsroom.core.errors import DomainError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"One.\n\nTwo.\n", "One.\n\nTwo.\n"),
        (b"\xef\xbb\xbfOne.", "One."),
        (b"\xef\xbb\xbf\xef\xbb\xbf One.", "One."),
        (b"\n \n One.", "One."),
        (b"One.\r\n\r\nTwo.\rThree.\r\n", "One.\n\nTwo.\nThree.\n"),
        ("One\u2028two\u2029three\x85four".encode(), "One\ntwo\n\nthree\nfour"),
        (
            "Soft\u00adhyphen, zero\u200bwidth, no-break\u00a0space".encode(),
            "Soft\u00adhyphen, zero\u200bwidth, no-break\u00a0space",
        ),
        (b"a\tb", "a\tb"),
    ],
)
def test_text_is_decoded_and_its_line_ends_are_made_one(data, text):
    assert read_text(data) == text


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "empty", None),
        (b" \r\n\t\n", "empty", None),
        (b"\xef\xbb\xbf\n", "empty", None),
        (b"a" * (MAX_BYTES + 1), "too_large", None),
        (b"Zdanie \xb3", "wrong_encoding", "byte 7"),
        (b"\xff\xfeO\x00n\x00", "wrong_encoding", "byte 0"),
        ("One".encode("utf-16-be", "strict").join([b"\xfe\xff", b""]), "wrong_encoding", "byte 0"),
        (b"%PDF-1.7 \xc4", "not_text", "byte 0"),
        (b"PK\x03\x04\x14", "not_text", "byte 0"),
        (b"\x89PNG\r\n", "not_text", "byte 0"),
        (b"ab\x00\xffcd", "not_text", "byte 3"),
        (b"One.\nTwo\x07.", "not_text", "line 2"),
        (b"One\x00.", "not_text", "line 1"),
        ("Um\x96laut".encode(), "not_text", "line 1"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data, code, place):
    with pytest.raises(DomainError) as refusal:
        read_text(data)
    assert (refusal.value.code, refusal.value.place) == (code, place)
    assert "\n" not in refusal.value.message
