"""A source's own page, and the text of an archived copy where we may show it.

Only a source that a listed edition cites has a page; what is told of its passages is what the editions printed. Two
queries each, whatever there is.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Edition, Rendering, StatementCitation
from articles.public.spoken import spoken
from articles.purging import LISTS, source_key
from articles.rendering.dates import day, day_of, moment
from articles.rendering.pages import address, also_in, in_language, page_html, spoken_language, spoken_path
from articles.rendering.references import can_be_named
from articles.rendering.text import PART, at_copy, at_passage, web_address
from articles.uses import MOST_USES
from newsroom.core.answering import LIFETIME, NotThere, answer_made, moved_for_good, with_keys
from newsroom.core.merged import standing_for
from newsroom.core.parts import part_of
from sources.models import Snapshot, SnapshotText, Source

HTML = "text/html; charset=utf-8"


def source_at(public_id: str, *, now: datetime) -> dict | None:
    """What is public of the source: its fields as an edition's document names them, ``uses`` (newest first) and
    ``snapshots`` (those its passages stand in); None if no listed edition cites it. Two queries.

    Of a source that was merged into another that is the other, with the ``id`` of that; its uses are those of both.
    """
    source, ids = _standing(public_id)
    cited = _listed(ids, now).order_by("-statement", "pk").select_related("statement")
    rows = list(
        cited.values_list(
            "statement__key",
            "statement__wording",
            "stance",
            "evidence",
            "statement__edition__renderings__plain",
        )[: MOST_USES + 1]
    )
    if not rows:
        return None
    uses = [
        {
            "key": key,
            "wording": wording,
            "stance": stance,
            "evidence": evidence,
            "card": json.loads(bytes(card)),
        }
        for key, wording, stance, evidence, card in rows
    ]
    snapshots = {
        entry["snapshot"]["id"]: entry["snapshot"]
        for use in uses
        for entry in use["evidence"]
        if entry.get("snapshot")
    }
    return _told(source) | {
        "uses": uses[:MOST_USES],
        "more_uses": len(uses) > MOST_USES,
        "snapshots": list(snapshots.values()),
    }


@require_safe
@spoken
def source(request, public_id: str):
    """What we say of the source, where its passages stand, and every public sentence that rests on it."""
    told = source_at(public_id, now=timezone.now())
    keys = [source_key(public_id), LISTS]
    if told is None:
        raise NotThere(*keys)
    if told["id"] != public_id:
        return moved_for_good(spoken_path("source", told["id"]), keys)
    language = get_language()
    switch = also_in(reverse("source", args=[public_id]), language)
    html = page_html("sources/source.html", language, also_in=switch, **_page(told))
    return answer_made(request, html.encode(), content_type=HTML, keys=keys)


@require_safe
@spoken
def snapshot(request, public_id: str, snapshot_id: str):
    """The text of an archived copy, a part a page, its cited passages marked.

    Where we may not show it, the way to what we say of the source and its copies; 404 where nobody cites it.
    """
    now = timezone.now()
    standing, ids = _standing(public_id)
    kept = (
        SnapshotText.objects.select_related("snapshot__source")
        .filter(
            snapshot__public_id=snapshot_id,
            snapshot__source__in=ids,
            snapshot__source__archive_shown=True,
            snapshot__source__confidential=False,
        )
        .first()
    )
    evidence = _listed(ids, now).values_list("evidence", flat=True)[: MOST_USES + 1]
    cited = [entry for entries in evidence for entry in entries if _stands_in(entry, snapshot_id)]
    if not cited:
        raise NotThere(source_key(public_id), LISTS)
    if kept is None or not standing.archive_shown:
        return _to_the_copies(standing.public_id, keys=[source_key(public_id), LISTS])
    if standing.public_id != public_id:
        place = spoken_path("snapshot", standing.public_id, snapshot_id)
        return moved_for_good(place, [source_key(public_id), LISTS])
    part = part_of(kept.text, request.GET.get("part"), length=PART)
    if part is None:
        raise Http404
    html = page_html(
        "sources/snapshot.html",
        get_language(),
        source=_told(standing),
        captured=moment(kept.snapshot.captured_at),
        handed=kept.snapshot.way != Snapshot.Way.FETCHED,
        sha256=kept.snapshot.sha256,
        back=spoken_path("source", public_id),
        also_in=also_in(_at_part(public_id, snapshot_id, part.number), get_language()),
        beside={
            where: in_language(_at_part(public_id, snapshot_id, number), get_language())
            for where, number in (("before", part.before), ("after", part.after))
            if number
        },
        part=part,
        paragraphs=_marked(kept.text, part.start, part.end, cited),
    )
    response = answer_made(request, html.encode(), content_type=HTML, keys=[source_key(public_id), LISTS])
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _at_part(public_id: str, snapshot_id: str, number: int) -> str:
    place = reverse("snapshot", args=[public_id, snapshot_id])
    return f"{place}?part={number}" if number > 1 else place


def _to_the_copies(public_id: str, keys: list[str]) -> HttpResponse:
    """The way to what we say of the copies we hold: rights come and go, while articles name a copy for good."""
    response = HttpResponse(status=302)
    response.headers["Location"] = f"{spoken_path('source', public_id)}#copies-h"
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, keys)


@dataclass(frozen=True)
class Piece:
    """A run of an archived text; ``anchor`` is set where a cited passage begins, and then it is that passage."""

    text: str
    anchor: str = ""


def _marked(text: str, start: int, end: int, cited: list[dict]) -> list[list[Piece]]:
    """The paragraphs between two offsets, cut where a cited passage begins and ends."""
    spans = sorted({(entry["start"], entry["start"] + len(entry["passage"]["exact"])) for entry in cited})
    paragraphs, at = [], start
    for line in text[start:end].split("\n"):
        stop, pieces = at + len(line), []
        here = at
        for first, last in spans:
            if last <= here or first >= stop:
                continue
            first, last = max(first, here), min(last, stop)
            pieces += [Piece(text[here:first]), Piece(text[first:last], f"p-{first}")]
            here = last
        pieces.append(Piece(text[here:stop]))
        paragraphs.append([piece for piece in pieces if piece.text])
        at = stop + 1
    return paragraphs


def _stands_in(entry: dict, snapshot_id: str) -> bool:
    named = entry.get("snapshot")
    return bool(named and named["id"] == snapshot_id and entry["passage"] and entry["start"] is not None)


def _standing(public_id: str) -> tuple[Source | None, list[int]]:
    """The source that stands for this one, and the row ids of all that it stands for: one query."""
    itself = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    behind = Source.objects.filter(merged_into=itself).order_by().values("pk")
    known = Source.objects.filter(public_id=public_id).annotate(behind=ArraySubquery(behind))
    found = known.select_related("publisher", "merged_into__publisher").first()
    if found is None:
        return None, []
    source = standing_for(found)
    return source, [source.pk, *found.behind]


def _listed(sources: list[int], now: datetime):
    return StatementCitation.objects.filter(
        source__in=sources,
        statement__edition__in=Edition.objects.listed(now),
        statement__edition__renderings__representation=Rendering.Representation.CARD,
    ).order_by("-statement", "pk")


def _told(source: Source) -> dict:
    return {
        **source.public_fields(),
        "kind_label": source.get_kind_display(),
        "derivation": source.get_derivation_display(),
        "archive_shown": source.archive_shown and not source.confidential,
        "withdrawn": {
            # The minute could tell who a confidential source is.
            "at": (day_of if source.confidential else moment)(source.withdrawn_at),
            "by": source.get_withdrawn_by_display(),
            "reason": source.withdrawal_reason,
        }
        if source.withdrawn_at
        else None,
        "dead": bool(source.dead_since),
    }


def _page(told: dict) -> dict:
    """The context of the template: uses by article, in the order of their newest use."""
    articles: dict[str, dict] = {}
    for use in told["uses"]:
        card = use["card"]
        entry = articles.setdefault(card["id"], {"card": card, "statements": []})
        # Uses come newest first; within an article a reader expects them as they stand in it.
        entry["statements"].insert(
            0,
            {
                "address": f"{card['address']}#s-{use['key']}",
                "wording": use["wording"],
                "stance": {"contradicts": _("contradicts it"), "context": _("context")}.get(
                    use["stance"], ""
                ),
                "passages": [_passage(told, cited) for cited in use["evidence"] if cited["passage"]],
            },
        )
    return {
        "source": told,
        "name": told["label"] or told["title"] or told["url"] or _("Source not yet identified"),
        "url": web_address(told["url"]),
        "published": day(told["published_on"]),
        "articles": articles.values(),
        "captures": [
            {
                "sha256": taken["sha256"],
                "at": moment(datetime.fromisoformat(taken["captured_at"])),
                "address": spoken_path("snapshot", told["id"], taken["id"]) if told["archive_shown"] else "",
            }
            for taken in sorted(told["snapshots"], key=lambda taken: taken["captured_at"], reverse=True)
        ],
        "can_be_named": can_be_named(told),
        "address": address(reverse("source", args=[told["id"]])),
    }


def _passage(told: dict, entry: dict) -> dict:
    passage, taken = entry["passage"], entry.get("snapshot")
    copy = (
        at_copy(told["id"], taken, entry["start"], language=spoken_language())
        if told["archive_shown"]
        else ""
    )
    return {
        **passage,
        "locator": entry["locator"],
        "captured": moment(datetime.fromisoformat(taken["captured_at"])) if taken else None,
        # Editions from before the way was told cite what was fetched, as far as they say.
        "handed": bool(taken) and taken.get("way", "fetched") != "fetched",
        "original": at_passage(told["url"], passage),
        "copy": copy,
        "seen_by_eye": entry.get("seen_by_eye", False),
    }
