"""The page on which the whole desk is searched, and the palette (Ctrl+K) that leads to it."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.dataclasses import SearchResult

from articles.admin.finding import BY_NAME, IN_PALETTE, KINDS, Search
from articles.models.article import Language
from newsroom.admin_site import standing_page
from newsroom.core.finding import LONGEST_ASKED
from newsroom.desk_admin import may_any

TEMPLATE = "admin/finding/page.html"
# What the palette shows of a name.
LONGEST_TITLE = 90


@standing_page("find/", "find")
def finding_page(request) -> HttpResponse:
    """What was found, of all kinds or of one; without words, what can be searched."""
    if not may_any(request.user, ("see",)):
        raise PermissionDenied
    search, before = _search_of(request)
    group = search.page(before=before) if search.kind else None
    groups = [group] if group else [] if search.kind else search.groups()
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "page_title": _("Search"),
        "search": search,
        "kinds": KINDS,
        "languages": Language.choices,
        "groups": [(group, _address(search, group)) for group in groups],
        "first": before is None,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _search_of(request) -> tuple[Search, int | None]:
    """Raises BadRequest for a kind, a language or a place that there is none of."""
    given = request.GET
    kind, language, before = given.get("kind", ""), given.get("language", ""), given.get("before", "")
    if (kind and kind not in BY_NAME) or (language and language not in Language.values):
        raise BadRequest("no such kind or language")
    if before and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise BadRequest("no such place")
    words = given.get("q", "").replace("\x00", "")[:LONGEST_ASKED].strip()
    search = Search(words, request.user, BY_NAME.get(kind), language, given.get("mine") == "1")
    return search, int(before) if before else None


def _address(search: Search, group) -> str:
    """Of what else there is of the group's kind: behind what the page of this kind shows, or from its newest."""
    if group.before is None:
        return ""
    asked = {"q": search.words, "kind": group.kind.name}
    asked |= {"language": search.language} if search.language else {}
    asked |= {"mine": "1"} if search.mine else {}
    return "?" + urlencode(asked | ({"before": group.before} if search.kind else {}))


def palette(request, typed: str) -> list[SearchResult]:
    """What the palette offers for what is being typed: a few of each kind, and the page with the rest."""
    if not may_any(request.user, ("see",)) or not typed.strip():
        return []
    everything = SearchResult(
        title=_("Search the whole desk for “%(words)s”") % {"words": typed[:LONGEST_TITLE]},
        description=_("Search"),
        link=f"{reverse('admin:find')}?{urlencode({'q': typed})}",
        icon="search",
    )
    found = [
        SearchResult(
            title=_short("".join((hit.title.before, hit.title.found, hit.title.after))),
            description=" · ".join(filter(None, (str(group.kind.title), hit.about))),
            link=hit.url,
            icon=group.kind.icon,
        )
        for group in Search(typed, request.user).groups(shown=IN_PALETTE)
        for hit in group.hits
    ]
    return [everything, *found]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"
