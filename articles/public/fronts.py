"""Lists of articles as pages: one machinery for the home page, sections and whatever articles are listed by."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles import reading
from articles.pinned import NOTHING_PINNED, Pinned, pinned
from articles.purging import LISTS
from articles.rendering.lists import HOME, Listing, list_html
from articles.rendering.pages import template_release
from newsroom.core.answering import NotThere, accepts_gzip, answer, as_json, compress, etag_of
from newsroom.core.cursors import key_of
from newsroom.core.errors import DomainError

HTML = "text/html; charset=utf-8"
ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Page:
    etag: str
    plain: bytes
    gzipped: bytes


def front(*, now: datetime, before: str | None, language: str = "") -> Page:
    """The page of articles listed at ``now`` behind the one with key ``before``, one query; None: from the newest, and
    before them those that the editors have pinned, two queries."""
    first = pinned(None, now=now) if before is None else NOTHING_PINNED
    cards = reading.cards(now=now, before=before, limit=ENTRIES + 1)
    return list_page(
        Listing(HOME, reverse("home"), language=language), cards, later=before is not None, first=first
    )


def list_page(
    listing: Listing, cards: list[reading.Card], *, later: bool, first: Pinned = NOTHING_PINNED
) -> Page:
    """The page of the first ENTRIES of ``cards``, which goes on if there are more; ``later`` says that it goes on
    itself from another. What is pinned ``first`` does not stand there a second time."""
    shown = cards[:ENTRIES]
    behind = shown[-1].list_key if len(cards) > ENTRIES else None
    above, leads = first
    keys = {card.list_key for card in above}
    return _made(
        listing.template,
        listing.path,
        listing.language,
        as_json(listing.facts),
        tuple(card.body for card in above),
        tuple(card.body for card in shown if card.list_key not in keys),
        leads,
        later,
        behind,
        template_release(),
    )


def answer_list(
    request,
    listing: Listing,
    *,
    about: Iterable[reading.Asked] = (),
    since: str = "",
    until: str = reading.NEWEST,
    section: str | None = None,
) -> HttpResponse:
    """The answer with the articles that are about these subjects, as :func:`articles.reading.cards` says; ``?before=``
    goes on where a page ended. ``until`` is a list key that all sort before, ``section`` the section whose front it is.

    One query, two behind the last article and for a front. Raises NotThere where no article is listed, and Http404
    for a place that was not made here.
    """
    now, before = timezone.now(), place_in(request)
    cards = cards_behind(before, now=now, about=about, since=since, until=until)
    first = pinned(section, now=now) if section and before is None else NOTHING_PINNED
    return answer_page(request, list_page(listing, cards, later=before is not None, first=first))


def cards_behind(
    before: str | None,
    *,
    now: datetime,
    about: Iterable[reading.Asked],
    since: str = "",
    until: str = reading.NEWEST,
) -> list[reading.Card]:
    """The entries of a page behind the one with key ``before``, and one more if it goes on: one query, or two.

    Raises NotThere where the whole list has none; nothing stands behind the last entry.
    """
    start = min(before, until) if before else until
    cards = reading.cards(now=now, before=start, limit=ENTRIES + 1, since=since, about=about)
    if not cards and (
        before is None or not reading.cards(now=now, before=until, limit=1, since=since, about=about)
    ):
        raise NotThere(LISTS)
    return cards


def answer_page(request, page: Page) -> HttpResponse:
    """``page``, which any act that shows or hides something makes stale."""
    return answer_finished(request, page, [LISTS])


def answer_finished(request, page: Page, keys: Iterable[str] = ()) -> HttpResponse:
    """``page``, known to caches by the surrogate ``keys``."""
    gzipped = accepts_gzip(request)
    return answer(
        request,
        page.gzipped if gzipped else page.plain,
        etag=page.etag,
        content_type=HTML,
        gzipped=gzipped,
        keys=keys,
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
    language: str,
    facts: bytes,
    above: tuple[bytes, ...],
    cards: tuple[bytes, ...],
    leads: bool,
    later: bool,
    behind: str | None,
    release: str,
) -> Page:
    """The same entries are the same page: kept by their content, so that what is current is always asked anew."""
    listing = Listing(template, path, json.loads(facts), language)
    html = list_html(listing, cards, pinned=above, leads=leads, later=later, behind=behind)
    return finished(html.encode())


def finished(plain: bytes) -> Page:
    """``plain`` as it is sent: with its tag, and compressed."""
    return Page(etag_of(plain), plain, compress(plain))
