"""Answer whoever has a link: the draft, or for every reason not to open it the same page."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import sharing
from articles.rendering.pages import page_html

HTML = "text/html; charset=utf-8"
# Kept by nobody, found by nobody, told to nobody: the address is the secret.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
LONGEST_TOKEN = 100


@require_safe
def shared(request, token: str):
    """The draft that the link with this token opens; 404 for unknown, expired and revoked alike."""
    opened = sharing.open_link(token, now=timezone.now()) if len(token) <= LONGEST_TOKEN else None
    if opened is None:
        return _answer(page_html("articles/shared_gone.html", settings.LANGUAGE_CODE), 404)
    return _answer(opened.html, 200)


def _answer(html: str, status: int) -> HttpResponse:
    return HttpResponse(html, status=status, content_type=HTML, headers=HEADERS)
