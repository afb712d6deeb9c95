"""What developers read of the API as pages: every kind of problem, by the address that is its type."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.public.fronts import Page, answer_finished, finished
from articles.public.spoken import spoken
from articles.rendering.pages import address, also_in, in_language, page_html, spoken_path, template_release
from newsroom.api.problem_types import PROBLEM_TYPES
from newsroom.core.answering import NotThere


@require_safe
@spoken
def problems(request):
    """Every kind of problem, by status. Nothing of it is asked of the database."""
    return answer_finished(request, _problems(get_language(), template_release()))


@require_safe
@spoken
def problem(request, code: str):
    """One kind of problem: what happened, and what helps. Raises NotThere for a code that we do not use."""
    if code not in PROBLEM_TYPES:
        raise NotThere
    return answer_finished(request, _problem(code, get_language(), template_release()))


@lru_cache(maxsize=8)
def _problems(language: str, release: str) -> Page:
    kinds = [
        {
            "code": code,
            "status": kind.status,
            "title": _(kind.title),
            "address": spoken_path("problem", code),
        }
        for code, kind in PROBLEM_TYPES.items()
    ]
    title = _("What can go wrong")
    return _page("articles/problems.html", reverse("problems"), language, title=title, kinds=kinds)


@lru_cache(maxsize=256)
def _problem(code: str, language: str, release: str) -> Page:
    kind = PROBLEM_TYPES[code]
    return _page(
        "articles/problem.html",
        reverse("problem", args=[code]),
        language,
        code=code,
        status=kind.status,
        title=_(kind.title),
        meaning=_(kind.meaning),
        remedy=_(kind.remedy),
        every=spoken_path("problems"),
    )


def _page(template: str, path: str, language: str, **context) -> Page:
    context |= {"canonical": address(in_language(path, language)), "also_in": also_in(path, language)}
    return finished(page_html(template, language, **context).encode())
