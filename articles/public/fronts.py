"""Lists of articles as pages: one machinery for the home page, sections and whatever articles are listed by."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import reading
from articles.purging import LISTS
from articles.rendering.dates import day, moment
from articles.rendering.pages import address, byline, page_html, template_release
from articles.rendering.structured_data import data_block
from newsroom.core.answering import NotThere, accepts_gzip, answer, as_json, compress, etag_of
from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError

HTML = "text/html; charset=utf-8"
ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Page:
    etag: str
    plain: bytes
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of articles is of: the page ``template``, with ``facts`` (JSON values), at the address ``path``.

    Of the facts, ``graph`` are the nodes of its JSON-LD, and ``said`` what stands below each of its entries.
    """

    template: str
    path: str
    facts: dict = field(default_factory=dict)


HOME = "articles/home.html"


def front(*, now: datetime, before: str | None) -> Page:
    """The page of articles listed at ``now`` behind the one with key ``before`` (None: from the newest). One query."""
    cards = reading.cards(now=now, before=before, limit=ENTRIES + 1)
    return list_page(Listing(HOME, reverse("home")), cards, later=before is not None)


def list_page(listing: Listing, cards: list[reading.Card], *, later: bool) -> Page:
    """The page of the first ENTRIES of ``cards``, which goes on if there are more; ``later`` says that it goes on
    itself from another."""
    shown = cards[:ENTRIES]
    behind = shown[-1].list_key if len(cards) > ENTRIES else None
    bodies, facts = tuple(card.body for card in shown), as_json(listing.facts)
    return _made(listing.template, listing.path, facts, bodies, later, behind, template_release())


def answer_list(
    request,
    listing: Listing,
    *,
    about: Iterable[reading.Asked] = (),
    since: str = "",
    until: str = reading.NEWEST,
) -> HttpResponse:
    """The answer with the articles that are about these subjects, as :func:`articles.reading.cards` says; ``?before=``
    goes on where a page ended. ``until`` is a list key that all sort before.

    One query, two behind the last article. Raises NotThere where no article is listed, and Http404 for a place that
    was not made here.
    """
    now, before = timezone.now(), place_in(request)
    start = min(before, until) if before else until
    cards = reading.cards(now=now, before=start, limit=ENTRIES + 1, since=since, about=about)
    if not cards and (
        before is None or not reading.cards(now=now, before=until, limit=1, since=since, about=about)
    ):
        raise NotThere(LISTS)
    return answer_page(request, list_page(listing, cards, later=before is not None))


def answer_page(request, page: Page) -> HttpResponse:
    """``page``, which any act that shows or hides something makes stale."""
    gzipped = accepts_gzip(request)
    return answer(
        request,
        page.gzipped if gzipped else page.plain,
        etag=page.etag,
        content_type=HTML,
        gzipped=gzipped,
        keys=[LISTS],
    )


def place_in(request) -> str | None:
    """The key in ``?before=``, None without one. Raises Http404 for what was not made here."""
    if (before := request.GET.get("before")) is None:
        return None
    try:
        return key_of(before, reading.LIST_KEY, "before")
    except DomainError as error:
        raise Http404 from error


@lru_cache(maxsize=256)
def _made(
    template: str,
    path: str,
    facts: bytes,
    cards: tuple[bytes, ...],
    later: bool,
    behind: str | None,
    release: str,
) -> Page:
    """The same entries are the same page: kept by their content, so that what is current is always asked anew."""
    language = settings.LANGUAGE_CODE
    told = json.loads(facts)
    with translation.override(language):
        entries = [entry_of(json.loads(card), language) for card in cards]
    for entry, more in zip(entries, told.pop("said", ()), strict=False):
        entry["more"] = more
    html = page_html(
        template,
        language,
        entries=entries,
        later=later,
        next=f"{path}?before={cursor_after(behind)}" if behind else "",
        here=path,
        address=address(path),
        data=data_block(graph) if (graph := told.pop("graph", ())) else "",
        **told,
    )
    return finished(html.encode())


def finished(plain: bytes) -> Page:
    """``plain`` as it is sent: with its tag, and compressed."""
    return Page(etag_of(plain), plain, compress(plain))


def entry_of(card: dict, language: str) -> dict:
    """What a list in ``language``, the active one, shows of an article."""
    archive = card["archive"]
    return {
        "language": card["language"],
        "address": card["address"],
        "headline": card["headline"],
        "standfirst": card["standfirst"],
        "bylines": byline([person["name"] for person in card["bylines"]]),
        "date": day(archive["published_on"])
        if archive
        else moment(datetime.fromisoformat(card["first_published_at"])),
        "label": _label(card),
        "foreign": dict(settings.LANGUAGES).get(card["language"], card["language"])
        if card["language"] != language
        else "",
    }


def _label(card: dict) -> str:
    """The one thing a reader should know before opening it, or nothing."""
    if card["archive"]:
        return _("From the archive")
    if card["kind"] == "correction":
        return _("Corrected")
    if card["not_yet_checked"]:
        return _("Not all of it checked yet")
    return ""
