"""A page of a list, made of finished JSON entries, with the way to the next one (RFC 8288)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from newsroom.core.answering import answer_made
from newsroom.core.cursors import cursor_after
from newsroom.core.own_address import own_origin

JSON = "application/json"


def answer_page(
    request: HttpRequest,
    entries: list[bytes],
    *,
    limit: int,
    next_key: str | None,
    keys: Iterable[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
    count: tuple[int, bool] | None = None,
) -> HttpResponse:
    """The answer with ``entries``; ``next_key`` is the key of the last one if more follow.

    A cursor names the entry behind which to go on, so that what comes in meanwhile shifts nothing. ``keys`` are the
    surrogate keys of the answer, ``kept`` what else was asked for, which the links go on asking for; ``count`` is how
    many entries there are and whether there may be more, if that was asked.
    """
    first = {"limit": limit, **kept}
    following = {"limit": limit, "cursor": cursor_after(next_key), **kept} if next_key else None
    more = b',"count":%d,"at_least":%s' % (count[0], b"true" if count[1] else b"false") if count else b""
    return _answer(request, entries, first=first, following=following, more=more, keys=keys)


def answer_numbered(
    request: HttpRequest,
    entries: list[bytes],
    *,
    limit: int,
    last: int,
    complete: bool,
    keys: Iterable[str] = (),
    filters: dict[str, str] | None = None,
) -> HttpResponse:
    """As :func:`answer_page`, for entries that have numbers of their own: ``last`` is that of the last one read, told
    as ``last`` so that a reader who has read everything (``complete``) knows behind which to ask for more.
    ``filters`` are the other parameters, which go on with the reader.
    """
    filters = filters or {}
    following = None if complete else {"limit": limit, "after": last, **filters}
    more = b',"last":%d' % last
    return _answer(
        request, entries, first={"limit": limit, **filters}, following=following, more=more, keys=keys
    )


def _answer(
    request: HttpRequest,
    entries: list[bytes],
    *,
    first: dict,
    following: dict | None,
    more: bytes,
    keys: Iterable[str],
) -> HttpResponse:
    following_address = following and _address(request, following)
    quoted = b'"' + following_address.encode() + b'"' if following_address else b"null"
    body = b'{"next":' + quoted + more + b',"results":[' + b",".join(entries) + b"]}"
    response = answer_made(request, body, content_type=JSON, keys=keys)
    response.headers["Link"] = f'<{_address(request, first)}>; rel="first"' + (
        f', <{following_address}>; rel="next"' if following_address else ""
    )
    return response


def _address(request: HttpRequest, query: dict) -> str:
    # The path holds letters, digits and slashes only, and the query is encoded: safe between quotes and in a header.
    return f"{own_origin(request)}{request.path}?{urlencode(query)}"
