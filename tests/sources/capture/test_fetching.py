"""Fetching from servers that mean no good: each is answered with the right refusal, in bounded time and size."""

import tracemalloc
import zlib

import pytest

from sources.capture.fetching import fetch
from tests.sources.capture.hostile import (
    AMPLE,
    NOW,
    PAGE,
    admitting,
    answer,
    bomb,
    chunked,
    gzipped,
    hostile,
    raw_deflate,
    redirect,
    refusal,
)


def fetched(server, path="/"):
    return fetch(server.url(path), now=NOW, guard=admitting(server), limits=AMPLE)


def refused(server):
    return refusal(server.url(), admitting(server))


def test_a_page_comes_with_what_was_said_and_answered():
    with hostile(answer(PAGE, "Content-Type: text/html", "X-Twice: 1", "X-Twice: 2")) as server:
        page = fetched(server, "/news?id=1#part")
    (hop,) = page.hops
    assert (page.status, page.media_type, page.body, page.raw) == (200, "text/html", PAGE, PAGE)
    assert (page.requested_url, page.final_url) == (server.url("/news?id=1#part"), server.url("/news?id=1"))
    assert (page.ip, page.captured_at, hop.reason, hop.http_version) == ("127.0.0.1", NOW, "OK", "HTTP/1.1")
    assert hop.header("x-twice") == ["1", "2"]
    assert server.asked == [["GET /news?id=1 HTTP/1.1", *(": ".join(pair) for pair in hop.request_headers)]]


@pytest.mark.parametrize("fold", ["\r\n ", "\n ", "\n\t", "\r\n \r\n "])
def test_what_is_said_over_several_lines_is_noted_on_one(fold):
    folded = answer(PAGE, f"X-Folded: a{fold}X-Smuggled: b", status="200 O\rK")
    with hostile(folded) as server:
        (hop,) = fetched(server).hops
    assert (hop.reason, hop.header("X-Smuggled")) == ("O K", [])
    assert " ".join(hop.header("X-Folded")[0].split()) == "a X-Smuggled: b"
    assert not any(set("\r\n") & set(value) for _name, value in hop.response_headers)


def test_the_server_is_told_its_name_with_its_port_and_who_asks(settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_ORIGIN = "Dziennik Łódzki\r\nX: y", "https://news.example"
    with hostile() as server:
        fetch(server.url(host="localhost"), now=NOW, guard=admitting(server))
    assert server.header("Host") == f"localhost:{server.port}"
    assert server.header("User-Agent") == (
        "dziennik-lodzki-x-y/1.0 (archives the sources it cites; +https://news.example)"
    )


def test_nothing_of_the_environment_or_of_an_earlier_answer_is_sent(monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login desk password secret\n")
    with hostile() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        answers = {"/": redirect("/next", "Set-Cookie: seen=1; Path=/"), "/next": answer()}
        with hostile(answers) as server:
            fetched(server)
        assert proxy.connections == 0
    assert len(server.asked) == 2
    assert not any(line.lower().startswith(("cookie", "authorization")) for line in server.asked[-1])


def test_each_redirect_is_a_hop_with_its_own_bytes():
    answers = {
        "/": answer(b"moved", "Location: a%20b?q=ł#top", status="301 Moved Permanently"),
        "/end": answer(),
    }
    with hostile(answers) as server:
        answers["/a%20b"] = redirect(f"//localhost:{server.port}/end", status="308 Permanent Redirect")
        page = fetched(server)
    assert [(hop.status, hop.body) for hop in page.hops] == [(301, b"moved"), (308, b""), (200, PAGE)]
    assert page.hops[1].url == server.url("/a%20b?q=%C5%82")
    assert page.final_url == server.url("/end", host="localhost")
    assert all(hop.started_at >= NOW for hop in page.hops)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzipped(PAGE), ["Content-Encoding: gzip"]),
        (gzipped(PAGE), ["Content-Encoding: X-GZIP"]),
        (zlib.compress(PAGE), ["Content-Encoding: deflate"]),
        (PAGE, ["Content-Encoding: identity"]),
        (PAGE, ["Content-Encoding:"]),
    ],
    ids=["gzip", "x-gzip", "deflate", "identity", "empty"],
)
def test_a_compressed_page_is_read_and_kept_as_it_came(body, headers):
    with hostile(answer(body, *headers)) as server:
        page = fetched(server)
    assert (page.body, page.raw, page.media_type) == (PAGE, body, "text/html")


@pytest.mark.parametrize(
    "given",
    [
        chunked(PAGE[:50], PAGE[50:]),
        answer(PAGE, "Connection: close", "Transfer-Encoding: identity"),
        b"HTTP/1.0 200 OK\r\n\r\n" + PAGE,
        b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 3 + answer(),
        answer(PAGE + b"<!-- beyond what was announced -->", f"Content-Length: {len(PAGE)}"),
        answer(PAGE, "Content-Length: -5"),
        answer(PAGE, "Content-Type: application/pdf"),
        answer(PAGE, "Content-Type: text/html; charset=no-such-charset"),
        answer(PAGE, 'Set-Cookie: a="\x01; expires=never', "X-Junk", ": nameless"),
    ],
    ids=["chunks", "until it hangs up", "HTTP/1.0", "100", "more", "minus", "not a PDF", "charset", "junk"],
)
def test_an_odd_server_is_understood(given):
    with hostile(given) as server:
        page = fetched(server)
    assert (page.body, page.media_type) == (PAGE, "text/html")


@pytest.mark.parametrize(
    ("body", "declared", "media_type"),
    [
        (b"%PDF-1.7\n%%EOF\n", "text/plain", "application/pdf"),
        (b"Only words, whatever the header says.", "application/pdf", "text/plain"),
        (PAGE, "image/png", "text/html"),
    ],
    ids=["PDF as text", "text as PDF", "page as picture"],
)
def test_the_bytes_say_what_it_is(body, declared, media_type):
    with hostile(answer(body, f"Content-Type: {declared}")) as server:
        assert fetched(server).media_type == media_type


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "302 Found", "304 Not Modified", "999 Odd"])
def test_any_status_is_an_answer(status):
    with hostile(answer(PAGE if "304" not in status else b"", status=status)) as server:
        if "304" in status:
            assert refused(server).status == 304
        else:
            assert fetched(server).status == int(status[:3])


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(answer(PNG, "Content-Type: text/html"), "media_type_refused", id="binary as html"),
        pytest.param(answer(b""), "media_type_refused", id="empty page"),
        pytest.param(answer(b"", status="204 No Content"), "media_type_refused", id="no content"),
        pytest.param(answer(bomb(4), "Content-Encoding: gzip"), "too_large", id="gzip bomb"),
        pytest.param(
            answer(bomb(4, zlib.compress), "Content-Encoding: deflate"), "too_large", id="zlib bomb"
        ),
        pytest.param(
            answer(bomb(4, raw_deflate), "Content-Encoding: deflate"), "bad_encoding", id="raw deflate bomb"
        ),
        pytest.param(
            answer(gzipped(bomb(4)), "Content-Encoding: gzip, gzip"), "bad_encoding", id="stacked bomb"
        ),
        pytest.param(
            answer(gzipped(bomb(4)), "Content-Encoding: gzip", "Content-Encoding: gzip"),
            "bad_encoding",
            id="stacked in two headers",
        ),
        pytest.param(answer(b"\x0b\x80", "Content-Encoding: br"), "bad_encoding", id="brotli"),
        pytest.param(answer(PAGE, "Content-Encoding: gzip"), "bad_encoding", id="not gzip"),
        pytest.param(answer(gzipped(PAGE)[:-9], "Content-Encoding: gzip"), "bad_encoding", id="half a gzip"),
        pytest.param(answer(gzipped(PAGE) * 2, "Content-Encoding: gzip"), "bad_encoding", id="two gzips"),
        pytest.param(
            answer(PAGE, "Transfer-Encoding: gzip, chunked"), "bad_encoding", id="stacked transfer encoding"
        ),
        pytest.param(answer(bytes(65 * 1024)), "too_large", id="announced too large"),
        pytest.param(answer(PAGE, "Content-Length: " + "9" * 5000), "too_large", id="absurd length"),
        pytest.param(answer(PAGE, "Content-Length: 99999999999"), "too_large", id="announced far too large"),
        pytest.param(chunked(bytes(65 * 1024)), "too_large", id="too large in chunks"),
        pytest.param(chunked(*[b"x"] * 40_000), "too_large", id="mostly chunk sizes"),
        pytest.param(answer(PAGE, "Content-Length: 9999"), "connection_failed", id="announced too much"),
        pytest.param(
            answer(PAGE, "Content-Length: 5", "Content-Length: 6"), "connection_failed", id="two lengths"
        ),
        pytest.param(chunked(PAGE, end=b""), "connection_failed", id="last chunk missing"),
        pytest.param(
            answer(b"zz\r\nnot a size\r\n", "Transfer-Encoding: chunked"), "connection_failed", id="bad chunk"
        ),
        pytest.param(
            answer(b"-5\r\nminus\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
            "connection_failed",
            id="negative chunk",
        ),
        pytest.param(b"<html>as before there were headers</html>", "connection_failed", id="HTTP/0.9"),
        pytest.param(b"HTTP/9.9 200 OK\r\n\r\n", "connection_failed", id="HTTP/9.9"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", "connection_failed", id="another protocol"),
        pytest.param(b"HTTP/1.1 abc OK\r\n\r\n", "connection_failed", id="status of letters"),
        pytest.param(b"\x16\x03\x01\x02\x00" * 100, "connection_failed", id="noise"),
        pytest.param(b"", "connection_failed", id="hangs up at once"),
        pytest.param(b"HTTP/1.1 103 Early Hints\r\n\r\n", "connection_failed", id="interim answer alone"),
        pytest.param(lambda asker: asker.break_off(), "connection_failed", id="reset at once"),
        pytest.param(answer(b"", "X-Long: " + "x" * 70_000), "too_large", id="one endless header, ended"),
        pytest.param(answer(b"", *[f"X-{n}: y" for n in range(101)]), "connection_failed", id="101 headers"),
    ],
)
def test_a_bad_answer_is_refused(given, code):
    with hostile(given) as server:
        assert refused(server).code == code


def test_the_bytes_are_for_all_redirects_together():
    big = bytes(40 * 1024)
    with hostile({"/": answer(big, "Location: /next", status="302 Found"), "/next": answer(big)}) as server:
        assert refused(server).code == "too_large"


@pytest.mark.parametrize("packed", [bomb(64), bomb(64, zlib.compress)], ids=["gzip", "zlib"])
def test_a_bomb_is_unpacked_no_further_than_its_limit(packed):
    with hostile(answer(packed, "Content-Encoding: gzip")) as server:
        tracemalloc.start()
        try:
            assert refused(server).code == "too_large"
            assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
        finally:
            tracemalloc.stop()


def test_a_redirect_with_a_bomb_in_it_is_not_unpacked():
    packed = bomb(64, zlib.compress)
    bombed = answer(packed, "Location: /next", "Content-Encoding: deflate", status="302 Found")
    with hostile({"/": bombed, "/next": answer()}) as server:
        tracemalloc.start()
        try:
            assert fetched(server).hops[0].body == packed
            assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
        finally:
            tracemalloc.stop()


def test_nobody_listening_is_a_failure_that_may_pass():
    with hostile() as server:
        pass
    failure = refused(server)
    assert (failure.code, failure.retryable) == ("connection_failed", True)


def test_an_error_page_that_is_no_page_says_its_status():
    with hostile(answer(b"", status="404 Not Found")) as server:
        failure = refused(server)
    assert (failure.code, failure.status, failure.retryable) == ("media_type_refused", 404, False)
