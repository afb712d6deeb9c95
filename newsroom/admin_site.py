"""The desk: unfold's admin with a Content-Security-Policy, a time zone and a language of its own."""

from functools import wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from unfold.sites import UnfoldAdminSite

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


class DeskSite(UnfoldAdminSite):
    """The one admin site, ``django.contrib.admin.site``."""

    def admin_view(self, view, cacheable=False):
        return csp_override(DESK_POLICY)(_as_the_desk_sees_it(super().admin_view(view, cacheable)))

    def get_urls(self):
        # Django's "view on site" by row number would tell anybody who signs in the address of every draft.
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def login(self, request, extra_context=None):
        return csp_override(DESK_POLICY)(_as_the_desk_sees_it(super().login))(request, extra_context)


def _as_the_desk_sees_it(view):
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
