"""What of the API is going away: told in every answer of it, in the description and on a page.

Nothing goes without a year's notice. What its sunset has passed is taken out of here and out of the API.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from newsroom.core.own_address import own_origin

NOTICE = timedelta(days=365)
_CAPTURED = re.compile(r"<(?:\w+:)?(\w+)>")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Deprecated:
    """An operation by its path in the description, or one ``parameter`` of it; ``since`` and ``sunset`` are aware.

    ``instead`` says what to do, one line for a person.
    """

    operation: str
    since: datetime
    sunset: datetime
    instead: str
    parameter: str = ""

    @property
    def anchor(self) -> str:
        return "-".join(_WORD.findall(f"{self.operation} {self.parameter}"))


# Nothing yet.
DEPRECATED: list[Deprecated] = []


def tell_if_deprecated(request: HttpRequest, response: HttpResponse) -> None:
    """Say in ``response`` that what ``request`` used is going away, where it is; of several the first to go."""
    if not DEPRECATED or request.resolver_match is None:
        return
    path = "/" + _CAPTURED.sub(r"{\1}", request.resolver_match.route)
    used = [
        one
        for one in DEPRECATED
        if one.operation == path and (not one.parameter or one.parameter in request.GET)
    ]
    if not used:
        return
    first = min(used, key=lambda one: one.sunset)
    page = f"{own_origin(request)}{reverse('api-deprecations')}#{first.anchor}"
    headers = response.headers
    headers["Deprecation"] = f"@{int(first.since.timestamp())}"
    headers["Sunset"] = http_date(first.sunset.timestamp())
    links = [f'<{page}>; rel="deprecation"; type="text/html"', f'<{page}>; rel="sunset"; type="text/html"']
    headers["Link"] = ", ".join(filter(None, [headers.get("Link", ""), *links]))


def mark_deprecated(paths: dict) -> None:
    """Mark in ``paths``, of the description, what is going away."""
    for one in DEPRECATED:
        for operation in paths.get(one.operation, {}).values():
            marked = [operation] if not one.parameter else operation.get("parameters", [])
            for place in marked:
                if place is operation or place["name"] == one.parameter:
                    place["deprecated"] = True
