"""Fill a page template in a language of the site; and tell when finished pages are out of date."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.documents import SCHEMA
from articles.rules.site_pages import Subject

# What finished bytes are made with, besides the document.
TEMPLATES = (
    "base.html",
    "articles/article.html",
    "articles/oembed_link.html",
    "articles/source_list.html",
    "articles/knowing.html",
    "articles/correction.html",
    "articles/receipt.html",
    "articles/gone.html",
)
RELEASE_LENGTH = 16
# In an address: the language of the interface of a page that is in no language of its own.
SPOKEN = "lang"


def page_html(template: str, language: str, **context) -> str:
    """The page of ``template``, its interface in ``language`` or, where the site does not speak it, in its own."""
    spoken = interface_language(language)
    with translation.override(spoken):
        around = {"site": site(spoken), "site_pages": site_pages(spoken), "page_language": language}
        return get_template(template).render(around | context)


def interface_language(language: str) -> str:
    """The language of the interface for a text in ``language``."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def site(language: str = "") -> dict[str, str]:
    """What every page says of the site: its name and the addresses of its pages, styles, script and icon; of pages that
    are in no language of their own the addresses in ``language``."""
    return _site(language or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)


@cache
def _site(language: str, own: str) -> dict[str, str]:
    lists = ("home", "corrections", "challenges", "treaties", "authors", "sections", "archive")
    return {
        "name": settings.NEWSROOM_NAME,
        **{name: in_language(reverse(name), language) for name in lists},
        "api": reverse("api"),
        "oembed": reverse("oembed"),
        "style": static_url("site.css"),
        "article_style": static_url("article.css"),
        "evidence_style": static_url("evidence.css"),
        "reading_script": static_url("reading.js"),
        "icon": static_url("favicon.svg"),
        "touch_icon": static_url("icon-192.png"),
        "manifest": reverse("manifest"),
        "language": own,
        "search": reverse("search"),
        "opensearch": reverse("opensearch"),
    }


def in_language(path: str, language: str) -> str:
    """``path`` of a page that is in no language of its own, with its interface in ``language``."""
    if language == settings.LANGUAGE_CODE:
        return path
    return f"{path}{'&' if '?' in path else '?'}{SPOKEN}={language}"


def spoken_path(name: str, *arguments) -> str:
    """Where the page of this name stands, with its interface in the active language."""
    return in_language(reverse(name, args=arguments), spoken_language())


def spoken_language() -> str:
    """The language of the interface that is active."""
    return interface_language(get_language() or "")


def also_in(path: str, language: str) -> list[dict]:
    """The languages in which the page at ``path``, shown in ``language``, can be had, for the switch at its foot."""
    return [
        {"code": code, "name": name, "address": in_language(path, code), "current": code == language}
        for code, name in settings.LANGUAGES
    ]


@cache
def site_pages(language: str) -> list[dict[str, str]]:
    """What the newsroom says of itself in ``language``, one of the interface: label and address of each page."""
    with translation.override(language):
        return [
            {"name": subject.value, "label": str(subject.label), "address": site_page_path(subject, language)}
            for subject in Subject
        ]


def site_page_path(subject: str, language: str) -> str:
    """Where such a page stands: in the site's own language without naming it."""
    own = language == settings.LANGUAGE_CODE
    return reverse("site-page", args=[subject] if own else [subject, language])


def static_url(path: str) -> str:
    """The address of a static file: hashed where the files have been collected, plain where they have not."""
    try:
        return static(path)
    except ValueError:  # No manifest yet: a development machine before collectstatic.
        return settings.STATIC_URL + path


def address(path: str) -> str:
    """``path`` of this site as others should keep it: absolute where the site knows its own origin."""
    return settings.NEWSROOM_ORIGIN + path


@lru_cache(maxsize=1024)
def article_path(slug: str) -> str:
    return reverse("article", args=[slug])


def author_path(slug: str) -> str:
    """Where somebody in bylines has their page."""
    return spoken_path("author", slug)


def treaty_path(slug: str) -> str:
    """Where a treaty has its page."""
    return spoken_path("treaty", slug)


def byline(names: list[str]) -> str:
    """Names as a byline prints them in the active language: “A, B and C”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@cache
def template_release() -> str:
    """Sixteen hex digits that differ whenever bytes made now could differ from bytes made before."""
    made_with = [Path(get_template(name).origin.name) for name in TEMPLATES]
    made_with += sorted(Path(__file__).parent.glob("*.py"))
    made_with += sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.mo"))
    state = hashlib.sha256(
        repr(
            [
                SCHEMA,
                sorted(site().items()),
                settings.NEWSROOM_ORIGIN,
                settings.NEWSROOM_TIME_ZONE,
                settings.NEWSROOM_USAGE_TERMS,
            ]
        ).encode()
    )
    for file in made_with:
        state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()[:RELEASE_LENGTH]
