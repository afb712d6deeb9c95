"""A list of articles as a page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.rendering.dates import day, moment
from articles.rendering.figures import lead_picture_html
from articles.rendering.pages import address, also_in, byline, in_language, page_html
from articles.rendering.structured_data import data_block
from newsroom.core.cursors import cursor_after


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of articles is of: the page ``template``, with ``facts`` (JSON values), at the address ``path``.

    Of the facts, ``graph`` are the nodes of its JSON-LD, and ``said`` what stands below each of its entries. Its
    interface is in ``language``, the site's own if there is none.
    """

    template: str
    path: str
    facts: dict = field(default_factory=dict)
    language: str = ""


HOME, LIST = "articles/home.html", "articles/list.html"


def list_html(
    listing: Listing,
    cards: Iterable[bytes],
    *,
    pinned: Iterable[bytes] = (),
    leads: bool = False,
    later: bool = False,
    behind: str | None = None,
    preview: bool = False,
) -> str:
    """The page of ``listing`` with the entries ``cards``, and before them what is ``pinned``, of which the first stands
    out, with its picture, if it ``leads``. On the home page the newest article does where nothing is pinned.

    ``later`` says that it goes on where a page ended, ``behind`` is the key behind which the next goes on.
    """
    language, path = listing.language or settings.LANGUAGE_CODE, listing.path
    told = dict(listing.facts)
    above, newest = ([json.loads(card) for card in some] for some in (pinned, cards))
    with translation.override(language):
        first, entries = ([entry_of(card, language) for card in some] for some in (above, newest))
        if leads:
            _picture_on_top(first, above)
        elif listing.template == HOME and not above and not later:
            _picture_on_top(entries, newest)
    for entry, more in zip(entries, told.pop("said", ()), strict=False):
        entry["more"] = more
    graph = told.pop("graph", ())
    return page_html(
        listing.template,
        language,
        pinned=first,
        leads=leads,
        preview=preview,
        entries=entries,
        later=later,
        next=in_language(f"{path}?before={cursor_after(behind)}", language) if behind else "",
        here=in_language(path, language),
        also_in=() if preview else also_in(path, language),
        address=address(path),
        data=data_block(graph) if graph else "",
        **told,
    )


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


def _picture_on_top(entries: list[dict], cards: list[dict]) -> None:
    """Give the first entry its article's picture, if it has one."""
    if cards and (picture := cards[0].get("picture")):
        # Every text in it is escaped as it is put together.
        entries[0]["picture"] = mark_safe(lead_picture_html(picture))  # noqa: S308


def _label(card: dict) -> str:
    """The one thing a reader should know before opening it, or nothing."""
    if card["archive"]:
        return _("From the archive")
    if card["kind"] == "correction":
        return _("Corrected")
    if card["not_yet_checked"]:
        return _("Not all of it checked yet")
    return ""
