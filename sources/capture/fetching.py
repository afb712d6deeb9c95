"""Ask an address for a document, trusting nothing that answers."""

import time
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

import requests
from requests.utils import requote_uri

from newsroom.core.errors import DomainError
from sources.capture.asking import carry_out, host_header, in_time, user_agent
from sources.capture.guard import PUBLIC_WEB, FetchFailed, Guard
from sources.capture.media import media_type_of
from sources.capture.wire import Exchange, Line, on_one_line

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How long all of a fetch may take, redirects included, and how much it may bring.

    ``head_bytes`` is of each answer's headers, ``raw_bytes`` of all bodies together as received, ``body_bytes`` of
    the document once decompressed.
    """

    seconds: float = 30
    redirects: int = 5
    head_bytes: int = 64 * 1024
    raw_bytes: int = 10 * 1024 * 1024
    body_bytes: int = 20 * 1024 * 1024


LIMITS = Limits()


@dataclass(frozen=True)
class Hop:
    """One request and its answer, as they went over the wire; a redirect makes one each.

    ``request_headers`` and ``response_headers`` are (name, value) in the order sent, repeated names apart; ``body`` is
    what the server sent before content decoding but after transfer decoding (so a stored Transfer-Encoding would
    be untrue); ``http_version`` is ``HTTP/1.1`` or ``HTTP/1.0``; ``started_at`` is aware UTC.
    """

    url: str
    status: int
    reason: str
    http_version: str
    request_headers: list[tuple[str, str]]
    response_headers: list[tuple[str, str]]
    body: bytes
    ip: str
    started_at: datetime

    def header(self, name: str) -> list[str]:
        """The values of the answer's header ``name``, in order."""
        return [value for key, value in self.response_headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class Fetched:
    """What an address answered with, after every redirect.

    ``hops`` are in order, the last is the document's own; ``raw`` is the last one's body as received, ``body`` the
    same decoded; ``headers`` are the last one's. ``media_type`` is told by the bytes of ``body``, not by a header.
    """

    requested_url: str
    hops: list[Hop]
    final_url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    raw: bytes
    media_type: str
    captured_at: datetime
    ip: str


def fetch(url: str, *, now: datetime, guard: Guard = PUBLIC_WEB, limits: Limits = LIMITS) -> Fetched:
    """What the http or https address ``url`` answers with, within ``limits`` whatever the server does.

    Every address on the way is put to ``guard``, names by each address they resolve to. No cookies are sent, no
    credentials, nothing of the environment's proxies. Any status is an answer, also an error's. ``now`` is aware UTC,
    the moment the capture begins. Raises :class:`FetchFailed` with the codes listed there.
    """
    return in_time(
        lambda line: _follow(url, line, now=now, guard=guard, limits=limits), seconds=limits.seconds
    )


def _follow(url: str, line: Line, *, now: datetime, guard: Guard, limits: Limits) -> Fetched:
    """Ask ``url`` and whatever it redirects to."""
    began, hops, left, asked = time.monotonic(), [], limits.raw_bytes, guard.admit(url)
    while True:
        started_at = now + timedelta(seconds=time.monotonic() - began)
        hop = _ask(asked, line, guard=guard, limits=limits, raw_bytes=left, started_at=started_at)
        hops.append(hop)
        left -= len(hop.body)
        location = hop.header("Location")
        if hop.status not in REDIRECTS or not location:
            break
        if len(hops) > limits.redirects:
            raise FetchFailed(
                "too_many_redirects", "It redirects more than %(most)s times.", most=limits.redirects
            )
        asked = guard.admit(_target(asked, location[0]))
    body = _decoded(hop, limits.body_bytes)
    return Fetched(
        requested_url=url,
        hops=hops,
        final_url=hop.url,
        status=hop.status,
        headers=hop.response_headers,
        body=body,
        raw=hop.body,
        media_type=_media_type(body, hop.status),
        captured_at=now,
        ip=hop.ip,
    )


def _ask(url: str, line: Line, *, guard: Guard, limits: Limits, raw_bytes: int, started_at: datetime) -> Hop:
    """One request and its whole answer. Raises FetchFailed."""
    exchange = Exchange(line, host_header(url), head_bytes=limits.head_bytes, body_bytes=raw_bytes)
    request = requests.Request("GET", url, headers=_headers()).prepare()
    body = carry_out(
        exchange, request, lambda answer: _read(answer, raw_bytes), guard=guard, seconds=limits.seconds
    )
    answer = exchange.answer
    return Hop(
        url=url,
        status=answer.status,
        reason=on_one_line(answer.reason),
        http_version="HTTP/1.0" if answer.version == 10 else "HTTP/1.1",
        request_headers=exchange.request_headers,
        response_headers=exchange.answer_headers,
        body=body,
        ip=exchange.ip,
        started_at=started_at,
    )


def _headers() -> dict[str, str]:
    return {
        "User-Agent": user_agent("archives the sources it cites"),
        "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, identity",
        "Connection": "close",
    }


def _read(response: requests.Response, limit: int) -> bytes:
    """The body as sent, with chunks put together. Raises FetchFailed ``too_large`` beyond ``limit`` bytes."""
    transfer = response.headers.get("Transfer-Encoding", "chunked").strip().lower()
    if transfer not in ("chunked", "identity"):
        raise FetchFailed("bad_encoding", "The answer is packed for its transfer in an unusual way.")
    announced = response.headers.get("Content-Length", "")
    too_large = FetchFailed(
        "too_large", "The answer is larger than the %(limit)s bytes that are kept.", limit=limit
    )
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
        raise too_large
    pieces, size = [], 0
    while piece := response.raw.read(_PIECE, decode_content=False):
        size += len(piece)
        if size > limit:
            raise too_large
        pieces.append(piece)
    return b"".join(pieces)


def _decoded(hop: Hop, limit: int) -> bytes:
    """The body of ``hop`` without its content coding, which may be gzip or deflate, once."""
    codings = [word for value in hop.header("Content-Encoding") for word in value.lower().split(",")]
    codings = [word.strip() for word in codings if word.strip() not in ("", "identity")]
    if not codings or not hop.body:
        return hop.body
    if codings not in (["gzip"], ["x-gzip"], ["deflate"]):
        raise FetchFailed("bad_encoding", "The answer is compressed in a way that was not asked for.")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, as its first bytes say.
    try:
        body = unpacker.decompress(hop.body, limit + 1)
    except zlib.error as error:
        raise FetchFailed("bad_encoding", "The answer does not decompress.") from error
    if len(body) > limit:
        raise FetchFailed("too_large", "The answer decompresses to more than %(limit)s bytes.", limit=limit)
    if not unpacker.eof or unpacker.unused_data:
        raise FetchFailed("bad_encoding", "The answer is compressed, but not whole or not all of it.")
    return body


def _target(url: str, location: str) -> str:
    """Where ``location``, as http.client reads it, leads from ``url``. Raises FetchFailed ``address_refused``."""
    try:
        # Headers are read as Latin-1; what browsers take a bare letter in an address for is UTF-8.
        return urljoin(url, requote_uri(location.strip(" ").encode("latin-1").decode()))
    except ValueError as error:
        raise FetchFailed("address_refused", "It redirects to what is not an address.") from error


def _media_type(body: bytes, status: int) -> str:
    try:
        return media_type_of(body)
    except DomainError as error:
        raise FetchFailed(error.code, error.message, status=status) from error
