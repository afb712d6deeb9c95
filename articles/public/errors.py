"""What Django answers itself when no view does: pages for people, problems under the API."""

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language_from_request

from articles.rendering.pages import page_html
from newsroom.api.problems import concerns, problem
from newsroom.core.answering import NO_LIFETIME, with_keys

HTML = "text/html; charset=utf-8"
DESK = "/admin/"


def bad_request(request, exception=None):
    """A request that cannot be read: a strange host, too many parameters."""
    if concerns(request):
        return problem(request, 400, "bad_request", "The request cannot be read.")
    return _page(request, "400.html", 400)


def forbidden(request, exception=None):
    """Somebody who is signed in, and whose roles do not open this page."""
    return _page(request, "403.html", 403)


def form_expired(request, reason=""):
    """A form without the token it was given: it was open too long, or somebody signed in anew meanwhile."""
    return _page(request, "403.html", 403, form=True)


def not_found(request, exception=None):
    """No such address, or nothing public at it: which of the two, nobody is told."""
    if concerns(request):
        return problem(request, 404, "not_found", "There is nothing public at this address.")
    return with_keys(_page(request, "404.html", 404), getattr(exception, "keys", ()))


def server_error(request):
    """Our fault: a page that needs neither database nor static files."""
    if concerns(request):
        return problem(request, 500, "server_error", "Something went wrong on our side.")
    return HttpResponse(get_template("500.html").render(), status=500, content_type=HTML)


def _page(request, template: str, status: int, **context) -> HttpResponse:
    """A page in the language that the browser asks for: nobody knows which the reader had been reading. From the desk
    it leads back there."""
    context["at_desk"] = request.path.startswith(DESK)
    return HttpResponse(
        page_html(template, get_language_from_request(request), **context),
        status=status,
        content_type=HTML,
        # Made anew: a page that is not there may be there in a second. No Vary: kept in bad times, it must take the
        # place of whatever was there, in whichever language (deploy/varnish.vcl).
        headers={"Cache-Control": NO_LIFETIME},
    )
