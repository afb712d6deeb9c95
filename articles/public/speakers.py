"""A speaker's page: every quote of theirs in listed articles, newest first, and in which roles they were quoted.

What is told of quotes and roles is what the editions printed. Three queries at most.
"""

from collections import defaultdict
from datetime import datetime

from django.db.models import Max, Min, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Edition, StatementQuote
from articles.public.fronts import ENTRIES, Listing, answer_page, cards_behind, list_page, place_in
from articles.public.spoken import spoken
from articles.purging import LISTS
from articles.rendering.dates import day
from articles.rendering.pages import address, spoken_path
from articles.rules.subjects import About
from articles.subjects import standing_with
from newsroom.core.answering import NotThere, moved_for_good
from sources.models import Speaker

# The newest articles whose quotes are looked through for roles.
ROLES_FROM = 200
_KINDS = {Speaker.Kind.PERSON: "Person", Speaker.Kind.ORGANISATION: "Organization"}


@require_safe
@spoken
def speaker(request, slug: str):
    """Who is quoted, in which roles, and every quote; ``?before=`` goes on where a page ended."""
    now, before = timezone.now(), place_in(request)
    found = standing_with(Speaker, Q(slug=slug))
    if found is None:
        raise NotThere(LISTS)
    record, ids = found
    if record.merged_into:
        # Whose name was never printed is told to nobody, not even by the way to another.
        if not Edition.objects.released(now).about(About.SPEAKER, record.public_id).exists():
            raise NotThere(LISTS)
        return moved_for_good(spoken_path("speaker", record.merged_into.slug), [LISTS])
    cards = cards_behind(before, now=now, about=[(About.SPEAKER, ids)])
    path = reverse("speaker", args=[slug])
    said, roles = _said(ids, [card.edition for card in cards[:ENTRIES]], now=now) if cards else ({}, [])
    here = address(path)
    facts = {
        "flag": {Speaker.Kind.PERSON: _("Person"), Speaker.Kind.ORGANISATION: _("Organisation")}.get(
            record.kind, _("Document")
        ),
        "heading": record.name,
        "said": [said.get(card.edition, []) for card in cards[:ENTRIES]],
        "roles": roles,
        "graph": [{"@type": _KINDS[record.kind], "@id": f"{here}#speaker", "name": record.name, "url": here}]
        if record.kind in _KINDS
        else [],
    }
    return answer_page(
        request,
        list_page(
            Listing("articles/speaker.html", path, facts, get_language()), cards, later=before is not None
        ),
    )


def _said(
    ids: tuple[str, ...], editions: list[int], *, now: datetime
) -> tuple[dict[int, list[dict]], list[dict]]:
    """By edition its quotes of the speaker in reading order; and the roles in which the newest articles quote them,
    latest first, each with the days of its first and last quote as far as these are printed. One query."""
    quoted = StatementQuote.objects.filter(printed__speaker__id__in=ids).order_by()
    shown = quoted.filter(statement__edition__in=editions).values_list(
        "statement__edition",
        "statement__position",
        JSONObject(id="quote__public_id", key="statement__key", printed="printed"),
    )
    newest = Edition.objects.listed(now).newest_entries_about(About.SPEAKER, ids)[:ROLES_FROM]
    told = {
        "language": Min(KT("printed__language")),
        "since": Min(KT("printed__said_on")),
        "until": Max(KT("printed__said_on")),
    }
    roles = quoted.filter(statement__edition__in=newest.values("pk")).exclude(printed__role="")
    roles = roles.values(role=KT("printed__role")).annotate(told=JSONObject(role=KT("printed__role"), **told))
    rows = shown.union(roles.values_list(Value(0), Value(0), "told"), all=True).order_by()
    said, held = defaultdict(list), []
    for edition, _position, row in sorted(rows, key=lambda row: row[:2]):
        if edition:
            said[edition].append(_quote(row))
        else:
            held.append(_role(row))
    return said, sorted(held, key=lambda role: role["until"]["iso"] if role["until"] else "", reverse=True)


def _quote(told: dict) -> dict:
    printed = told["printed"]
    return {
        "key": told["key"],
        "address": spoken_path("quote", told["id"]),
        "words": printed["words"],
        "language": printed["language"],
        "role": printed["role"],
        "occasion": printed["occasion"],
        "said_on": day(printed["said_on"]),
    }


def _role(told: dict) -> dict:
    return told | {"since": day(told["since"]), "until": day(told["until"])}
