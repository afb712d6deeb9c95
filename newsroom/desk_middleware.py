"""Sessions, sign-in, messages and history for the desk and the pages of partners alone.

A reader's request passes none of them: no cookie is read or set, no table asked (performance: the article
page is one query). They are subclasses, so that Django's and the admin's system checks still find what they
look for.
"""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from pghistory.middleware import HistoryMiddleware

from newsroom.accounts.second_factor import must_set_one_up

DESK = "/admin/"
# Where people sign in for: the desk, and the pages that partners keep keys and webhooks on.
SIGNED_IN = (DESK, "/partners/")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SAFE_HERE = ["GET", "HEAD"]


class OnDesk:
    """Mixed in before a middleware: steps aside where nobody signs in."""

    def __call__(self, request):
        if self.concerns(request):
            return super().__call__(request)
        return self.get_response(request)

    def concerns(self, request) -> bool:
        return request.path_info.startswith(SIGNED_IN)


class DeskSessionMiddleware(OnDesk, SessionMiddleware):
    pass


class DeskAuthenticationMiddleware(OnDesk, AuthenticationMiddleware):
    pass


class DeskMessageMiddleware(OnDesk, MessageMiddleware):
    pass


class DeskHistoryMiddleware(OnDesk, HistoryMiddleware):
    pass


class DeskCsrfMiddleware(OnDesk, CsrfViewMiddleware):
    """Outside the desk, too, for whatever changes something: a form there is never unprotected by oversight.

    There nothing is to be changed but by the forms that protect themselves without a cookie (``csrf_exempt``), so that
    what is refused is told as what it is: a method that the address does not have.
    """

    def concerns(self, request) -> bool:
        return super().concerns(request) or request.method not in SAFE

    def process_view(self, request, callback, callback_args, callback_kwargs):
        if not self.concerns(request):
            return None
        refused = super().process_view(request, callback, callback_args, callback_kwargs)
        return HttpResponseNotAllowed(SAFE_HERE) if refused and not super().concerns(request) else refused


class DeskSecondFactorMiddleware:
    """Where a second factor is compulsory, who has none gets no further than to the page that sets one up."""

    # What it takes to set one up, or to leave.
    OPEN = (
        "/admin/account/2fa/",
        "/admin/account/reauthenticate/",
        "/admin/account/logout/",
        "/admin/logout/",
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.concerns(request) and must_set_one_up(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def concerns(self, request) -> bool:
        return (
            settings.NEWSROOM_SECOND_FACTOR
            and request.path_info.startswith(SIGNED_IN)
            and not request.path_info.startswith(self.OPEN)
        )
