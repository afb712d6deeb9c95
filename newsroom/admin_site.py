"""The desk: unfold's admin with a Content-Security-Policy of its own."""

from django.contrib.admin.apps import AdminConfig
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
    "frame-ancestors": [CSP.NONE],
}


class DeskSite(UnfoldAdminSite):
    """The one admin site, ``django.contrib.admin.site``."""

    def admin_view(self, view, cacheable=False):
        return csp_override(DESK_POLICY)(super().admin_view(view, cacheable))

    def login(self, request, extra_context=None):
        return csp_override(DESK_POLICY)(super().login)(request, extra_context)


class DeskAdminConfig(AdminConfig):
    """``django.contrib.admin`` with :class:`DeskSite` as ``admin.site``."""

    default_site = "newsroom.admin_site.DeskSite"
