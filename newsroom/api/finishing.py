"""What every answer under /api/ carries, whoever made it: to whom it may be handed on, its digest, a signature."""

import base64
import hashlib
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newsroom.api.deprecations import tell_if_deprecated
from newsroom.api.problems import concerns, problem
from newsroom.api.signing import sign
from newsroom.core.answering import KEYS
from newsroom.core.kept_made import KeptByDigest

# By these headers of a request answers differ. A cache that shares answers must not give those of a key to others.
VARY = "Accept, Accept-Encoding, Accept-Signature, Authorization"
# What was read with a key is nobody else's, and is asked for anew each time.
PRIVATE = "private, max-age=0, must-revalidate"
NEVER_KEPT = "no-store"
# Longer than any request of ours needs to be; what stands before us may allow less.
LONGEST_ADDRESS = 8_000
PREFLIGHT_SECONDS = 86_400
# Of some ten thousand answers.
_DIGESTS: KeptByDigest[str] = KeptByDigest(most_bytes=2**19)

_ASKED_WITH = "Accept, Accept-Signature, Authorization, Content-Type, If-Modified-Since, If-None-Match"
# What scripts of other origins may read besides the few headers that they always may.
_TOLD = (
    "Content-Digest, Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, "
    "Signature, Signature-Input, Sunset, WWW-Authenticate"
)


class FinishingMiddleware:
    """Steps aside for every address outside the API."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not concerns(request):
            return self.get_response(request)
        if len(request.path) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            response = problem(request, 414, "address_too_long", "The address is too long.")
        else:
            response = self.get_response(request)
        return finished(request, response)


def finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response`` with the headers that all answers of the API have."""
    headers = response.headers
    headers["Vary"] = VARY
    # Reading takes no cookie: any origin may, and the answer is the same for each, so that caches need not tell them
    # apart.
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _TOLD
    if request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META:
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = _ASKED_WITH
        headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    tell_if_deprecated(request, response)
    asked_to_sign = request.META.get("HTTP_ACCEPT_SIGNATURE")
    if "HTTP_AUTHORIZATION" in request.META or asked_to_sign:
        if NEVER_KEPT not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = PRIVATE
        headers.pop(KEYS, None)
    if response.content:
        # What HEAD is asked for is not sent: its digest is that of what GET would send (RFC 9530, B.2).
        name = "Repr-Digest" if request.method == "HEAD" else "Content-Digest"
        headers[name] = _digest_of_what_is_known(headers.get("ETag"), response.content)
    if asked_to_sign:
        sign(request, response, asked_to_sign, now=timezone.now())
    return response


def _digest_of_what_is_known(etag: str | None, content: bytes) -> str:
    """The digest of ``content``, worked out once for what has a tag: a checksum takes a tenth of the time, and tells
    apart what was compressed in two ways."""
    if etag is None:
        return digest_of(content)
    return _DIGESTS.get((etag, len(content), crc32(content)), lambda: digest_of(content))


def digest_of(content: bytes) -> str:
    """``content``'s SHA-256 as a header has it (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"
