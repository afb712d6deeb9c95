"""What every page for a partner's people shares: who may see it, its policy, language and frame."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.rendering.pages import site, site_pages, static_url
from newsroom.admin_site import as_the_desk_sees_it
from newsroom.partners.models import Partner

TABS = [
    ("keys", "partner-keys", _("API keys")),
    ("webhooks", "partner-webhooks", _("Webhooks")),
    ("usage", "partner-usage", _("Usage")),
    ("terms", "partner-terms", _("Products and terms")),
]


def for_people(view):
    """``view(request, partners, …)`` for whoever is of a partner that is let in; ``partners`` are theirs, by name.

    Whoever is of none is told so (403); who is not signed in goes to the page where one does. Kept by no cache.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @as_the_desk_sees_it
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _private(redirect_to_login(request.get_full_path(), reverse("account_login")))
        partners = list(Partner.objects.filter(people=request.user, is_active=True).order_by("name"))
        if not partners:
            return _private(page(request, "partners/not_here.html", status=403))
        return _private(view(request, partners, *args, **kwargs))

    return inner


def of_partner(view):
    """``view(request, partner, …)`` for the partner whose public id the address names; 404 for one not theirs."""

    @for_people
    @wraps(view)
    def inner(request, partners, partner, **named):
        found = next((mine for mine in partners if mine.public_id == partner), None)
        if found is None:
            raise Http404
        request.partners = partners
        return view(request, found, **named)

    return inner


def page(
    request, template: str, partner: Partner | None = None, *, status: int = 200, **context
) -> HttpResponse:
    """The page of ``template`` in the readers' frame, with the row of the partner's pages over it."""
    language = get_language()
    around = {
        "site": site(),
        "site_pages": site_pages(language),
        "page_language": language,
        "style": static_url("partners.css"),
        "partner": partner,
        "partners": getattr(request, "partners", []),
        "tabs": [(name, reverse(to, args=[partner.public_id]), title) for name, to, title in TABS]
        if partner
        else [],
    }
    return render(request, template, around | context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
