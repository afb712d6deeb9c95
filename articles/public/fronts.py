"""Lists of articles as pages."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles import reading
from articles.rendering.dates import day, moment
from articles.rendering.pages import address, byline, page_html, template_release
from newsroom.core.answering import compress, etag_of
from newsroom.core.cursors import cursor_after

ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Page:
    etag: str
    plain: bytes
    gzipped: bytes


def front(*, now: datetime, before: str | None) -> Page:
    """The page of articles listed at ``now`` behind the one with key ``before`` (None: from the newest). One query."""
    cards = reading.cards(now=now, before=before, limit=ENTRIES + 1)
    shown = cards[:ENTRIES]
    behind = shown[-1].list_key if len(cards) > ENTRIES else None
    return _made(tuple(card.body for card in shown), before is not None, behind, template_release())


@lru_cache(maxsize=64)
def _made(cards: tuple[bytes, ...], later: bool, behind: str | None, release: str) -> Page:
    """The same entries are the same page: kept by their content, so that what is current is always asked anew."""
    language = settings.LANGUAGE_CODE
    home = reverse("home")
    with translation.override(language):
        entries = [_entry(json.loads(card), language) for card in cards]
    html = page_html(
        "articles/home.html",
        language,
        entries=entries,
        later=later,
        next=f"{home}?before={cursor_after(behind)}" if behind else "",
        address=address(home),
    )
    return finished(html.encode())


def finished(plain: bytes) -> Page:
    """``plain`` as it is sent: with its tag, and compressed."""
    return Page(etag_of(plain), plain, compress(plain))


def _entry(card: dict, language: str) -> dict:
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
