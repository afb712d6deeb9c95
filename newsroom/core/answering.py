"""Answer a reader's or partner's request with finished bytes: 304, compression, lifetimes (design, rule 7)."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime

import zstandard
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe

from newsroom.core.kept_made import KeptByDigest

# Browsers keep an answer for a minute; what stands between them and us for two seconds, so that a release holds to
# the second without any job having run. Fixed: never computed from an embargo.
LIFETIME = "public, max-age=60, s-maxage=2"
# A page that is not there may be there in a second.
NO_LIFETIME = "no-cache"

ETAG_LENGTH = 32
KEYS = "Surrogate-Key"
# Nothing of ours has a longer one: a longer name was made up by whoever asks.
LONGEST_KEY = 100

# The codings we have, the one that is stored first: of those a client likes equally well it gets the first.
PLAIN, GZIP, ZSTD = "", "gzip", "zstd"
_SUFFIXES = {PLAIN: "", GZIP: "-gz", ZSTD: "-zst"}
_WEIGHT = re.compile(r"\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
# Kept by the tag of what is in them: what a withdrawn text was compressed to is found by nobody who lacks the text.
_COMPRESSED = KeptByDigest(most_bytes=16 * 2**20)
_ZSTD_LEVEL = 6


def as_json(value) -> bytes:
    """``value`` as compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def etag_of(body: bytes) -> str:
    """The entity tag of finished bytes, without quotes: 128 bits of their SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()[:ETAG_LENGTH]


def compress(body: bytes) -> bytes:
    """``body`` gzipped, the same bytes for the same bytes."""
    return gzip.compress(body, compresslevel=6, mtime=0)


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the client takes gzip (RFC 9110, 12.5.3); a wildcard alone is answered uncompressed."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return GZIP in accepted and _weights(accepted).get(GZIP, 0) > 0


def coding_for(request: HttpRequest) -> str:
    """GZIP, ZSTD or PLAIN: what the client likes best of what it takes, gzip where it does not mind."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if ZSTD not in accepted:
        return GZIP if accepts_gzip(request) else PLAIN
    weights = _weights(accepted)
    best = max((GZIP, ZSTD), key=lambda coding: weights.get(coding, 0))
    return best if weights.get(best, 0) > 0 else PLAIN


def encoded(body: bytes, coding: str, *, etag: str) -> bytes:
    """``body``, whose tag is ``etag``, in ``coding``; what was made lately is not made again."""
    if coding == ZSTD:
        return _COMPRESSED.get((etag, ZSTD), lambda: packed(body, ZSTD))
    return packed(body, coding)


def packed(body: bytes, coding: str) -> bytes:
    """``body`` in ``coding``."""
    if coding == ZSTD:
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    return compress(body) if coding == GZIP else body


def _weights(accepted: str) -> dict[str, float]:
    """How much each coding is liked, by the header; what is malformed counts as liked."""
    found = {}
    for entry in accepted.split(","):
        coding, _, weight = entry.partition(";")
        matched = _WEIGHT.fullmatch(weight)
        found[coding.strip()] = float(matched[1]) if matched else 1.0
    return found


class NotThere(Http404):
    """Nothing public at an address; ``keys`` are the surrogate keys of whatever may come to stand there."""

    def __init__(self, *keys: str):
        super().__init__()
        self.keys = keys


def with_keys(response: HttpResponse, keys: Iterable[str]) -> HttpResponse:
    """``response``, known to caches by these surrogate keys (none: no header)."""
    if named := " ".join(key for key in keys if len(key) <= LONGEST_KEY):
        response.headers[KEYS] = named
    return response


def answer(
    request: HttpRequest,
    body: bytes,
    *,
    etag: str,
    content_type: str,
    gzipped: bool,
    status: int = 200,
    keys: Iterable[str] = (),
    modified: datetime | None = None,
) -> HttpResponse:
    """As :func:`answer_encoded`, for bytes that are stored plain and ``gzipped``."""
    coding = GZIP if gzipped else PLAIN
    return answer_encoded(
        request,
        body,
        coding,
        etag=etag,
        content_type=content_type,
        status=status,
        keys=keys,
        modified=modified,
    )


def answer_encoded(
    request: HttpRequest,
    body: bytes,
    coding: str,
    *,
    etag: str,
    content_type: str,
    status: int = 200,
    keys: Iterable[str] = (),
    modified: datetime | None = None,
) -> HttpResponse:
    """``body``, which is in ``coding``, or 304 when the client has it already.

    ``etag`` is that of the uncompressed bytes; the compressed ones are another representation with a tag of their
    own, all strong. Only a 200 turns into a 304. ``keys`` are the surrogate keys by which an act purges the answer.
    ``modified`` is since when it is as it is, where that is known.
    """
    tag = f'"{etag}{_SUFFIXES[coding]}"'
    response: HttpResponse
    if status == 200 and _has_it(request, tag, modified):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=content_type, status=status)
        if coding:
            response.headers["Content-Encoding"] = coding
    headers = response.headers
    headers["ETag"] = tag
    if modified is not None:
        headers["Last-Modified"] = http_date(modified.timestamp())
    headers["Cache-Control"] = LIFETIME
    headers["Vary"] = "Accept-Encoding"
    return with_keys(response, keys)


def answer_file(
    request: HttpRequest,
    read: Callable[[], bytes | None],
    *,
    etag: str,
    content_type: str,
    keys: Iterable[str] = (),
) -> HttpResponse | None:
    """What ``read`` gives, as it is; None if it is gone. A client that has it already gets 304, and nothing is read."""
    tag = f'"{etag}"'
    response: HttpResponse = HttpResponseNotModified()
    if not _has_it(request, tag):
        if (body := read()) is None:
            return None
        response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, keys)


def answer_made(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str,
    status: int = 200,
    keys: Iterable[str] = (),
    modified: datetime | None = None,
) -> HttpResponse:
    """As :func:`answer_encoded`, for uncompressed bytes made for this request."""
    coding, etag = coding_for(request), etag_of(body)
    return answer_encoded(
        request,
        encoded(body, coding, etag=etag),
        coding,
        etag=etag,
        content_type=content_type,
        status=status,
        keys=keys,
        modified=modified,
    )


def moved_for_good(place: str, keys: Iterable[str]) -> HttpResponse:
    """The way (301) to ``place``, a path of ours, where a record went that was merged into another."""
    response = HttpResponse(status=301)
    response.headers["Location"] = place
    # What stands for it now may be merged itself one day: not even a redirect is kept for ever.
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, keys)


def _has_it(request: HttpRequest, tag: str, modified: datetime | None = None) -> bool:
    """By If-None-Match; only where there is none by If-Modified-Since (RFC 9110, 13.2.2)."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        return _matches(asked, tag)
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or modified is None:
        return False
    known = parse_http_date_safe(since)
    # The very moment and no later one: what is put back is as it was before, and told by an earlier one.
    return known is not None and int(modified.timestamp()) == known


def _matches(asked: str, tag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): compared weakly; ``*`` matches whatever exists."""
    return asked.strip() == "*" or any(part.strip().removeprefix("W/") == tag for part in asked.split(","))
