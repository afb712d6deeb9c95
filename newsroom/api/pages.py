"""A page of a list, made of finished JSON entries, with the way to the next one (RFC 8288)."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom.core.answering import answer_made
from newsroom.core.cursors import cursor_after

JSON = "application/json"


def answer_page(
    request: HttpRequest, entries: list[bytes], *, limit: int, next_key: str | None
) -> HttpResponse:
    """The answer with ``entries``; ``next_key`` is the key of the last one if more follow.

    A cursor names the entry behind which to go on, so that what comes in meanwhile shifts nothing.
    """
    first = _address(request, {"limit": limit})
    following = _address(request, {"limit": limit, "cursor": cursor_after(next_key)}) if next_key else None
    quoted = b'"' + following.encode() + b'"' if following else b"null"
    body = b'{"next":' + quoted + b',"results":[' + b",".join(entries) + b"]}"
    response = answer_made(request, body, content_type=JSON)
    response.headers["Link"] = f'<{first}>; rel="first"' + (
        f', <{following}>; rel="next"' if following else ""
    )
    return response


def _address(request: HttpRequest, query: dict) -> str:
    # The path holds letters, digits and slashes only, and the query is encoded: safe between quotes and in a header.
    origin = settings.NEWSROOM_ORIGIN or f"{request.scheme}://{request.get_host()}"
    return f"{origin}{request.path}?{urlencode(query)}"
