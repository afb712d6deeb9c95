"""Doors outside the API that are knocked at by machines: counted by address, together with what they ask of the API."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils import timezone

from newsroom.partners.counting import take
from newsroom.partners.throttling import budget_of_address, told, too_much

REFUSED = "You have asked for too much; Retry-After says when there is more.\n"


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view``, but 429 with when to come back for an address that has asked for too much. One query at most for it."""

    @wraps(view)
    def counted(request, *args, **kwargs):
        budget = budget_of_address(request)
        if not budget.rate:
            return view(request, *args, **kwargs)
        standing = take(budget, 1, now=timezone.now())
        if standing.broken:
            response = HttpResponse(REFUSED, status=429, content_type="text/plain; charset=utf-8")
            more = {"Access-Control-Allow-Origin": "*", **too_much(standing).headers}
        else:
            response, more = view(request, *args, **kwargs), {}
        for name, value in (more | told(standing)).items():
            response.headers[name] = value
        return response

    return counted
