"""The page "File" of an article: the checker's file of its draft and of each edition, to print and to keep."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import checkers_file
from articles.access import may
from articles.admin.pages import ArticlePage
from articles.models import Article
from articles.rules.kinds import UNLISTED
from newsroom.core.errors import DomainError

# Editions that are listed, the newest first.
EDITIONS = 100
FORMS = {
    "html": ("text/html; charset=utf-8", checkers_file.as_html),
    "pdf": ("application/pdf", checkers_file.as_pdf),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class CheckersPage(ArticlePage):
    name = "checkers"
    title = _("Checker’s file")
    template = "admin/articles/article/checkers.html"

    def context(self, request, article, bound):
        editions = article.editions.select_related("sign_off", "content").defer(
            "sign_off__content", "content__document"
        )
        return {
            "draft": _addresses(article, "draft")
            if may(request.user, "take_checkers_file", article)
            else None,
            "editions": [
                (edition, hasattr(edition, "sign_off"), _addresses(article, str(edition.number)))
                for edition in editions[:EDITIONS]
                if edition.kind not in UNLISTED and hasattr(edition, "content")
            ],
        }


class CheckersFile(ArticlePage):
    """One file: ``which`` is ``draft`` or the number of an edition."""

    name = "checkers_file"
    below = "checkers/<str:which>.<str:form>"

    def view(self, request, pk, which, form):
        article = self.opened(request, pk)
        if form not in FORMS:
            raise Http404
        content_type, printed = FORMS[form]
        name = f"{article.slug}-{which}.{form}"
        return HttpResponse(
            printed(_script(article, which, user=request.user)),
            content_type=content_type,
            headers=HEADERS | {"Content-Disposition": f'inline; filename="{name}"'},
        )


def _script(article: Article, which: str, *, user) -> dict:
    number = int(which) if which.isascii() and which.isdigit() and len(which) < 10 else None
    if number is None and which != "draft":
        raise Http404
    try:
        if number is None:
            return checkers_file.of_draft(article, by=user, now=timezone.now())
        return checkers_file.of_edition(article, number, by=user)
    except DomainError as refused:
        if refused.code in {"not_allowed", "out_of_scope", "sealed"}:
            raise PermissionDenied from refused
        raise Http404 from refused


def _addresses(article: Article, which: str) -> dict[str, str]:
    return {
        form: reverse("admin:articles_article_checkers_file", args=[article.pk, which, form])
        for form in FORMS
    }
