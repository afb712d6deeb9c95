"""Every error of the API as a problem (RFC 9457), whoever found it: a view, DRF, or Django before either."""

import logging
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from rest_framework.exceptions import APIException

from newsroom.api.problem_types import PROBLEM_TYPES
from newsroom.core.answering import NO_LIFETIME, with_keys
from newsroom.core.errors import DomainError
from newsroom.core.own_address import own_origin

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
UNDER = "/api/"
# Whoever could not be answered comes back when a database may have started again.
RETRY_SECONDS = 5


def problem(request: HttpRequest, status: int, code: str, detail: str, **more) -> HttpResponse:
    """The answer with ``status``; ``code`` is one of :data:`PROBLEM_TYPES`, ``detail`` one line for a person.

    A code that the table lacks is told all the same, with no page that explains it (``about:blank``).
    """
    known = PROBLEM_TYPES.get(code)
    body = {
        "type": _origin(request) + problem_path(code) if known else "about:blank",
        "title": known.title if known else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        **more,
    }
    return JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": NO_LIFETIME},
        json_dumps_params={"ensure_ascii": False},
    )


def problem_path(code: str) -> str:
    """Where the page stands that explains problems with this code."""
    return reverse("problem", args=[code])


def concerns(request: HttpRequest) -> bool:
    """Whether ``request`` came to the API, so that its errors are problems and not pages."""
    return request.path.startswith(UNDER)


def answer_exception(error: Exception, context: dict) -> HttpResponse | None:
    """DRF's exception handler: None for what is our own fault, which then is a 500."""
    request = context["request"]
    match error:
        case DomainError():
            known = PROBLEM_TYPES.get(error.code)
            status = known.status if known else 400
            return problem(request, status, error.code, error.message, errors=_errors(error))
        case Http404():
            absent = problem(request, 404, "not_found", "There is nothing public at this address.")
            return with_keys(absent, getattr(error, "keys", ()))
        case PermissionDenied():
            return problem(request, 403, "forbidden", "This is not for you.")
        case APIException():
            return _told_by_drf(request, error)
        case OperationalError():
            return unavailable(request, error)
    return None


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database does not answer: logged, and told without a word of it."""
    logger.error("The database does not answer", exc_info=error)
    answer = problem(request, 503, "unavailable", "We cannot answer just now.")
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _told_by_drf(request: HttpRequest, error: APIException) -> HttpResponse:
    """What DRF refused; whoever raised it may have given it ``more`` members and ``headers``."""
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else str(error.default_code)
    answer = problem(request, error.status_code, code, str(error.detail), **getattr(error, "more", {}))
    if wait := getattr(error, "wait", None):
        answer.headers["Retry-After"] = str(int(wait))
    if asks_for := getattr(error, "auth_header", None):
        answer.headers["WWW-Authenticate"] = asks_for
    for name, value in getattr(error, "headers", {}).items():
        answer.headers[name] = value
    return answer


def _errors(error: DomainError) -> list[dict]:
    if error.place is None:
        return []
    # A place may be named in somebody's own words: half a letter, as JSON can escape it, cannot be sent back.
    place = str(error.place).encode("utf-8", "replace").decode()
    return [{"detail": error.message, "parameter": place}]


def _origin(request: HttpRequest) -> str:
    """Our own, or nothing where the host in the request is none of ours."""
    try:
        return own_origin(request)
    except SuspiciousOperation:
        return ""
