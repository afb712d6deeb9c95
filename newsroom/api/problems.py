"""Every error of the API as a problem (RFC 9457), whoever found it: a view, DRF, or Django before either."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException

from newsroom.core.answering import NO_LIFETIME, with_keys
from newsroom.core.errors import DomainError

MEDIA_TYPE = "application/problem+json"
UNDER = "/api/"


def problem(request: HttpRequest, status: int, code: str, detail: str, **more) -> HttpResponse:
    """The answer with ``status``; ``code`` is the stable name of what happened, ``detail`` one line for a person.

    The type is ``about:blank``, so the title is the status's own phrase and clients compare ``code``.
    """
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
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


def concerns(request: HttpRequest) -> bool:
    """Whether ``request`` came to the API, so that its errors are problems and not pages."""
    return request.path.startswith(UNDER)


def answer_exception(error: Exception, context: dict) -> HttpResponse | None:
    """DRF's exception handler: None for what is our own fault, which then is a 500."""
    request = context["request"]
    match error:
        case DomainError():
            return problem(request, 400, error.code, error.message, errors=_errors(error))
        case Http404():
            absent = problem(request, 404, "not_found", "There is nothing public at this address.")
            return with_keys(absent, getattr(error, "keys", ()))
        case PermissionDenied():
            return problem(request, 403, "forbidden", "This is not for you.")
        case APIException():
            return problem(request, error.status_code, str(error.default_code), str(error.detail))
    return None


def _errors(error: DomainError) -> list[dict]:
    return [{"detail": error.message, "parameter": error.place}] if error.place is not None else []
