"""Doors of the desk that scripts knock at: a JSON object of texts in, JSON out, and every refusal in words.

What comes in is taken from a stranger: bounded in bytes, its texts rid of what no text can hold.
"""

import json
import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from newsroom.core.errors import DomainError

# Of a text that is no story.
LONGEST_TEXT = 20_000
STATUS = {"not_allowed": 403, "not_found": 404, "too_large": 413, "body_too_large": 413, "not_json": 415}
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def json_door(*, limit: int, longest: int = LONGEST_TEXT) -> Callable:
    """A view of ``view(request, asked, …)`` that answers POST alone; what it returns is sent as JSON.

    ``asked`` are the texts of the request by name: at most ``limit`` bytes in all, ``longest`` characters each. A
    DomainError becomes ``{"code": …, "message": …}`` with its status: 400 where the request is unreadable, 403, 404,
    413, 415, and 409 for what an act refuses.
    """

    def wrapped(view):
        @never_cache
        @require_POST
        @wraps(view)
        def inner(request, *args, **kwargs):
            try:
                answer = view(request, _read(request, limit, longest), *args, **kwargs)
            except DomainError as refusal:
                status = 400 if refusal.code == "unreadable" else STATUS.get(refusal.code, 409)
                told = {"code": refusal.code, "message": refusal.message}
                return JsonResponse(told | ({"place": refusal.place} if refusal.place else {}), status=status)
            return answer if isinstance(answer, JsonResponse) else JsonResponse(answer)

        return inner

    return wrapped


def _read(request: HttpRequest, limit: int, longest: int) -> dict[str, str]:
    """Raises DomainError ``not_json``, ``too_large``, ``unreadable``."""
    if request.content_type != "application/json":
        raise DomainError("not_json", "This door takes JSON alone.")
    if len(request.body) > limit:
        raise DomainError("too_large", "This is more than can be read at once.")
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not all(
        isinstance(value, str) and len(value) <= longest for value in asked.values()
    ):
        raise DomainError("unreadable", "A JSON object of texts is expected.")
    return {name: _NO_TEXT.sub("", value).strip() for name, value in asked.items()}
