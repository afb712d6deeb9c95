"""The doors of publishers, speakers and treaties: whom and what listed articles name, by their public fields alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles import reading
from articles.api import shapes
from articles.api.asking import ListView, Offer
from articles.api.telling import chosen
from articles.models import Treaty as TreatyRow
from articles.purging import LISTS
from articles.rendering.pages import address
from articles.rules.entitlements import Entitlement
from articles.rules.subjects import About
from articles.searching.bounded import within_time
from articles.subjects import known, standing, standing_with
from articles.uses import article_told
from articles.walking import counted
from newsroom.api.documentation import described_page
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, answer_made, as_json, moved_for_good
from newsroom.core.ids import PUBLIC_ID
from sources.models import Publisher as PublisherRow
from sources.models import Speaker as SpeakerRow

# Of one record, the newest articles that are named.
NEWEST = 10


@dataclass(frozen=True)
class Sort:
    """One sort of record: how editions name it, and what is told of it."""

    model: type[Model]
    kind: About
    told: Callable[[Model], dict]

    def listed(self, now: datetime, by: Entitlement | None):
        """The records that editions listed for ``by`` name, in the order of their ids."""
        if self.kind == About.TREATY:
            return known(self.model, self.kind, now=now, by=by).order_by("public_id")
        return standing(self.model, self.kind, now=now, by=by).order_by("public_id")

    def one(self, public_id: str) -> tuple[Model, tuple[str, ...]] | None:
        """The record with this id, and the values that stand for it. One query."""
        if self.kind != About.TREATY:
            return standing_with(self.model, Q(public_id=public_id))
        found = self.model._default_manager.filter(public_id=public_id).first()
        return found and (found, (found.slug,))

    def entry(self, record: Model) -> dict:
        """What is told of it, and the ways on."""
        by_it = urlencode({self.kind: record.public_id})
        return self.told(record) | {
            "api": address(reverse(f"api-{self.kind}", args=[record.public_id])),
            "articles": f"{address(reverse('api-articles'))}?{by_it}",
        }


def _publisher(record: PublisherRow) -> dict:
    return {"id": record.public_id, "slug": record.slug, "name": record.name}


def _speaker(record: SpeakerRow) -> dict:
    page = address(reverse("speaker", args=[record.slug]))
    return _publisher(record) | {"kind": record.kind, "address": page}


def _treaty(record: TreatyRow) -> dict:
    return {
        "id": record.public_id,
        "slug": record.slug,
        "title": record.title,
        "parties": record.parties,
        "signed_on": record.signed_on and record.signed_on.isoformat(),
        "signed_at": record.signed_at,
        "address": address(reverse("treaty", args=[record.slug])),
    }


PUBLISHER = Sort(PublisherRow, About.PUBLISHER, _publisher)
SPEAKER = Sort(SpeakerRow, About.SPEAKER, _speaker)
TREATY = Sort(TreatyRow, About.TREATY, _treaty)


class NamedList(ListView):
    """A page of records, by their ids. One query, or two."""

    sort: ClassVar[Sort]
    offer: ClassVar[Offer]

    def page(self, request):
        asked = self.offer.asked(request.query_params)
        after = key_in(request.query_params, PUBLIC_ID)
        with within_time():
            found = self.sort.listed(timezone.now(), self.reads)
            rows = list(found.filter(public_id__gt=after or "")[: asked.limit + 1])
            count = counted(found) if asked.count else None
        shown = rows[: asked.limit]
        return answer_page(
            request,
            [as_json(chosen(self.sort.entry(row), fields=asked.fields)) for row in shown],
            limit=asked.limit,
            next_key=shown[-1].public_id if len(rows) > asked.limit else None,
            keys=[LISTS],
            kept=asked.kept,
            count=count,
        )


class Named(PublicView):
    """One record and the newest articles that name it: two queries. 404 for one that no listed edition names; one that
    was merged into another redirects."""

    sort: ClassVar[Sort]

    def one(self, request, public_id: str):
        found = self.sort.one(public_id)
        if found is None:
            raise NotThere(LISTS)
        record, values = found
        with within_time():
            about = [(self.sort.kind, values)]
            cards = reading.cards(now=timezone.now(), before=None, limit=NEWEST, about=about, by=self.reads)
        if not cards:
            raise NotThere(LISTS)
        if self.sort.kind != About.TREATY and values[0] != public_id:
            return moved_for_good(reverse(request.resolver_match.view_name, args=[values[0]]), [LISTS])
        told = self.sort.entry(record) | {"newest": [article_told(json.loads(card.body)) for card in cards]}
        return answer_made(request, as_json(told), content_type=JSON, keys=[LISTS])


class Publishers(NamedList):
    sort = PUBLISHER
    offer = Offer(shapes.ListedPublisher, counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="publishers_list",
        summary="Publishers of sources that listed articles cite",
        parameters=offer.parameters,
        responses=described_page("PublisherPage", shapes.ListedPublisher, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Publisher(Named):
    sort = PUBLISHER

    @extend_schema(
        operation_id="publishers_retrieve", summary="One publisher", responses=shapes.PublisherRecord
    )
    def get(self, request, public_id: str):
        return self.one(request, public_id)


class Speakers(NamedList):
    sort = SPEAKER
    offer = Offer(shapes.ListedSpeaker, counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="speakers_list",
        summary="Who is quoted in listed articles",
        parameters=offer.parameters,
        responses=described_page("SpeakerPage", shapes.ListedSpeaker, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Speaker(Named):
    sort = SPEAKER

    @extend_schema(operation_id="speakers_retrieve", summary="One speaker", responses=shapes.SpeakerRecord)
    def get(self, request, public_id: str):
        return self.one(request, public_id)


class Treaties(NamedList):
    sort = TREATY
    offer = Offer(shapes.ListedTreaty, counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="treaties_list",
        summary="Treaties that listed articles are about",
        parameters=offer.parameters,
        responses=described_page("TreatyPage", shapes.ListedTreaty, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Treaty(Named):
    sort = TREATY

    @extend_schema(operation_id="treaties_retrieve", summary="One treaty", responses=shapes.TreatyRecord)
    def get(self, request, public_id: str):
        return self.one(request, public_id)
