"""What the shipped VCL makes of what somebody sends."""

import socket
from functools import partial

import pytest

from tests.deploy.caching import ask

pytestmark = pytest.mark.varnish


def test_what_is_sent_reaches_the_site_when_all_of_it_has_come(site, cache):
    site.says["/sent"] = (200, b"thanks", {})
    with socket.create_connection(("127.0.0.1", cache), timeout=10) as slow:
        slow.sendall(
            b"POST /sent HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhal"
        )
        site.page("/meanwhile", "a page", "meanwhile")
        assert ask(cache, "/meanwhile").body == b"a page"
        assert not site.asked["/sent"]
        slow.sendall(b"ves")
        answer = b"".join(iter(partial(slow.recv, 4096), b""))
    assert (answer.endswith(b"thanks"), site.sent["/sent"]) == (True, b"halves")


def test_more_than_the_site_takes_is_refused_before_it_is_asked(site, cache):
    with socket.create_connection(("127.0.0.1", cache), timeout=10) as much:
        much.sendall(b"POST /much HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108865\r\n\r\n")
        assert much.recv(4096)[:13] in (b"", b"HTTP/1.1 413 ")  # It may hang up before it says so.
    assert not site.asked["/much"]
