"""What listed articles are about, by name: the treaties, the people in bylines, the sections. One query each."""

import re

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Treaty
from articles.public.fronts import HTML
from articles.public.spoken import spoken
from articles.purging import LISTS
from articles.rendering.dates import day
from articles.rendering.pages import address, also_in, in_language, page_html, spoken_path
from articles.rules.subjects import About
from articles.subjects import known
from articles.subjects import sections as sections_of
from newsroom.accounts.models import Person
from newsroom.core.answering import answer_made

# On one page.
MOST = 100
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")


@require_safe
@spoken
def treaties(request):
    """The treaties that listed articles are about, by address; ``?after=`` goes on behind one.

    Raises Http404 for an address that no treaty can have.
    """

    def entry(slug: str, title: str, signed_on) -> dict:
        signed = day(signed_on.isoformat()) if signed_on else None
        return {"address": spoken_path("treaty", slug), "name": title, "signed": signed}

    found = known(Treaty, About.TREATY, now=timezone.now())
    return _index(request, "treaties", found, ("slug", "title", "signed_on"), entry)


@require_safe
@spoken
def authors(request):
    """As :func:`treaties`, the people in the bylines of listed articles."""

    def entry(slug: str, name: str) -> dict:
        return {"address": spoken_path("author", slug), "name": name}

    found = known(Person, About.AUTHOR, now=timezone.now())
    return _index(request, "authors", found, ("slug", "name"), entry)


@require_safe
@spoken
def sections(request):
    """The sections that listed articles stand in."""
    found = sections_of(now=timezone.now(), limit=MOST)
    entries = [{"address": spoken_path("section", slug), "name": name} for slug, name in found]
    return _answer(request, "sections", entries=entries)


def _index(request, of: str, found: QuerySet, columns: tuple[str, ...], entry) -> HttpResponse:
    """The page of the rows ``found``, of whose ``columns``, the slug first, ``entry`` makes what stands there."""
    after = request.GET.get("after")
    if after is not None:
        if not _SLUG.fullmatch(after):
            raise Http404
        found = found.filter(slug__gt=after)
    rows = list(found.order_by("slug").values_list(*columns)[: MOST + 1])
    shown = rows[:MOST]
    following = f"{reverse(of)}?after={shown[-1][0]}" if len(rows) > MOST else ""
    following = following and in_language(following, get_language())
    return _answer(
        request, of, entries=[entry(*row) for row in shown], later=after is not None, next=following
    )


def _answer(request, of: str, **shown) -> HttpResponse:
    path, language = reverse(of), get_language()
    around = {
        "here": in_language(path, language),
        "address": address(path),
        "also_in": also_in(path, language),
    }
    html = page_html(f"articles/{of}.html", language, **around, **shown)
    return answer_made(request, html.encode(), content_type=HTML, keys=[LISTS])
