"""What the pages of a person's own account share with the desk: its policy, language, frame and looks."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from newsroom.admin_site import DESK_POLICY, as_the_desk_sees_it

ACCOUNT = "/admin/account/"


def as_a_page_of_the_desk(view):
    """``view`` under the desk's policy, in its time zone and language, kept by no cache."""
    return csp_override(policy())(never_cache(as_the_desk_sees_it(view)))


def policy() -> dict:
    """The desk's policy; the form that leads to single sign-on may lead away."""
    if not settings.NEWSROOM_OIDC_ORIGIN:
        return DESK_POLICY
    return DESK_POLICY | {"form-action": [*DESK_POLICY["form-action"], settings.NEWSROOM_OIDC_ORIGIN]}


def desk_around(request) -> dict:
    """A context processor: what unfold's frame asks for, on the pages of a person's own account only."""
    if not request.path_info.startswith(ACCOUNT) or not hasattr(request, "user"):
        return {}
    around = admin.site.each_context(request)
    return around | {
        "title": _("Your account"),
        "second_factor_is_compulsory": settings.NEWSROOM_SECOND_FACTOR,
    }


@never_cache
def too_many(request, exception=None):
    """429: too many tries within a short time; only pages of people's own accounts count them."""
    return render(request, "account/too_many.html", status=429)


def wrapped(pattern):
    """``pattern``, a path or a list of them under a prefix, with every view in it a page of the desk."""
    for inner in getattr(pattern, "url_patterns", ()):
        wrapped(inner)
    if hasattr(pattern, "callback") and pattern.callback is not None:
        pattern.callback = wraps(pattern.callback)(as_a_page_of_the_desk(pattern.callback))
    return pattern
