"""Answers with finished bytes: who gets which form, and who has them already."""

import gzip

import pytest
import time_machine
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.answering import LONGEST_KEY, accepts_gzip, answer, answer_made, compress, etag_of


def asked(**headers):
    return RequestFactory().get(
        "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("gzip;q=0.001", True),
        ("gzip; q=1", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip ; Q=0", False),
        ("identity", False),
        ("*", False),
        ("", False),
        ("gzipped", False),
        ("not-gzip", False),
        ("identity;q=1, gzip;q=0, *;q=0", False),
    ],
)
def test_compressed_bytes_go_to_those_who_take_them(header, accepted):
    assert accepts_gzip(asked(accept_encoding=header)) is accepted


def test_a_request_that_says_nothing_gets_plain_bytes():
    assert not accepts_gzip(asked())


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_no_header_is_too_strange(header):
    request = asked(accept_encoding=header, if_none_match=header)
    assert answer_made(request, b"x", content_type="text/plain").status_code in (200, 304)


@given(st.binary(max_size=2000))
def test_compressing_gives_the_same_bytes_for_the_same_bytes(body):
    assert compress(body) == compress(body)
    assert gzip.decompress(compress(body)) == body
    assert len(etag_of(body)) == 32


def test_compressed_bytes_do_not_hold_the_time():
    with time_machine.travel(0):
        early = compress(b"page")
    assert compress(b"page") == early


def test_a_notice_is_always_sent_whatever_the_reader_has():
    request = asked(if_none_match="*")
    gone = answer(request, b"gone", etag="e", content_type="text/plain", gzipped=False, status=410)
    assert (gone.status_code, gone.content) == (410, b"gone")


@pytest.mark.parametrize("status", [200, 410])
def test_an_answer_carries_its_keys_whatever_it_says(status):
    for tag in ("", "*"):
        sent = answer(
            asked(if_none_match=tag),
            b"page",
            etag="e",
            content_type="text/plain",
            gzipped=False,
            status=status,
            keys=["article-a", "lists"],
        )
        assert sent["Surrogate-Key"] == "article-a lists"


def test_an_answer_without_keys_has_no_header_for_them():
    assert not answer_made(asked(), b"x", content_type="text/plain").has_header("Surrogate-Key")


def test_a_key_longer_than_any_of_ours_is_left_out():
    made = answer_made(asked(), b"x", content_type="text/plain", keys=["k" * (LONGEST_KEY + 1), "lists"])
    assert made["Surrogate-Key"] == "lists"
