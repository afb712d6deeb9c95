"""The API's doors: what there is, and articles, in pages and each by its public id."""

from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles import filtering, reading
from articles.api import shapes
from articles.api.asking import CHANGED, OF_ARTICLES, SUBJECTS, Asked, ListView, Offer
from articles.api.forms import FORMS, answer_in
from articles.api.modified import modified_at
from articles.api.shapes.forms import FORMAT, in_forms
from articles.api.telling import pictures_in, told
from articles.purging import LISTS, article_key
from articles.rendering.pages import address
from articles.rules.entitlements import EVERYBODYS
from articles.rules.kinds import PUBLISHABLE, Kind
from newsroom.api.documentation import described_page
from newsroom.api.negotiating import JSON_FORM
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in, names_in
from newsroom.api.problems import MEDIA_TYPE
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, accepts_gzip, answer, answer_made, as_json
from newsroom.core.errors import DomainError
from newsroom.core.members import members_of

# What anybody may read, by the names they have here.
WAYS = (
    "articles",
    "changes",
    "claims",
    "corrections",
    "editions",
    "publishers",
    "quotes",
    "sources",
    "speakers",
    "statements",
    "treaties",
    "schema",
)
# Of an article, what can be told with its entry in lists, and left out of the whole.
RELATED = ("statements", "quotes", "sources", "treaties", "corrections", "images")
LISTED = [kind for kind in Kind if kind in PUBLISHABLE]


class Root(PublicView):
    """What there is."""

    @extend_schema(operation_id="root", summary="The ways in", responses=shapes.Root)
    def get(self, request):
        routes = {name: "api-all-editions" if name == "editions" else f"api-{name}" for name in WAYS}
        ways = {name: address(reverse(route)) for name, route in routes.items()}
        return answer_made(request, as_json(ways), content_type=JSON)


class Articles(ListView):
    """Articles that are public now, newest first: one query, entries as they were finished at publish."""

    offer: ClassVar = Offer(
        shapes.ListedArticle,
        subjects=tuple(SUBJECTS),
        times=OF_ARTICLES | CHANGED,
        kinds=LISTED,
        text=True,
        language=True,
        include=RELATED,
        exclude=("section", "tags", "bylines"),
        counts=True,
    )
    parameters = offer.names

    @extend_schema(
        operation_id="articles_list",
        summary="Public articles, newest first",
        parameters=offer.parameters,
        responses=described_page("ArticlePage", shapes.ListedArticle, counted=True),
    )
    def get(self, request):
        asked = self.offer.asked(request.query_params)
        before = key_in(request.query_params, reading.LIST_KEY)
        now, by, limit = timezone.now(), self.reads, asked.limit + 1
        if asked.filtered:
            cards = filtering.cards(asked.filters, now=now, by=by, before=before, limit=limit)
        else:
            cards = reading.cards(now=now, by=by, before=before, limit=limit)
        shown = cards[: asked.limit]
        if asked.include:
            self.fetched = [card.edition for card in shown]
        return answer_page(
            request,
            entries(shown, asked),
            limit=asked.limit,
            next_key=shown[-1].list_key if len(cards) > asked.limit else None,
            keys=[LISTS],
            kept=asked.kept,
            count=filtering.counted(asked.filters, now=now, by=by) if asked.count else None,
        )


def entries(cards: list[reading.Card], asked: Asked) -> list[bytes]:
    """The entries as they are asked for; at most one query more, for what is told in addition."""
    details = reading.details([card.edition for card in cards]) if asked.include else {}
    return [
        told(
            card.body,
            card.terms,
            fields=asked.fields,
            exclude=asked.exclude,
            include=_related(details.get(card.edition), asked.include) if asked.include else {},
        )
        for card in cards
    ]


def _related(article: bytes | None, include) -> dict[str, bytes]:
    """What is told in addition of ``article``, the JSON of it; of one that went meanwhile nothing."""
    if article is None:
        return dict.fromkeys(include, b"[]")
    found = members_of(article)
    return {name: pictures_in(found) if name == "images" else found[name] for name in include}


class Article(PublicView):
    """One article with every sentence and what it rests on: one query."""

    parameters: ClassVar = frozenset({"exclude", "format"})
    forms: ClassVar = FORMS

    @extend_schema(
        operation_id="articles_retrieve",
        summary="One article, sentence by sentence",
        parameters=[FORMAT, Offer(shapes.Article, exclude=RELATED, paged=False).described("exclude")],
        responses=in_forms(shapes.Article) | {(410, MEDIA_TYPE): shapes.GoneProblem},
    )
    def get(self, request, public_id: str):
        exclude, ours, by = self._excluded(request), self.form is JSON_FORM, self.reads
        on_our_terms = by is None or by.terms == EVERYBODYS
        finished = ours and on_our_terms and not exclude
        gzipped = finished and accepts_gzip(request)
        found = reading.detail(public_id, now=timezone.now(), gzipped=gzipped, by=by)
        keys = [article_key(public_id)]
        if found is None:
            raise NotThere(*keys)
        self.fetched = [found.edition]
        if finished or (ours and found.gone):
            return answer_found(request, found, gzipped=gzipped, keys=keys)
        body = found.body if found.gone else told(found.body, found.terms, exclude=exclude)
        if ours:
            return answer_made(request, body, content_type=JSON, keys=keys)
        return answer_in(request, self.form, body, keys=keys, is_gone=found.gone)

    def _excluded(self, request) -> tuple[str, ...]:
        """What to leave out of our own JSON; the other forms are whole."""
        exclude = names_in(request.query_params, "exclude", RELATED)
        if exclude and self.form is not JSON_FORM:
            raise DomainError("parameter_malformed", "Only of our own JSON.", "exclude")
        return exclude


def answer_found(request, found: reading.Found, *, gzipped: bool, keys) -> HttpResponse:
    """The answer with an article or the notice in its place, as it was finished."""
    return answer(
        request,
        found.body,
        etag=found.etag,
        content_type=MEDIA_TYPE if found.gone else JSON,
        gzipped=gzipped,
        status=410 if found.gone else 200,
        keys=keys,
        modified=modified_at(found, gzipped=gzipped),
    )
