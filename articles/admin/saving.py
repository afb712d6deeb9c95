"""How the story's page saves by itself: it sends the form, tells that it is still open, and lets go when it is left.

The page is the ordinary form; without its script nothing is lost but the saving by itself.
"""

from django.db import transaction
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import draft_locks, drafting
from articles.access import raise_if_may_not
from articles.admin.article_form import RESTS_ON
from articles.models import Article, DraftLock
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID

# What a page saves by itself; byline and treaties wait for a person to press "Save".
FIELDS = ("headline", "standfirst", "body", *RESTS_ON, "slug", "language", "section", "tags")


def saving_urls(model_admin):
    site = model_admin.admin_site

    def door(view):
        @require_POST
        def opened(request, pk=None):
            try:
                return view(model_admin, request, _article(request.user, pk))
            except DomainError as refusal:
                return _refused(refusal)

        return site.admin_view(opened)

    return [
        path("autosave/", door(_save), name="articles_article_autosave_new"),
        path("<int:pk>/autosave/", door(_save), name="articles_article_autosave"),
        path("<int:pk>/hold/", door(_hold), name="articles_article_hold"),
        path("<int:pk>/let-go/", door(_let_go), name="articles_article_let_go"),
    ]


def saving_context(article: Article | None, page: str, *, bound: bool) -> dict:
    """What ``static/desk/saving.js`` needs to know of the page ``page``, and every word it shows.

    ``bound`` says that the form shows again what was typed and refused.
    """
    return {
        "page": page,
        "bound": bound,
        "addresses": _addresses(article) if article else {"autosave": reverse(_name("autosave_new"))},
        "at": _clock(article.saved_at) if article else "",
        "texts": {
            "saved": _("Saved %s"),
            "empty": _("Nothing to save yet"),
            "unsaved": _("Not saved yet"),
            "saving": _("Saving…"),
            "refused": _("Not saved: %s"),
            "stale": _("Not saved: another version exists. What you typed stays in the form."),
            "offline": _("Not saved: the desk cannot be reached. The page tries again by itself."),
            "signed_out": _(
                "Not saved: you are signed out. Sign in in another tab; the page goes on by itself."
            ),
            "failed": _("the desk answered %s"),
            "others": _("Byline and treaties are saved with “Save”."),
        },
    }


def _save(model_admin, request, article):
    now, page, person = timezone.now(), _page(request), request.user
    if article is None:
        raise_if_may_not(person, "create")
        # The answer to a first save may have been lost on the way: the page that asks again means the same article.
        article = _made_by(page, person)
    kind = model_admin.get_form(request, article, change=bool(article), fields=FIELDS)
    form = kind(request.POST, instance=article)
    # Whether it is based on an older version is for the act to say.
    form.asks_version = False
    if not form.is_valid():
        message = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"code": form.error_codes, "message": message}, status=400)
    with transaction.atomic():
        if article is None:
            article, status = drafting.create_article(by=person, now=now, **form.draft()), 201
        else:
            article, status = _save_draft(request, article, form, now), 200
        draft_locks.hold(article, by=person, now=now, page=page)
    return JsonResponse(
        {
            "version": article.version,
            "at": _clock(article.saved_at),
            "stage": article.get_stage_display(),
            "addresses": _addresses(article),
        },
        status=status,
    )


def _save_draft(request, article: Article, form, now) -> Article:
    # A page that does not know yet which article was made of it knows no version either.
    knows = "pk" in request.resolver_match.kwargs
    version = form.based_on if knows else article.version
    return drafting.save_draft(
        article, by=request.user, now=now, version=version, unattended=True, **form.draft()
    )


def _hold(model_admin, request, article):
    draft_locks.hold(article, by=request.user, now=timezone.now(), page=_page(request))
    return JsonResponse({"version": article.version})


def _let_go(model_admin, request, article):
    draft_locks.let_go(article, by=request.user, page=_page(request))
    return JsonResponse({})


def _article(user, pk) -> Article | None:
    if pk is None:
        return None
    article = Article.objects.visible_to(user).filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise Http404
    return article


def _made_by(page: str, person) -> Article | None:
    lock = DraftLock.objects.filter(page=page, holder=person).select_related("article").first()
    return lock.article if lock else None


def _page(request) -> str:
    """The page that asks, by the random name it was given; raises DomainError ``page_unknown``."""
    page = request.POST.get("page", "")
    if not PUBLIC_ID.fullmatch(page):
        raise DomainError("page_unknown", "This page was not made here: load it again.", "page")
    return page


def _refused(refusal: DomainError) -> JsonResponse:
    status = 403 if refusal.code == "not_allowed" else 409
    return JsonResponse({"code": refusal.code, "message": refusal.message}, status=status)


def _addresses(article: Article) -> dict[str, str]:
    names = {"change": "change", "autosave": "autosave", "hold": "hold", "letGo": "let_go"}
    return {key: reverse(_name(name), args=[article.pk]) for key, name in names.items()}


def _name(page: str) -> str:
    return f"admin:articles_article_{page}"


def _clock(at) -> str:
    return date_format(timezone.localtime(at), "H:i")
