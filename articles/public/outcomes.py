"""What became of readers' challenges, for everybody."""

from dataclasses import asdict
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles import challenged
from articles.challenged import Told
from articles.public.fronts import ENTRIES, Page, answer_page, finished, place_in
from articles.public.spoken import spoken
from articles.rendering.dates import day_of
from articles.rendering.pages import address, also_in, in_language, page_html, template_release
from articles.rules.challenges import Doubt, Outcome
from newsroom.core.cursors import cursor_after


@require_safe
@spoken
def outcomes(request):
    """Every outcome that two people let out and that can still be read, newest first; ``?before=`` goes on where a
    page ended. One query.
    """
    before = place_in(request)
    told = challenged.outcomes(now=timezone.now(), before=before, limit=ENTRIES + 1)
    shown = tuple(told[:ENTRIES])
    page = _made(shown, before is not None, len(told) > ENTRIES, get_language(), template_release())
    return answer_page(request, page)


@lru_cache(maxsize=64)
def _made(told: tuple[Told, ...], later: bool, more: bool, language: str, release: str) -> Page:
    """The same entries are the same page, as in :mod:`articles.public.fronts`."""
    path = reverse("challenges")
    with translation.override(language):
        entries = [_entry(one, language) for one in told]
    html = page_html(
        "articles/challenges.html",
        language,
        entries=entries,
        later=later,
        next=in_language(f"{path}?before={cursor_after(told[-1].list_key)}", language) if more else "",
        here=in_language(path, language),
        also_in=also_in(path, language),
        canonical=address(path),
    )
    return finished(html.encode())


def _entry(told: Told, language: str) -> dict:
    corrected = told.corrected_in and reverse("edition", args=[told.slug, told.corrected_in])
    return asdict(told) | {
        "outcome": capfirst(Outcome(told.outcome).label),
        "doubt": Doubt(told.doubt).label,
        "asked": day_of(told.asked_at),
        "answered": day_of(told.answered_at),
        "foreign": told.language if told.language != language else "",
        "edition": f"{reverse('edition', args=[told.slug, told.number])}#s-{told.key}",
        "corrected": f"{corrected}#s-{told.key}" if corrected else "",
    }
