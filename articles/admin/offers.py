"""Where the editor looks for what a sentence may rest on, and cites it: JSON in, JSON out.

Both doors are the whole desk's, as claims, quotes and sources are; of a confidential source nothing is told but its
public label (design, rule 10).
"""

from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import evidence
from articles.access import raise_if_may_not
from articles.admin.choosing import source_named
from articles.models import Citation, Claim, Quote
from articles.offering import TookTooLong, records_like, records_named, sources_named, speakers_named
from newsroom.core.errors import DomainError
from newsroom.desk_choosing import record_of
from newsroom.desk_json import json_door
from sources.addresses import normalise_url
from sources.models import Source
from sources.standing import SourceState, state_of

# Bytes of a request; characters of one of its texts, of a text that is told.
LIMIT = 20_000
LONGEST = 5_000
SHOWN = 240
RECORDS = {"claim": Claim, "quote": Quote}


def offers_urls(site) -> list:
    return [
        path("records/offered/", site.admin_view(offered), name="articles_article_offered"),
        path("records/cite/", site.admin_view(cite), name="articles_article_cite"),
    ]


@json_door(limit=LIMIT, longest=LONGEST)
def offered(request, asked):
    """``{"kind": "claim" | "quote" | "source" | "speaker", "near": selected words, "words": typed words}``.

    Answers ``{"offered": [{"id", "text", "detail", "near"}], "address": bool, "slow": bool}``: what says nearly the
    selected words first. ``address``: the typed words are an address that a new source may have.
    """
    raise_if_may_not(request.user, "see")
    kind, near, words = (asked.get(name, "") for name in ("kind", "near", "words"))
    found: dict[int, dict] = {}
    slow = False
    for search, is_near in _searches(kind, near, words, request.user):
        try:
            for record in search():
                found.setdefault(record.pk, _offer(record, near=is_near))
        except TookTooLong:
            slow = True
    address = kind == "source" and normalise_url(words) is not None
    return {"offered": list(found.values()), "address": address, "slow": slow}


def _searches(kind: str, near: str, words: str, by) -> list[tuple]:
    """Each search with whether it is for near-duplicates. Raises DomainError ``kind_unknown``."""
    if kind in RECORDS:
        model = RECORDS[kind]
        return [
            (lambda: records_like(model, near) if not words else [], True),
            (lambda: records_named(model, words, by=by), False),
        ]
    if kind == "source":
        return [(lambda: sources_named(words), False)]
    if kind == "speaker":
        return [(lambda: speakers_named(words), False)]
    raise DomainError("kind_unknown", "A record is a claim, a quote, a source or a speaker.", "kind")


def _offer(record, *, near: bool) -> dict:
    match record:
        case Claim():
            text, detail = record.label, "" if record.standing == "normal" else record.get_standing_display()
        case Quote():
            speaker = str(record.speaker) if record.speaker else _("speaker not known")
            told = [speaker, record.role.title if record.role else "", record.occasion, record.said_on]
            text, detail = f"“{record.words}”", ", ".join(str(part) for part in told if part)
        case Source():
            text, detail = str(record), _about(record)
        case _:
            text, detail = record.name, record.get_kind_display()
    return {
        "id": record.public_id,
        "text": Truncator(text).chars(SHOWN),
        "detail": Truncator(detail).chars(SHOWN),
        "near": near,
    }


def _about(source: Source) -> str:
    if source.confidential:
        return _("confidential")
    state = state_of(source)
    told = [source.publisher.name if source.publisher else "", source.published_on, source.url]
    told += [] if state == SourceState.IDENTIFIED else [state.label]
    return " · ".join(str(part) for part in told if part)


@json_door(limit=LIMIT, longest=LONGEST)
def cite(request, asked):
    """``{"of": "claim" | "quote", "id": public id, "source": public id, or "address": …, "stance": …, "carries": …}``.

    A new address makes a source, described by ``title`` and ``publisher`` where they are known, and has it captured.
    Without ``id`` a new claim named ``text`` is cited for. Answers 201 ``{"id": public id of the claim or quote}``.
    """
    if (model := RECORDS.get(asked.get("of"))) is None:
        raise DomainError("kind_unknown", "What is cited for is a claim or a quote.", "of")
    by, now = request.user, timezone.now()
    raise_if_may_not(by, "keep_evidence")
    with transaction.atomic():
        if model is Claim and not asked.get("id"):
            record = evidence.make_claim(label=asked.get("text", ""), by=by, now=now)
        else:
            record = record_of(model, asked.get("id", ""))
        evidence.cite(
            record,
            _source(asked, by=by, now=now),
            stance=asked.get("stance") or Citation.Stance.SUPPORTS,
            carries=asked.get("carries", "") if model is Quote else "",
            locator=asked.get("locator", ""),
            by=by,
            now=now,
        )
    return JsonResponse({"id": record.public_id}, status=201)


def _source(asked: dict[str, str], *, by, now) -> Source:
    if public_id := asked.get("source"):
        return record_of(Source, public_id)
    address = asked.get("address", "")
    if not address:
        raise DomainError("source_missing", "Choose a source, or paste its address.", "source")
    described = {"title": asked.get("title", ""), "publisher_name": asked.get("publisher", "")}
    return source_named(address, "address", by=by, now=now, **described)
