"""Answer whoever has a link: the draft, or for every reason not to open it the same page."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import sharing
from articles.rendering.pages import page_html
from newsroom.core.errors import DomainError

HTML = "text/html; charset=utf-8"
# Kept by nobody, found by nobody, told to nobody: the address is the secret.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
LONGEST_TOKEN = 100
# A field that people do not see and that machines fill in.
TRAP = "website"


# No cookie lets anybody in here that a forged form could borrow: who knows the address may write.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, token: str):
    """The draft that the link with this token opens; 404 for unknown, expired and revoked alike, 429 for too often.

    A comment posted to it leads back to it (303), or is shown again with what is wrong with it (400).
    """
    if len(token) > LONGEST_TOKEN:
        return _closed()
    form, status = {"done": "said" in request.GET}, 200
    if request.method == "POST":
        form, status = _said(request, token), 400
        if form is None:
            return _closed()
        if "error" not in form:
            return HttpResponseRedirect(f"{request.path}?said#comment", headers=HEADERS, status=303)
    try:
        opened = sharing.open_link(token, now=timezone.now(), form=form)
    except DomainError as refused:
        answer = _answer(_plain(busy=refused.message), 429)
        answer["Retry-After"] = int(sharing.OPENED_WITHIN.total_seconds())
        return answer
    return _answer(opened.html, status) if opened else _closed()


def _said(request, token: str) -> dict | None:
    """What was typed, with an ``error`` if it was refused; None where there is nothing to comment on."""
    typed = {name: request.POST.get(name, "") for name in ("name", "place", "text")}
    if request.POST.get(TRAP):
        return typed
    try:
        return typed if sharing.comment_by_link(token, now=timezone.now(), **typed) else None
    except DomainError as refused:
        return typed | {"error": refused.message}


def _closed() -> HttpResponse:
    return _answer(_plain(), 404)


def _plain(**context) -> str:
    return page_html("articles/shared_gone.html", settings.LANGUAGE_CODE, **context)


def _answer(html: str, status: int) -> HttpResponse:
    return HttpResponse(html, status=status, content_type=HTML, headers=HEADERS)
