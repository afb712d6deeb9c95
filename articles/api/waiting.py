"""The doors of what waits under embargo: for whom a product opens it, marked; for all others there is nothing here."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles.api import shapes
from articles.api.asking import Offer
from articles.api.telling import told
from articles.models import Edition, Rendering
from articles.rendering.entries import utc
from articles.rules.entitlements import Entitlement
from newsroom.api.documentation import Problem, described_page
from newsroom.api.pages import JSON, answer_page
from newsroom.api.parameters import key_in
from newsroom.api.problems import MEDIA_TYPE
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, answer_made, as_json
from newsroom.core.cursors import DATED, dated, key_at

# What waits is kept by nobody on the way.
KEPT_BY_NOBODY = "private, no-store"


class WaitingView(PublicView):
    """404 for whoever reads nothing of what waits, as where there is nothing."""

    def entitled(self) -> Entitlement:
        if self.by is None or not self.by.reads_embargoed:
            raise NotThere
        return self.by

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response


class EmbargoedList(WaitingView):
    """What waits under embargo, the soonest first. One query."""

    offer: ClassVar = Offer(shapes.EmbargoedEntry)
    parameters: ClassVar = offer.names

    @extend_schema(
        operation_id="embargoed_list",
        summary="What waits under embargo, the soonest first",
        description="For partners whose products open it. Nobody may show any of it before its moment.",
        parameters=offer.parameters,
        responses={
            200: described_page("EmbargoedPage", shapes.EmbargoedEntry),
            (404, MEDIA_TYPE): Problem,
        },
    )
    def get(self, request) -> HttpResponse:
        by = self.entitled()
        asked = self.offer.asked(request.query_params)
        after = key_in(request.query_params, DATED)
        found = _waiting(Rendering.Representation.CARD, by, now=timezone.now())
        if after:
            found = found.shown_after(*dated(after))
        rows = list(found.order_by("release__showing__startswith", "public_id")[: asked.limit + 1])
        shown = rows[: asked.limit]
        return answer_page(
            request,
            [_told(row, by, fields=asked.fields) for row in shown],
            limit=asked.limit,
            next_key=f"{key_at(shown[-1][0])} {shown[-1][1]}" if len(rows) > asked.limit else None,
            kept=asked.kept,
        )


class Embargoed(WaitingView):
    """One edition that waits, sentence by sentence. One query."""

    @extend_schema(
        operation_id="embargoed_retrieve",
        summary="An edition that waits under embargo",
        responses=shapes.EmbargoedArticle,
    )
    def get(self, request, public_id: str, number: int) -> HttpResponse:
        by = self.entitled()
        found = _waiting(Rendering.Representation.API, by, now=timezone.now())
        row = found.filter(article__public_id=public_id, number=number).first()
        if row is None:
            raise NotThere
        self.fetched = [row[-1]]
        return answer_made(request, _told(row, by), content_type=JSON)


def _waiting(representation: str, by: Entitlement, *, now: datetime):
    """Rows of moment, public id, finished JSON, and by which product it is open."""
    found = Edition.objects.embargoed(now, by=by).with_opening(by, now, waiting=True)
    found = found.filter(renderings__representation=representation).with_text().order_by()
    return found.values_list(
        "release__showing__startswith", "public_id", "renderings__plain", "opening", "pictured", "pk"
    )


def _told(row: tuple, by: Entitlement, *, fields=()) -> bytes:
    at, _public_id, body, opening, pictured, _key = row
    terms = by.terms_of(opening, pictured)
    return told(bytes(body), terms, fields=fields, include={"embargoed_until": as_json(utc(at))})
