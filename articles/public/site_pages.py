"""What the newsroom says of itself: about us, ethics, how it corrects, how to reach it."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles.body.unmarked import unmarked_html
from articles.models import SitePage
from articles.public.fronts import Page, answer_finished, finished
from articles.purging import site_page_key
from articles.rendering.dates import day_of
from articles.rendering.pages import address, page_html, site_page_path, template_release
from articles.rules.languages import Language
from articles.rules.site_pages import Subject
from newsroom.core.answering import LIFETIME, NotThere, with_keys

# Texts of one page that it lists, the newest first; older ones keep their addresses.
VERSIONS = 50
# The database counts no further.
LAST_NUMBER = 2**31 - 1


@require_safe
def site_page(request, subject: str, language: str = settings.LANGUAGE_CODE):
    """The approved text of a page in ``language``, in two queries.

    Where there is none in that language, the way to the site's own; where there is none at all, a page that says so.
    """
    own = settings.LANGUAGE_CODE
    if subject not in Subject.values or language not in Language.values:
        raise NotThere
    if "language" in request.resolver_match.captured_kwargs and language == own:
        return _elsewhere(subject, own, status=301)
    texts = {text.language: text for text in _current(subject)}
    if language != own and language not in texts:
        return _elsewhere(subject, own, status=302)
    text, versions = texts.get(language), ()
    if text:
        versions = tuple(_versions(subject, language).values_list("number", "approval__at")[:VERSIONS])
    return _answer(request, subject, language, text, versions, tuple(sorted(texts)))


@require_safe
def version(request, subject: str, language: str, number: str):
    """A text that readers see or saw, by its number, with those around it. Two queries."""
    if int(number) > LAST_NUMBER:
        raise NotThere
    text = _versions(subject, language).filter(number=int(number)).first()
    if text is None:
        raise NotThere(site_page_key(subject))
    versions = tuple(_versions(subject, language).values_list("number", "approval__at")[:VERSIONS])
    return _answer(request, subject, language, text, versions, (language,))


def _current(subject: str):
    """The text that readers see now, of each language there is. One query, made when it is read."""
    texts = SitePage.objects.shown().filter(subject=subject)
    return texts.order_by("language", "-number").distinct("language")


def _versions(subject: str, language: str):
    return SitePage.objects.shown().filter(subject=subject, language=language).order_by("-number")


def _elsewhere(subject: str, language: str, *, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response.headers["Location"] = site_page_path(subject, language)
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [site_page_key(subject)])


def _answer(request, subject: str, language: str, text: SitePage | None, versions: tuple, languages: tuple):
    told = (text.number, text.title, text.body) if text else None
    page = _made(subject, language, told, versions, languages, template_release())
    return answer_finished(request, page, [site_page_key(subject)])


@lru_cache(maxsize=64)
def _made(
    subject: str,
    language: str,
    text: tuple[int, str, str] | None,
    versions: tuple[tuple[int, datetime], ...],
    languages: tuple[str, ...],
    release: str,
) -> Page:
    """The same texts are the same page, as in :mod:`articles.public.fronts`."""
    number, title, body = text or (0, "", "")
    with translation.override(language):
        title = title or str(Subject(subject).label)
        listed = [
            {
                "number": known,
                "at": day_of(at),
                "address": reverse("site-page-version", args=[subject, language, known]),
            }
            for known, at in versions
        ]
    html = page_html(
        "articles/site_page.html",
        language,
        title=title,
        # Cleaned when it was written, and once more: nothing but the allowlist is ever sent.
        body=mark_safe(unmarked_html(body)),  # noqa: S308
        earlier=bool(versions) and number != versions[0][0],
        own=next((one for one in listed if one["number"] == number), None),
        versions=listed,
        here=site_page_path(subject, language),
        canonical=address(site_page_path(subject, language)),
        others=[
            {
                "code": code,
                "name": dict(settings.LANGUAGES)[code],
                "address": address(site_page_path(subject, code)),
            }
            for code in languages
        ]
        if len(languages) > 1
        else [],
    )
    return finished(html.encode())
