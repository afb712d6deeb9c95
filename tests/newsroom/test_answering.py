"""Answers with finished bytes: who gets which form, and who has them already."""

import gzip
from datetime import UTC, datetime

import pytest
import time_machine
import zstandard
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.answering import (
    LONGEST_KEY,
    accepts_gzip,
    answer,
    answer_made,
    coding_for,
    compress,
    etag_of,
)
from newsroom.core.kept_made import KeptByDigest


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


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("zstd, gzip", "gzip"),
        ("zstd;q=1, gzip;q=0.9", "zstd"),
        ("zstd;q=0.2, gzip;q=0.9", "gzip"),
        ("zstd;q=0, gzip;q=0", ""),
        ("zstd;q=0, gzip", "gzip"),
        ("gzip;q=0, zstd;q=0.001", "zstd"),
        ("zstd;q=2", "zstd"),
        ("not-zstd", ""),
        ("", ""),
    ],
)
def test_each_gets_the_coding_it_likes_best_and_the_stored_one_where_it_does_not_mind(header, coding):
    request = asked(accept_encoding=header)
    assert coding_for(request) == coding
    sent = answer_made(request, b"x" * 500, content_type="text/plain")
    assert sent.get("Content-Encoding", "") == coding
    plain = {"": bytes, "gzip": gzip.decompress, "zstd": zstandard.decompress}[coding](sent.content)
    assert plain == b"x" * 500


def test_each_coding_has_a_tag_of_its_own():
    tags = {
        answer_made(asked(accept_encoding=coding), b"x", content_type="text/plain")["ETag"]
        for coding in ("", "gzip", "zstd")
    }
    assert len(tags) == 3


NOON = datetime(2026, 5, 27, 12, 0, 0, 500, UTC)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if_modified_since": "Wed, 27 May 2026 12:00:00 GMT"}, 304),
        ({"if_modified_since": "Wed, 27 May 2026 12:00:01 GMT"}, 200),
        ({"if_modified_since": "Wed, 27 May 2026 11:59:59 GMT"}, 200),
        ({"if_modified_since": "nonsense"}, 200),
        ({"if_modified_since": "Wed, 27 May 2026 13:00:00 GMT", "if_none_match": '"other"'}, 200),
    ],
)
def test_a_date_counts_where_no_tag_is_named(headers, status):
    sent = answer(asked(**headers), b"x", etag="x", content_type="text/plain", gzipped=False, modified=NOON)
    assert (sent.status_code, sent["Last-Modified"]) == (status, "Wed, 27 May 2026 12:00:00 GMT")


def test_without_a_known_moment_a_date_counts_for_nothing():
    request = asked(if_modified_since="Wed, 27 May 2026 12:00:00 GMT")
    assert answer_made(request, b"x", content_type="text/plain").status_code == 200


def test_what_was_made_is_kept_within_bounds_and_the_longest_unused_goes_first():
    kept, made = KeptByDigest(most_bytes=20), []

    def make(name):
        return kept.get(name, lambda: made.append(name) or b"x" * 8)

    for name in "abacab":
        make(name)
    assert made == ["a", "b", "c", "b"]


def test_what_is_larger_than_all_that_may_be_kept_is_made_and_not_kept():
    kept = KeptByDigest(most_bytes=1)
    assert [kept.get("a", lambda: b"xx") for _ in range(2)] == [b"xx"] * 2
    assert kept.get("a", lambda: b"y") == b"y"


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
