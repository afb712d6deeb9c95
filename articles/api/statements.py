"""The doors of statements: the sentences of what is listed, one by one."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles import said
from articles.api import shapes
from articles.api.asking import OF_ARTICLES, SUBJECTS, ListView, Offer
from articles.api.telling import chosen, fetched_by
from articles.api.views import LISTED
from articles.purging import LISTS, article_key
from newsroom.api.documentation import described_page
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, answer_made, as_json


class Statements(ListView):
    """Statements of listed editions: article by article, newest first, each in reading order."""

    offer: ClassVar = Offer(
        shapes.ListedStatement,
        subjects=tuple(SUBJECTS),
        times=OF_ARTICLES,
        kinds=LISTED,
        text=True,
        language=True,
        exclude=("citations",),
    )
    parameters: ClassVar = offer.names

    @extend_schema(
        operation_id="statements_list",
        summary="What is said, sentence by sentence, and what each rests on",
        description=(
            "Those of the newest article first, each article's in reading order. By source, speaker, publisher, claim "
            "and quote the sentences themselves are chosen, by everything else their articles. A page may hold fewer "
            "than were asked for, or none, and go on all the same."
        ),
        parameters=offer.parameters,
        responses=described_page("StatementPage", shapes.ListedStatement),
    )
    def get(self, request):
        asked = self.offer.asked(request.query_params)
        before = key_in(request.query_params, said.PLACE)
        told, next_key = said.statements(
            asked.filters, now=timezone.now(), by=self.reads, before=before, limit=asked.limit
        )
        self.fetched = fetched_by(request, told)
        entries = [as_json(chosen(entry, fields=asked.fields, exclude=asked.exclude)) for entry in told]
        return answer_page(
            request, entries, limit=asked.limit, next_key=next_key, keys=[LISTS], kept=asked.kept
        )


class Statement(PublicView):
    """One statement as it stands now; 404 once its article is gone or says it no more."""

    @extend_schema(operation_id="statements_retrieve", summary="One statement", responses=shapes.Statement)
    def get(self, request, article: str, key: str):
        keys = [article_key(article), LISTS]
        found = said.statement(article, key, now=timezone.now(), by=self.reads)
        if found is None:
            raise NotThere(*keys)
        self.fetched = fetched_by(request, [found])
        return answer_made(request, as_json(found), content_type=JSON, keys=keys)
