"""A server on loopback that answers as a bad one would: byte by byte what each test says, over real sockets."""

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from sources.capture.fetching import Limits, fetch
from sources.capture.guard import FetchFailed, Guard

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
# Small, so that going over is quick; the time is there for a slow machine and is not waited for.
AMPLE = Limits(seconds=60, head_bytes=4096, raw_bytes=64 * 1024, body_bytes=128 * 1024)
# For servers that never come to an end: all of it is waited for.
HASTY = Limits(seconds=0.3, head_bytes=4096, raw_bytes=64 * 1024, body_bytes=128 * 1024)

LOOPBACK = "127.0.0.1"
PAGE = (
    b"<!doctype html><html lang=en><head><title>A treaty is signed</title></head><body><article><h1>A treaty is "
    b"signed</h1><p>Two states signed a treaty on Tuesday, both governments said.</p></article></body></html>"
)

# What a path is answered with: the bytes, or a function of the asker that sends them.
Answer = bytes | Callable[["Asker"], None]


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer; its length is said unless ``headers`` say something of it."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(target: str, *headers: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {target}", *headers, status=status)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return answer(body + end, "Transfer-Encoding: chunked")


def gzipped(data: bytes) -> bytes:
    """The same bytes each time: no clock in it."""
    return gzip.compress(data, mtime=0)


def bomb(megabytes: int, packed: Callable[[bytes], bytes] = gzipped) -> bytes:
    return packed(bytes(megabytes * 1024 * 1024))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


class Asker(StreamRequestHandler):
    """One connection: what was asked over it, and how to answer."""

    server: "Hostile"

    def handle(self):
        self.server.connections += 1
        with suppress(OSError):
            self.send(self.server.greeting)
            lines = []
            while line := self.rfile.readline(65536).decode("latin-1").rstrip("\r\n"):
                lines.append(line)
            if not lines:
                return
            self.server.asked.append(lines)
            path = lines[0].split(" ")[1].partition("?")[0]
            self.server.give(self, path)

    def header(self, name: str) -> str | None:
        return self.server.header(name)

    def send(self, data: bytes) -> None:
        self.wfile.write(data)

    def send_without_end(self, data: bytes, pause: float = 0) -> None:
        """Again and again, until the other side hangs up or the test is over."""
        while not self.server.over.wait(pause):
            self.wfile.write(data)

    def wait(self) -> None:
        """Say nothing more until the test is over; the other side may hang up."""
        self.server.over.wait()

    def break_off(self) -> None:
        """Reset the connection instead of closing it."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


class Hostile(ThreadingTCPServer):
    """Answers by path, as ``/`` where the path is unknown; ``asked`` are the lines of each request's head.

    ``greeting`` is sent before anything is asked; ``tls`` is a context to speak TLS with.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: dict[str, Answer], *, greeting: bytes = b"", tls=None):
        self.answers, self.asked, self.connections, self.over = answers, [], 0, threading.Event()
        self.greeting, self._tls = greeting, tls
        super().__init__((LOOPBACK, 0), Asker)
        self.port = self.server_address[1]

    def get_request(self):
        connection, address = super().get_request()
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def give(self, asker: Asker, path: str) -> None:
        given = self.answers.get(path, self.answers.get("/", answer()))
        if callable(given):
            given(asker)
        else:
            asker.send(given)

    def header(self, name: str, request: int = -1) -> str | None:
        """The header ``name`` of that request, None if it had none."""
        for line in self.asked[request][1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None

    def url(self, path: str = "/", host: str = LOOPBACK, scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def handle_error(self, request, client_address):
        """Say nothing: whoever asked has hung up."""


@contextmanager
def hostile(given: dict[str, Answer] | Answer = answer(), **options):  # noqa: B008
    """A server that answers by path, or every path with the one thing ``given``."""
    server = Hostile(given if isinstance(given, dict) else {"/": given}, **options)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def admitting(*servers: Hostile) -> Guard:
    """A guard that lets in these servers on loopback, and besides them only what everybody may ask."""
    return Guard(ports=frozenset({80, 443, *(server.port for server in servers)}), also=(f"{LOOPBACK}/32",))


def strict(*servers: Hostile) -> Guard:
    """A guard as in production, but for the servers' ports: only their address stands against them."""
    return Guard(ports=frozenset({80, 443, *(server.port for server in servers)}))


def refusal(url: str, guard: Guard, limits: Limits = AMPLE) -> FetchFailed:
    """Why ``url`` is not fetched. Nothing of the attempt goes on in the background."""
    with pytest.raises(FetchFailed) as caught:
        fetch(url, now=NOW, guard=guard, limits=limits)
    assert no_fetch_goes_on()
    return caught.value


def no_fetch_goes_on() -> bool:
    """Whether every fetch, also one that was given up, has come to its end."""
    for thread in threading.enumerate():
        if thread.name == "fetch":
            thread.join(60)
            if thread.is_alive():
                return False
    return True


def names(known: dict[str, list[str]]):
    """A resolver that knows these names; each further question takes the next address, and stays with
    the last. The one thing that cannot be had on loopback is a name server that changes its mind."""
    real = socket.getaddrinfo

    def look_up(host, port, *args, **options):
        try:
            ip_address(host)
        except ValueError:
            addresses = known.get(host)
            if not addresses:
                raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
            address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
            return [
                entry
                for one in address.split()
                for entry in real(one, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
            ]
        return real(host, port, *args, **options)

    return look_up
