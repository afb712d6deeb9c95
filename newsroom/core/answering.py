"""Answer a reader's or partner's request with finished bytes: 304, compression, lifetimes (design, rule 7)."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

# Browsers keep an answer for a minute; what stands between them and us for two seconds, so that a release holds to
# the second without any job having run. Fixed: never computed from an embargo.
LIFETIME = "public, max-age=60, s-maxage=2"
# A page that is not there may be there in a second.
NO_LIFETIME = "no-cache"

ETAG_LENGTH = 32
KEYS = "Surrogate-Key"
# Nothing of ours has a longer one: a longer name was made up by whoever asks.
LONGEST_KEY = 100

_REFUSED = re.compile(r"\s*q=0(\.0*)?\s*", re.IGNORECASE)


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
    if "gzip" not in accepted:
        return False
    for entry in accepted.split(","):
        coding, _, weight = entry.partition(";")
        if coding.strip() == "gzip":
            return not _REFUSED.fullmatch(weight)
    return False


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
) -> HttpResponse:
    """``body`` (compressed if ``gzipped``), or 304 when the client has it already.

    ``etag`` is that of the uncompressed bytes; the compressed ones are another representation with a tag of their
    own, both strong. Only a 200 turns into a 304. ``keys`` are the surrogate keys by which an act purges the answer.
    """
    tag = f'"{etag}-gz"' if gzipped else f'"{etag}"'
    response: HttpResponse
    if status == 200 and _has_it(request, tag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=content_type, status=status)
        if gzipped:
            response.headers["Content-Encoding"] = "gzip"
    headers = response.headers
    headers["ETag"] = tag
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
    request: HttpRequest, body: bytes, *, content_type: str, status: int = 200, keys: Iterable[str] = ()
) -> HttpResponse:
    """As :func:`answer`, for uncompressed bytes made for this request."""
    gzipped = accepts_gzip(request)
    return answer(
        request,
        compress(body) if gzipped else body,
        etag=etag_of(body),
        content_type=content_type,
        gzipped=gzipped,
        status=status,
        keys=keys,
    )


def moved_for_good(place: str, keys: Iterable[str]) -> HttpResponse:
    """The way (301) to ``place``, a path of ours, where a record went that was merged into another."""
    response = HttpResponse(status=301)
    response.headers["Location"] = place
    # What stands for it now may be merged itself one day: not even a redirect is kept for ever.
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, keys)


def _has_it(request: HttpRequest, tag: str) -> bool:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    return asked is not None and _matches(asked, tag)


def _matches(asked: str, tag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): compared weakly; ``*`` matches whatever exists."""
    return asked.strip() == "*" or any(part.strip().removeprefix("W/") == tag for part in asked.split(","))
