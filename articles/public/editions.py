"""An edition at its own address: what readers of it saw, under a banner that says what it is."""

import re
from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles import reading
from articles.public import links
from articles.public.former import editions_once_at
from articles.public.views import HTML, at_address
from articles.purging import article_key
from articles.rendering.dates import moment
from articles.rendering.pages import article_path, interface_language, page_html, template_release
from articles.rules.kinds import Kind
from newsroom.core.answering import NotThere, answer_made

_LANGUAGE = re.compile(rb'<html lang="([^"]*)"')
_MAIN = b'<main id="main">\n'
# It says what stands at the article's own address, which this page does not.
_DATA_BLOCK = re.compile(rb'<script type="application/ld\+json">.*?</script>\n', re.DOTALL)


@require_safe
def edition(request, slug: str, number: str):
    """The edition with this number, current or not, in one query; a notice answers 410.

    One that was public and can no longer be opened answers as the article does once that is gone, and 404 otherwise,
    like one that never was.
    """
    now = timezone.now()
    found = reading.edition(slug, int(number), now=now)
    if found is None:
        return _closed(request, slug, int(number), now=now)
    keys = [article_key(slug)]
    body = found.body
    if not found.gone:
        body = _under_banner(
            body, slug, int(number), found.at, found.now_number, found.now_kind, template_release()
        )
    response = answer_made(
        request,
        body,
        content_type=HTML,
        status=410 if found.gone else 200,
        keys=keys,
        modified=None if found.gone else found.modified,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    if not found.gone:
        response.headers["Memento-Datetime"] = http_date(found.at.timestamp())
        response.headers["Link"] = _links(slug, found)
    return response


def _closed(request, slug: str, number: int, *, now: datetime):
    response = at_address(request, slug, now=now)
    if response.status_code == 301:
        return response
    if response.status_code == 410 and number <= reading.LAST_NUMBER:
        known = (reading.editions_known(slug, now=now), editions_once_at(slug, now=now))
        if any(editions.filter(number=number).exists() for editions in known):
            return response
    raise NotThere(article_key(slug))


def _links(slug: str, found: reading.Opened) -> str:
    named = [
        links.original(slug, "original latest-version"),
        links.timegate(slug),
        links.timemap(slug),
        links.version_history(slug),
    ]
    for neighbour, rel in (
        (found.before, "prev memento predecessor-version"),
        (found.behind, "next memento successor-version"),
    ):
        if neighbour:
            at = datetime.fromisoformat(neighbour["at"])
            named.append(links.memento(slug, neighbour["number"], at, rel))
    return ", ".join(named)


@lru_cache(maxsize=32)
def _under_banner(
    body: bytes,
    slug: str,
    number: int,
    at: datetime,
    now_number: int | None,
    now_kind: str | None,
    release: str,
) -> bytes:
    """The finished page with the banner at its head. The same arguments are the same bytes, so they are kept."""
    found = _LANGUAGE.search(body)
    language = found[1].decode() if found else ""
    with translation.override(interface_language(language)):
        since = moment(at)
    banner = page_html(
        "articles/edition_banner.html",
        language,
        number=number,
        since=since,
        newest=number == now_number,
        retracted=now_kind == Kind.RETRACTION,
        address=article_path(slug),
        history=reverse("article-history", args=[slug]),
    )
    return _DATA_BLOCK.sub(b"", body, count=1).replace(_MAIN, _MAIN + banner.encode(), 1)
