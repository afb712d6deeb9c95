"""Pages of one article beside its form: show, take a form, do its act, come back."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.act_forms import ActForm
from articles.models import Article

TABS = [
    ("change", _("Story")),
    ("evidence", _("Evidence")),
    ("check", _("Check")),
    ("ready", _("Ready?")),
]


def form_at(kind: type[ActForm], article, user, place: str, bound: ActForm | None, /, **initial) -> ActForm:
    """An empty form of ``kind`` for ``place``, or ``bound`` if that is this form, posted and refused."""
    if bound is not None and type(bound) is kind and bound.at_place == place and _same(bound, initial):
        # It keeps what was typed; what it covers is what this page shows.
        bound.initial |= initial | {"version": article.version}
        return bound
    return kind(article=article, user=user, place=place, **initial)


def _same(bound: ActForm, initial: dict) -> bool:
    """Whether what tells two forms of one place apart (a blocker's code, a quotation's start) is the same."""
    return all(
        str(bound.data.get(name, "")) == str(initial[name]) for name in bound.told_apart_by if name in initial
    )


class ArticlePage:
    """One page of one article. ``forms`` are the acts it takes; each asks the access table itself."""

    name = ""
    title = ""
    template = ""
    forms: dict[str, type[ActForm]] = {}
    to_see = "see"

    def __init__(self, model_admin):
        self.model_admin = model_admin

    def url(self):
        site = self.model_admin.admin_site
        return path(
            f"<int:article_id>/{self.name}/", site.admin_view(self.view), name=f"articles_article_{self.name}"
        )

    def view(self, request, article_id):
        if not may(request.user, self.to_see):
            raise PermissionDenied
        try:
            article = Article.objects.get(pk=article_id)
        except Article.DoesNotExist:
            raise Http404 from None
        bound = None
        if request.method == "POST":
            bound = self._bind(request, article)
            if bound.carry_out(by=request.user, now=timezone.now()):
                messages.success(request, bound.done)
                return HttpResponseRedirect(self.after(request, article, bound))
            # The act may have found a newer draft than was read above.
            article.refresh_from_db()
        return TemplateResponse(request, self.template, self._context(request, article, bound))

    def _bind(self, request, article) -> ActForm:
        try:
            kind = self.forms[request.POST.get("act", "")]
        except KeyError:
            raise BadRequest("unknown act") from None
        return kind(request.POST, article=article, user=request.user)

    def _context(self, request, article, bound) -> dict:
        return {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.opts,
            "title": article,
            "original": article,
            "subtitle": None,
            "page_title": self.title,
            "article": article,
            "tabs": tabs(article, self.name),
            "refused": bound,
            **self.context(request, article, bound),
        }

    def context(self, request, article, bound: ActForm | None) -> dict:
        """What the template shows beside the article."""
        return {}

    def after(self, request, article, form: ActForm) -> str:
        """Where to go when the act is done."""
        place = f"#s-{form.at_place}" if form.at_place else ""
        return reverse(f"admin:articles_article_{self.name}", args=[article.pk]) + place


def tabs(article, current: str) -> list[dict]:
    """The pages of one article, for the row of links over each of them."""

    def url(name):
        return reverse(f"admin:articles_article_{name}", args=[article.pk])

    return [{"title": title, "url": url(name), "current": name == current} for name, title in TABS]
