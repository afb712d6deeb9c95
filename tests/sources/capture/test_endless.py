"""A server that never comes to an end is cut off, by size or by time, whatever it sends and however slowly."""

import pytest

from tests.sources.capture.hostile import HASTY, PAGE, admitting, answer, hostile, redirect, refusal


def body_reset(asker):
    asker.send(answer(PAGE, "Content-Length: 60000"))
    asker.break_off()


def endless(head: bytes, piece: bytes):
    def give(asker):
        asker.send(head)
        asker.send_without_end(piece)

    return give


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(body_reset, "connection_failed", id="reset in the body"),
        pytest.param(endless(OK + b"\r\n", b"x" * 4096), "too_large", id="endless body"),
        pytest.param(endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"), "too_large", id="endless chunks"),
        pytest.param(
            endless(CHUNKED + b"5;", b"x" * 4096), "connection_failed", id="endless chunk extension"
        ),
        pytest.param(endless(CHUNKED + b"0\r\n", b"X: y\r\n" * 500), "too_large", id="endless trailers"),
        pytest.param(endless(OK, b"X: y\r\n" * 50), "connection_failed", id="endless headers"),
        pytest.param(endless(OK + b"X: ", b"y" * 4096), "too_large", id="endless header"),
        pytest.param(endless(b"HTTP/1.1 200 ", b"O" * 4096), "too_large", id="endless status line"),
        pytest.param(
            endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too_large", id="endless interim answers"
        ),
    ],
)
def test_an_answer_without_end_is_cut(given, code):
    with hostile(given) as server:
        assert refusal(server.url(), admitting(server)).code == code


def slowly(head: bytes, piece: bytes):
    def give(asker):
        asker.send(head)
        asker.send_without_end(piece, pause=0.02)

    return give


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(lambda asker: asker.wait(), id="silence"),
        pytest.param(slowly(b"", b"H"), id="dripping status line"),
        pytest.param(slowly(OK + b"X: ", b"y"), id="dripping header"),
        pytest.param(slowly(OK, b"X"), id="dripping headers"),
        pytest.param(slowly(OK + b"\r\n", b"x"), id="dripping body"),
        pytest.param(slowly(OK + b"Content-Length: 60000\r\n\r\n", b"x"), id="dripping body of known length"),
        pytest.param(slowly(CHUNKED, b"1\r\nx\r\n"), id="dripping chunks"),
        pytest.param(slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="dripping interim answers"),
    ],
)
def test_a_slow_server_is_left_when_the_time_is_up(given):
    with hostile(given) as server:
        failure = refusal(server.url(), admitting(server), HASTY)
        assert (failure.code, failure.retryable) == ("timed_out", True)


def test_the_time_is_for_all_redirects_together():
    def linger(asker):
        asker.server.over.wait(0.2)
        asker.send(redirect("/"))

    with hostile(linger) as server:
        assert refusal(server.url(), admitting(server), HASTY).code == "timed_out"
