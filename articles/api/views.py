"""The API's doors: lists in pages, and each record by its public id."""

from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles import reading, uses
from articles.api import records, shapes
from articles.api.forms import FORMS, answer_in
from articles.api.shapes.forms import FORMAT, in_forms
from articles.purging import LISTS, article_key, source_key
from articles.rendering.pages import address
from newsroom.api.documentation import LIST_PARAMETERS, described_page
from newsroom.api.negotiating import JSON_FORM
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in, limit_in
from newsroom.api.problems import MEDIA_TYPE
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, accepts_gzip, answer, answer_made, as_json, moved_for_good


class Root(PublicView):
    """What there is."""

    @extend_schema(operation_id="root", summary="The ways in", responses=shapes.Root)
    def get(self, request):
        ways = {
            name: address(reverse(f"api-{name}"))
            for name in ("articles", "changes", "claims", "corrections", "quotes", "sources", "schema")
        }
        return answer_made(request, as_json(ways), content_type=JSON)


class Articles(PublicView):
    """Articles that are public now, newest first: one query, entries as they were finished at publish."""

    parameters: ClassVar = frozenset({"cursor", "limit"})

    @extend_schema(
        operation_id="articles_list",
        summary="Public articles, newest first",
        parameters=LIST_PARAMETERS,
        responses=described_page("ArticlePage", shapes.Card),
    )
    def get(self, request):
        limit = limit_in(request.query_params)
        before = key_in(request.query_params, reading.LIST_KEY)
        cards = reading.cards(now=timezone.now(), before=before, limit=limit + 1)
        shown = cards[:limit]
        next_key = shown[-1].list_key if len(cards) > limit else None
        return answer_page(
            request, [card.body for card in shown], limit=limit, next_key=next_key, keys=[LISTS]
        )


class Article(PublicView):
    """One article with every sentence and what it rests on: one query."""

    parameters: ClassVar = frozenset({"format"})
    forms: ClassVar = FORMS

    @extend_schema(
        operation_id="articles_retrieve",
        summary="One article, sentence by sentence",
        parameters=[FORMAT],
        responses=in_forms(shapes.Article) | {(410, MEDIA_TYPE): shapes.GoneProblem},
    )
    def get(self, request, public_id: str):
        stored = self.form is JSON_FORM
        gzipped = stored and accepts_gzip(request)
        found = reading.detail(public_id, now=timezone.now(), gzipped=gzipped)
        keys = [article_key(public_id)]
        if found is None:
            raise NotThere(*keys)
        if not stored:
            return answer_in(request, self.form, found.body, keys=keys, is_gone=found.gone)
        return answer(
            request,
            found.body,
            etag=found.etag,
            content_type=MEDIA_TYPE if found.gone else JSON,
            gzipped=gzipped,
            status=410 if found.gone else 200,
            keys=keys,
        )


class RecordList(PublicView):
    """A page of records that statements of listed editions name."""

    parameters: ClassVar = frozenset({"cursor", "limit"})
    index: ClassVar[uses.Index]
    told: ClassVar

    def page(self, request) -> HttpResponse:
        limit = limit_in(request.query_params)
        after = key_in(request.query_params, records.PUBLIC_ID)
        now = timezone.now()
        ids = uses.public_ids(self.index, now=now, after=after, limit=limit + 1)
        entries = [as_json(entry) for entry in type(self).told(ids[:limit], now=now)]
        next_key = ids[limit - 1] if len(ids) > limit else None
        return answer_page(request, entries, limit=limit, next_key=next_key, keys=[LISTS])


class Record(PublicView):
    """One record; 404 for one that no listed edition names, as for none. One that was merged into another redirects."""

    index: ClassVar[uses.Index]
    told: ClassVar

    def one(self, request, public_id: str, *keys: str) -> HttpResponse:
        now = timezone.now()
        found = type(self).told([public_id], now=now)
        if not found:
            standing = self.index.standing([public_id]).get(public_id)
            if standing and type(self).told([standing], now=now):
                place = reverse(request.resolver_match.view_name, args=[standing])
                return moved_for_good(place, [LISTS, *keys])
            raise NotThere(LISTS, *keys)
        return answer_made(request, as_json(found[0]), content_type=JSON, keys=[LISTS, *keys])


class Claims(RecordList):
    index = uses.CLAIMS
    told = records.claims

    @extend_schema(
        operation_id="claims_list",
        summary="Claims of what is listed",
        parameters=LIST_PARAMETERS,
        responses=described_page("ClaimPage", shapes.Claim),
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

    @extend_schema(
        operation_id="quotes_list",
        summary="Quotes of what is listed",
        parameters=LIST_PARAMETERS,
        responses=described_page("QuotePage", shapes.Quote),
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

    @extend_schema(
        operation_id="sources_list",
        summary="Sources of what is listed",
        parameters=LIST_PARAMETERS,
        responses=described_page("SourcePage", shapes.SourceRecord),
    )
    def get(self, request):
        return self.page(request)


class Source(Record):
    index = uses.SOURCES
    told = records.sources

    @extend_schema(operation_id="sources_retrieve", summary="One source", responses=shapes.SourceRecord)
    def get(self, request, public_id: str):
        return self.one(request, public_id, source_key(public_id))
