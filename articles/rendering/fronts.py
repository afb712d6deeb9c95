"""Lists of articles as pages: the entries, and the home page."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles.rendering.dates import day, moment
from articles.rendering.pages import address, byline, page_html
from newsroom.core.cursors import cursor_after


def front_html(
    pinned: Iterable[bytes],
    cards: Iterable[bytes],
    *,
    leads: bool,
    later: bool = False,
    behind: str | None = None,
    preview: bool = False,
) -> str:
    """The home page: what is ``pinned``, of which the first stands out if it ``leads``, and ``cards`` after it.

    ``later`` says that it goes on where a page ended, ``behind`` is the key behind which the next goes on.
    """
    language, home = settings.LANGUAGE_CODE, reverse("home")
    with translation.override(language):
        first = [entry(json.loads(card), language) for card in pinned]
        entries = [entry(json.loads(card), language) for card in cards]
    return page_html(
        "articles/home.html",
        language,
        preview=preview,
        lead=first[0] if leads else None,
        pinned=first[1:] if leads else first,
        entries=entries,
        later=later,
        next=f"{home}?before={cursor_after(behind)}" if behind else "",
        address=address(home),
    )


def entry(card: dict, language: str) -> dict:
    """What a list on a page in ``language``, the active one, tells of an article."""
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
