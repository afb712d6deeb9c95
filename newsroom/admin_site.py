"""The desk: unfold's admin with a Content-Security-Policy, a time zone and a language of its own."""

from functools import wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from unfold.sites import UnfoldAdminSite

from newsroom.core.finding import LONGEST_ASKED

# Unfold's Alpine evaluates strings and sets style attributes. Inline script stays forbidden; there is no
# nonce in style-src, since one would switch 'unsafe-inline' off.
DESK_POLICY = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    # Unfold opens "add a source" and its like in a frame of the page itself.
    "frame-ancestors": [CSP.SELF],
}


# Pages of no one model: (address, view, name), hung in by the apps above.
_PAGES: list[tuple] = []


def standing_page(address: str, name: str):
    """Hang a view in at ``address`` of the desk; it asks the access table itself."""

    def hung(view):
        _PAGES.append((address, view, name))
        return view

    return hung


class DeskSite(UnfoldAdminSite):
    """The one admin site, ``django.contrib.admin.site``."""

    def admin_view(self, view, cacheable=False):
        return csp_override(DESK_POLICY)(as_the_desk_sees_it(super().admin_view(view, cacheable)))

    def get_urls(self):
        # Django's "view on site" by row number would tell anybody who signs in the address of every draft.
        own = [path(address, self.admin_view(view), name=name) for address, view, name in _PAGES]
        return [*own, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def search(self, request, extra_context=None):
        """The palette (Ctrl+K): pages by their names, and what the desk has. Unfold's own keeps answers for minutes,
        of records that may be gone or closed to somebody by then."""
        typed = request.GET.get("s", "").replace("\x00", "")[:LONGEST_ASKED].strip()
        if not typed:
            return HttpResponse()
        results = self._search_apps(AdminSite.get_app_list(self, request), typed.lower())
        results += self._get_value(self._get_config("COMMAND", request)["search_callback"], request, typed)
        page = Paginator(results, len(results) or 1).page(1)
        context = {"search_term": typed, "results": page, "page_obj": page.paginator, "page_counter": 0}
        return TemplateResponse(request, "unfold/helpers/command_results.html", context)

    def login(self, request, extra_context=None):
        """To the one place where people sign in (newsroom.accounts.urls); who may not be here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
        return HttpResponseRedirect(reverse("account_login", query={REDIRECT_FIELD_NAME: wanted}))

    def logout(self, request, extra_context=None):
        if request.method != "POST":
            return redirect("account_logout")
        logout(request)
        return redirect("account_login")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


def as_the_desk_sees_it(view):
    """Show and read times in the newsroom's time zone, and speak the language the browser asks for.

    The answer is rendered here, not later by the handler, since both hold only inside.
    """

    @wraps(view)
    def inner(request, *args, **kwargs):
        language = translation.get_language_from_request(request)
        with timezone.override(ZoneInfo(settings.NEWSROOM_TIME_ZONE)), translation.override(language):
            response = view(request, *args, **kwargs)
            if getattr(response, "is_rendered", True) is False:
                response.render()
        return response

    return inner


class DeskAdminConfig(AdminConfig):
    """``django.contrib.admin`` with :class:`DeskSite` as ``admin.site``."""

    default_site = "newsroom.admin_site.DeskSite"
