"""The doors of claims, quotes and sources: in pages, and each by its public id."""

from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles import uses
from articles.api import records, shapes
from articles.api.asking import ListView, Offer
from articles.api.telling import chosen, fetched_by
from articles.purging import LISTS, source_key
from articles.searching.bounded import within_time
from articles.walking import counted
from newsroom.api.documentation import described_page
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, answer_made, as_json, moved_for_good
from newsroom.core.ids import PUBLIC_ID


class RecordList(ListView):
    """A page of records that statements of listed editions name."""

    index: ClassVar[uses.Index]
    told: ClassVar
    offer: ClassVar[Offer]

    def page(self, request) -> HttpResponse:
        asked = self.offer.asked(request.query_params)
        after = key_in(request.query_params, PUBLIC_ID)
        now, by = timezone.now(), self.reads
        with within_time(quick=by is None and not asked.count):
            ids = uses.public_ids(self.index, now=now, after=after, limit=asked.limit + 1, by=by)
            told = type(self).told(ids[: asked.limit], now=now, by=by)
            statements = [statement for entry in told for statement in entry["statements"]]
            self.fetched = fetched_by(request, statements)
            count = counted(self.index.known(now, by)) if asked.count else None
        return answer_page(
            request,
            [as_json(chosen(entry, fields=asked.fields, exclude=asked.exclude)) for entry in told],
            limit=asked.limit,
            next_key=ids[asked.limit - 1] if len(ids) > asked.limit else None,
            keys=[LISTS],
            kept=asked.kept,
            count=count,
        )


class Record(PublicView):
    """One record; 404 for one that no listed edition names, as for none. One that was merged into another redirects."""

    index: ClassVar[uses.Index]
    told: ClassVar

    def one(self, request, public_id: str, *keys: str) -> HttpResponse:
        now, by = timezone.now(), self.reads
        with within_time(quick=by is None):
            found = type(self).told([public_id], now=now, by=by)
            standing = None if found else self.index.standing([public_id]).get(public_id)
            if standing and type(self).told([standing], now=now, by=by):
                place = reverse(request.resolver_match.view_name, args=[standing])
                return moved_for_good(place, [LISTS, *keys])
        if not found:
            raise NotThere(LISTS, *keys)
        self.fetched = fetched_by(request, found[0]["statements"])
        return answer_made(request, as_json(found[0]), content_type=JSON, keys=[LISTS, *keys])


class Claims(RecordList):
    index = uses.CLAIMS
    told = records.claims
    offer = Offer(shapes.ListedClaim, exclude=("statements",), counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="claims_list",
        summary="Claims of what is listed",
        parameters=offer.parameters,
        responses=described_page("ClaimPage", shapes.ListedClaim, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Claim(Record):
    index = uses.CLAIMS
    told = records.claims

    @extend_schema(operation_id="claims_retrieve", summary="One claim", responses=shapes.Claim)
    def get(self, request, public_id: str):
        return self.one(request, public_id)


class Quotes(RecordList):
    index = uses.QUOTES
    told = records.quotes
    offer = Offer(shapes.ListedQuote, exclude=("statements",), counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="quotes_list",
        summary="Quotes of what is listed",
        parameters=offer.parameters,
        responses=described_page("QuotePage", shapes.ListedQuote, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Quote(Record):
    index = uses.QUOTES
    told = records.quotes

    @extend_schema(operation_id="quotes_retrieve", summary="One quote", responses=shapes.Quote)
    def get(self, request, public_id: str):
        return self.one(request, public_id)


class Sources(RecordList):
    index = uses.SOURCES
    told = records.sources
    offer = Offer(shapes.ListedSource, exclude=("statements",), counts=True)
    parameters = offer.names

    @extend_schema(
        operation_id="sources_list",
        summary="Sources of what is listed",
        parameters=offer.parameters,
        responses=described_page("SourcePage", shapes.ListedSource, counted=True),
    )
    def get(self, request):
        return self.page(request)


class Source(Record):
    index = uses.SOURCES
    told = records.sources

    @extend_schema(operation_id="sources_retrieve", summary="One source", responses=shapes.SourceRecord)
    def get(self, request, public_id: str):
        return self.one(request, public_id, source_key(public_id))
