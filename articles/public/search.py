"""The search page, and its description for browsers that offer a site's own search."""

import re
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles.purging import LISTS
from articles.rendering.lists import entry_of
from articles.rendering.pages import SPOKEN, interface_language, page_html, static_url
from articles.searching import LONGEST, PLACE, Found, Hit, Search, Where, offers, search, words_of
from newsroom.api.parameters import raise_if_unknown
from newsroom.core.answering import NO_LIFETIME, answer_made
from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID
from newsroom.core.own_address import own_origin

HTML = "text/html; charset=utf-8"
DESCRIPTION = "application/opensearchdescription+xml; charset=utf-8"
ARTICLES = 10

# Subjects by kind, and what names one in an address.
_SLUG = re.compile(r"[-a-z0-9]{1,80}")
SUBJECTS = {"treaty": PUBLIC_ID, "party": _SLUG, "speaker": PUBLIC_ID, "publisher": PUBLIC_ID}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
PARAMETERS = frozenset({"q", "language", "kind", "from", "to", "before", SPOKEN, *SUBJECTS})


@require_safe
def search_page(request):
    """The form, and what was found by it: two queries, and one for each speaker or publisher asked about.

    400 where the question cannot be read, with what is wrong and in which parameter; 503 where it took too long.
    """
    # In the language that is asked for; without, in that of the articles that are sought.
    language = interface_language(request.GET.get(SPOKEN) or request.GET.get("language", ""))
    with translation.override(language):
        try:
            query = _query(request.GET)
            asked = _asked(query)
            if asked.asks_nothing:
                return _answer(request, language, query)
            after = key_of(query["before"], PLACE, "before") if "before" in query else None
            now = timezone.now()
            found = search(asked, now=now, limit=ARTICLES, after=after)
            nothing = asked.words and not found.hits and not after
            offered = offers(asked.words, now=now, language=asked.language) if nothing else []
            return _answer(request, language, query, found=found, offered=offered, later=after is not None)
        except DomainError as error:
            status = 503 if error.code == "search_too_slow" else 400
            kept = {SPOKEN: language} if SPOKEN in request.GET else {}
            return _answer(request, language, kept, error=error, status=status)


@require_safe
def description(request):
    """Where and how to search, for browsers (OpenSearch 1.1)."""
    origin = own_origin(request)
    places = {"address": reverse("search"), "own": reverse("opensearch"), "icon": static_url("favicon.svg")}
    facts = {name: origin + path for name, path in places.items()} | {"name": settings.NEWSROOM_NAME}
    text = get_template("articles/opensearch.xml").render(facts)
    return answer_made(request, text.encode(), content_type=DESCRIPTION)


def _query(parameters: QueryDict) -> dict[str, str]:
    """What was asked by name; a field that was left empty was not asked."""
    raise_if_unknown(parameters, PARAMETERS)
    return {name: value for name, value in parameters.items() if value.strip()}


def _asked(query: dict[str, str]) -> Search:
    """Raises DomainError ``parameter_malformed`` at the parameter, and the refusals of ``words_of``."""
    for name, pattern in SUBJECTS.items():
        if name in query and not pattern.fullmatch(query[name]):
            raise DomainError("parameter_malformed", "This is no address of ours: start from a list.", name)
    language = query.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise DomainError("parameter_malformed", "The code of a language, such as en or pl.", "language")
    if query.get(SPOKEN, settings.LANGUAGE_CODE) not in dict(settings.LANGUAGES):
        raise DomainError("parameter_malformed", "The code of a language, such as en or pl.", SPOKEN)
    where = query.get("kind")
    if where and where not in list(Where):
        raise DomainError("parameter_malformed", "One of %(kinds)s.", "kind", kinds=", ".join(Where))
    since, until = _day(query, "from"), _day(query, "to")
    if since and until and since > until:
        raise DomainError("parameter_malformed", "The last day is before the first.", "to")
    return Search(
        words=words_of(query.get("q", ""), "q"),
        language=language,
        where=Where(where) if where else None,
        since=since,
        until=until,
        about=tuple((name, query[name]) for name in SUBJECTS if name in query),
    )


def _day(query: dict[str, str], name: str) -> date | None:
    if name not in query:
        return None
    try:
        if _DAY.fullmatch(query[name]):
            return date.fromisoformat(query[name])
    except ValueError:  # In no calendar.
        pass
    raise DomainError("parameter_malformed", "A day, such as 2026-05-27.", name)


def _answer(request, language: str, query: dict[str, str], *, status: int = 200, **shown) -> HttpResponse:
    found: Found | None = shown.pop("found", None)
    offered = shown.pop("offered", ())
    in_language = {name: query[name] for name in ("language", SPOKEN) if name in query}
    html = page_html(
        "articles/search.html",
        language,
        typed="".join(filter(str.isprintable, request.GET.get("q", "")[:LONGEST])),
        asked=query,
        longest=LONGEST,
        languages=settings.LANGUAGES,
        kinds=[str(kind) for kind in Where],
        kept={name: query[name] for name in (*SUBJECTS, SPOKEN) if name in query},
        also_in=[
            {"code": code, "name": name, "address": _address(query, lang=code), "current": code == language}
            for code, name in settings.LANGUAGES
        ],
        found=found,
        seen=found.seen if found else 0,
        hits=[_hit(hit, language) for hit in found.hits] if found else [],
        narrower=_narrower(found, query) if found else [],
        chosen=_chosen(found, query) if found else [],
        next=_address(query, before=cursor_after(found.next)) if found and found.next else "",
        first=_address(query, before=None),
        offered=[{"text": text, "address": _address(in_language, q=text)} for text in offered],
        style=static_url("search.css"),
        **shown,
    )
    if status == 200:
        response = answer_made(request, html.encode(), content_type=HTML, keys=[LISTS])
    else:
        response = HttpResponse(
            html, status=status, content_type=HTML, headers={"Cache-Control": NO_LIFETIME}
        )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _hit(hit: Hit, language: str) -> dict:
    entry = entry_of(hit.card, language)
    return entry | {
        "pieces": list(hit.headline.pieces()),
        "sentences": [
            {"address": f"{entry['address']}#s-{sentence.key}", "pieces": list(sentence.wording.pieces())}
            for sentence in hit.sentences
        ],
    }


def _narrower(found: Found, query: dict[str, str]) -> list[dict]:
    """By what the search can be narrowed down further: subjects that not all of the found ones share."""
    groups = []
    for kind in (*SUBJECTS, "language", "year"):
        if kind in query or (kind == "year" and {"from", "to"} & query.keys()):
            continue
        values = [
            {
                "name": _name(kind, name),
                "count": count,
                "address": _address(query, before=None, **_narrowed(kind, value)),
            }
            for value, name, count in found.facets.get(kind, ())
            if count < found.seen
        ]
        if values:
            groups.append({"kind": kind, "values": values})
    return groups


def _chosen(found: Found, query: dict[str, str]) -> list[dict]:
    """The subjects it is narrowed down to, each with the way back."""
    chosen = []
    for kind in SUBJECTS:
        if value := query.get(kind):
            names = {each: name for each, name, _count in found.facets.get(kind, ())}
            without = _address(query, before=None, **{kind: None})
            chosen.append({"kind": kind, "name": names.get(value, value), "address": without})
    return chosen


def _narrowed(kind: str, value: str) -> dict[str, str]:
    return {"from": f"{value}-01-01", "to": f"{value}-12-31"} if kind == "year" else {kind: value}


def _name(kind: str, name: str) -> str:
    return dict(settings.LANGUAGES).get(name, name) if kind == "language" else name


def _address(query: dict[str, str], **changed: str | None) -> str:
    """The search page with ``query``, but for what is ``changed`` (None: left out)."""
    asked = {name: value for name, value in (query | changed).items() if value is not None}
    return f"{reverse('search')}?{urlencode(asked)}" if asked else reverse("search")
