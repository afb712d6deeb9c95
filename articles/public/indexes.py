"""What listed articles are about, by name: the treaties, the people in bylines, the sections. One query each."""

import re

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Treaty
from articles.public.fronts import HTML
from articles.purging import LISTS
from articles.rendering.dates import day
from articles.rendering.pages import address, page_html
from articles.rules.subjects import About
from articles.subjects import known
from articles.subjects import sections as sections_of
from newsroom.accounts.models import Person
from newsroom.core.answering import answer_made

# On one page.
MOST = 100
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")


@require_safe
def treaties(request):
    """The treaties that listed articles are about, by address; ``?after=`` goes on behind one.

    Raises Http404 for an address that no treaty can have.
    """

    def entry(slug: str, title: str, signed_on) -> dict:
        signed = day(signed_on.isoformat()) if signed_on else None
        return {"address": reverse("treaty", args=[slug]), "name": title, "signed": signed}

    found = known(Treaty, About.TREATY, now=timezone.now())
    return _index(request, "treaties", found, ("slug", "title", "signed_on"), entry)


@require_safe
def authors(request):
    """As :func:`treaties`, the people in the bylines of listed articles."""

    def entry(slug: str, name: str) -> dict:
        return {"address": reverse("author", args=[slug]), "name": name}

    found = known(Person, About.AUTHOR, now=timezone.now())
    return _index(request, "authors", found, ("slug", "name"), entry)


@require_safe
def sections(request):
    """The sections that listed articles stand in."""
    found = sections_of(now=timezone.now(), limit=MOST)
    entries = [{"address": reverse("section", args=[slug]), "name": name} for slug, name in found]
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
    return _answer(
        request, of, entries=[entry(*row) for row in shown], later=after is not None, next=following
    )


def _answer(request, of: str, **shown) -> HttpResponse:
    here = reverse(of)
    html = page_html(f"articles/{of}.html", settings.LANGUAGE_CODE, here=here, address=address(here), **shown)
    return answer_made(request, html.encode(), content_type=HTML, keys=[LISTS])
