"""Answer a reader's or partner's request with finished bytes: 304, compression, lifetimes (design, rule 7)."""

import gzip
import hashlib
import json
import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

# Browsers keep an answer for a minute; what stands between them and us for two seconds, so that a release holds to
# the second without any job having run. Fixed: never computed from an embargo.
LIFETIME = "public, max-age=60, s-maxage=2"
# A page that is not there may be there in a second.
NO_LIFETIME = "no-cache"

ETAG_LENGTH = 32

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


def answer(
    request: HttpRequest, body: bytes, *, etag: str, content_type: str, gzipped: bool, status: int = 200
) -> HttpResponse:
    """``body`` (compressed if ``gzipped``), or 304 when the client has it already.

    ``etag`` is that of the uncompressed bytes; the compressed ones are another representation with a tag of their
    own, both strong. Only a 200 turns into a 304.
    """
    tag = f'"{etag}-gz"' if gzipped else f'"{etag}"'
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    response: HttpResponse
    if asked is not None and status == 200 and _matches(asked, tag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=content_type, status=status)
        if gzipped:
            response.headers["Content-Encoding"] = "gzip"
    headers = response.headers
    headers["ETag"] = tag
    headers["Cache-Control"] = LIFETIME
    headers["Vary"] = "Accept-Encoding"
    return response


def answer_made(request: HttpRequest, body: bytes, *, content_type: str) -> HttpResponse:
    """As :func:`answer`, for uncompressed bytes made for this request."""
    gzipped = accepts_gzip(request)
    return answer(
        request,
        compress(body) if gzipped else body,
        etag=etag_of(body),
        content_type=content_type,
        gzipped=gzipped,
    )


def _matches(asked: str, tag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): compared weakly; ``*`` matches whatever exists."""
    return asked.strip() == "*" or any(part.strip().removeprefix("W/") == tag for part in asked.split(","))
