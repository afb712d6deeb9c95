"""Whoever sends slowly, or nothing more, does not keep pages from others."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest

from newsroom.slow_senders import MOST, PART, SlowSenders


class Told(list):
    """What an application says it answers."""

    def __call__(self, status, headers):
        self.append(status)


class Halting(io.BytesIO):
    """A body of which the second half comes when ``more`` is set."""

    def __init__(self, body: bytes):
        super().__init__(body)
        self.begun, self.more = threading.Event(), threading.Event()

    def read(self, size=-1):
        if self.tell():
            self.begun.set()
            assert self.more.wait(20)
        return super().read(min(size, 2))


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]


def ask(app, body: io.BytesIO | None = None, length="4"):
    told = Told()
    environ = {"wsgi.input": body or io.BytesIO()} | ({"CONTENT_LENGTH": length} if body else {})
    answer = b"".join(app(environ, told))
    return told[0][:3], answer


def test_while_one_body_is_waited_for_pages_are_made_and_others_told_to_come_again():
    app, slow = SlowSenders(echo), Halting(b"slow")
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(ask, app, slow)
        assert slow.begun.wait(20)
        assert ask(app) == ("200", b"")
        assert ask(app, io.BytesIO(b"fast"))[0] == "503"
        slow.more.set()
        assert waiting.result(20) == ("200", b"slow")
    assert ask(app, io.BytesIO(b"fast")) == ("200", b"fast")


def test_bodies_reach_the_application_whole_and_no_further():
    app = SlowSenders(echo)
    much = b"a" * (3 * PART + 1)
    assert ask(app, io.BytesIO(much + b"behind"), str(len(much))) == ("200", much)
    assert ask(app, io.BytesIO(b"less"), "9") == ("200", b"less")


@pytest.mark.parametrize(
    ("length", "status"),
    [("-1", "400"), ("x", "400"), ("٣", "400"), ("1 2", "400"), (str(MOST + 1), "413"), ("9" * 5000, "413")],
)
def test_a_length_that_is_none_or_too_great_is_refused_unread(length, status):
    body = io.BytesIO(b"body")
    assert ask(SlowSenders(echo), body, length)[0] == status
    assert body.tell() == 0


def test_the_site_is_served_so(monkeypatch):
    monkeypatch.setenv("NEWSROOM_POOL_SIZE", "8")  # As the module has it, and after the test not any more.
    assert isinstance(import_module("newsroom.wsgi").application, SlowSenders)
