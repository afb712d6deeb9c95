"""What developers read of the API as pages: every kind of problem, by the address that is its type."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.public.fronts import Page, answer_finished, finished
from articles.rendering.pages import address, page_html, template_release
from newsroom.api.problem_types import PROBLEM_TYPES
from newsroom.core.answering import NotThere


@require_safe
def problems(request, language: str = settings.LANGUAGE_CODE):
    """Every kind of problem, by status. Nothing of it is asked of the database."""
    return answer_finished(request, _problems(_known(request, language), template_release()))


@require_safe
def problem(request, code: str, language: str = settings.LANGUAGE_CODE):
    """One kind of problem: what happened, and what helps. Raises NotThere for a code that we do not use."""
    if code not in PROBLEM_TYPES:
        raise NotThere
    return answer_finished(request, _problem(code, _known(request, language), template_release()))


def _known(request, language: str) -> str:
    """``language``, in which such a page has one address only: in the site's own without naming it."""
    named = "language" in request.resolver_match.captured_kwargs
    if language not in dict(settings.LANGUAGES) or (named and language == settings.LANGUAGE_CODE):
        raise NotThere
    return language


@lru_cache(maxsize=8)
def _problems(language: str, release: str) -> Page:
    with translation.override(language):
        kinds = [
            {
                "code": code,
                "status": kind.status,
                "title": _(kind.title),
                "address": _path("problem", language, code),
            }
            for code, kind in PROBLEM_TYPES.items()
        ]
        title = _("What can go wrong")
    return _page("articles/problems.html", language, ("problems",), title=title, kinds=kinds)


@lru_cache(maxsize=256)
def _problem(code: str, language: str, release: str) -> Page:
    kind = PROBLEM_TYPES[code]
    with translation.override(language):
        told = {"title": _(kind.title), "meaning": _(kind.meaning), "remedy": _(kind.remedy)}
    every = _path("problems", language)
    return _page(
        "articles/problem.html",
        language,
        ("problem", code),
        code=code,
        status=kind.status,
        every=every,
        **told,
    )


def _page(template: str, language: str, place: tuple[str, ...], **context) -> Page:
    others = [
        {"code": code, "name": name, "address": address(_path(place[0], code, *place[1:]))}
        for code, name in settings.LANGUAGES
    ]
    canonical = address(_path(place[0], language, *place[1:]))
    return finished(page_html(template, language, canonical=canonical, others=others, **context).encode())


def _path(name: str, language: str, *arguments: str) -> str:
    own = language == settings.LANGUAGE_CODE
    return reverse(name, args=arguments if own else [*arguments, language])
