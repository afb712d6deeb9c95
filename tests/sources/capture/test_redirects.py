"""Wherever a server sends us on to, it is looked at like what was typed."""

import socket
from contextlib import suppress

import pytest

from sources.capture.fetching import fetch
from sources.capture.guard import FetchFailed
from tests.sources.capture.hostile import (
    NOW,
    PAGE,
    admitting,
    answer,
    hostile,
    names,
    redirect,
    refusal,
)


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
        ("//169.254.169.254/", "address_refused"),
        ("http://[::ffff:a9fe:a9fe]/", "address_refused"),
        ("http://2852039166/", "address_refused"),
        ("file:///etc/passwd", "scheme_refused"),
        ("ftp://127.0.0.1/", "scheme_refused"),
        ("gopher://127.0.0.1:25/_HELO", "scheme_refused"),
        ("http://ada:word@127.0.0.1/", "address_refused"),
        ("http://public.example\\@127.0.0.1/", "address_refused"),
        ("http://[", "address_refused"),
        ("http://127.0.0.2/", "address_refused"),
        ("/" + "a" * 2000, "address_refused"),
    ],
)
def test_a_redirect_is_looked_at_like_what_was_typed(target, status, code):
    with hostile(redirect(target, status=status)) as server:
        assert refusal(server.url(), admitting(server)).code == code
        assert len(server.asked) == 1


def test_a_redirect_to_another_port_leaves_the_other_server_alone():
    with hostile() as inside, hostile(redirect(inside.url("/admin"))) as server:
        assert refusal(server.url(), admitting(server)).code == "port_refused"
        assert inside.connections == 0


def test_a_redirect_to_a_name_of_loopback_leaves_it_alone():
    with hostile() as inside, hostile() as server:
        server.answers["/"] = redirect(inside.url(host="inside.example"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", names({"inside.example": ["127.0.0.2"]}))
            assert refusal(server.url(), admitting(server, inside)).code == "address_refused"
        assert inside.connections == 0


@pytest.mark.parametrize(("given", "asked"), [({"/": redirect("/")}, 6), ({"/": redirect("/?more")}, 6)])
def test_a_redirect_that_never_ends_is_left_after_five(given, asked):
    with hostile(given) as server:
        assert refusal(server.url(), admitting(server)).code == "too_many_redirects"
        assert len(server.asked) == asked


@pytest.mark.parametrize(("count", "fails"), [(5, False), (6, True), (20, True)])
def test_five_redirects_are_followed(count, fails):
    with hostile({f"/{n}": redirect(f"/{n + 1}") for n in range(count)} | {"/": answer()}) as server:
        if fails:
            assert refusal(server.url("/0"), admitting(server)).code == "too_many_redirects"
        else:
            assert fetch(server.url("/0"), now=NOW, guard=admitting(server)).body == PAGE
        assert len(server.asked) == 6


def test_a_header_cannot_be_smuggled_through_a_redirect():
    for target in ("/next%0d%0aX-Smuggled:%201", "/next\rX-Smuggled: 1", "/next\tX-Smuggled: 1"):
        with hostile({"/": redirect(target), "/x": answer()}) as server:
            server.answers["/next"] = server.answers["/"] if "%0d" in target else answer()
            with suppress(FetchFailed):
                fetch(server.url(), now=NOW, guard=admitting(server))
            assert all(not line.startswith("X-Smuggled") for asked in server.asked for line in asked)
