"""The doors of what waits under embargo: for whom a product opens it, marked; for all others there is nothing here."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from articles.api import documentation, shapes
from articles.api.asking import Offer
from articles.api.editions import named
from articles.api.telling import chosen, told
from articles.models import ChangedMoment, Edition, Rendering
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
        description=documentation.EMBARGOED,
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


class ChangedMoments(WaitingView):
    """Whose moment was changed, the newest first. Two queries at most."""

    offer: ClassVar = Offer(shapes.ListedChangedMoment)
    parameters: ClassVar = offer.names

    @extend_schema(
        operation_id="embargoed_changed_list",
        summary="Which embargoes were moved or cancelled, the newest first",
        description=documentation.CHANGED_MOMENTS,
        parameters=offer.parameters,
        responses={
            200: described_page("ChangedMomentPage", shapes.ListedChangedMoment),
            (404, MEDIA_TYPE): Problem,
        },
    )
    def get(self, request) -> HttpResponse:
        asked = self.offer.asked(request.query_params)
        before = key_in(request.query_params, DATED)
        found = self.told(request.user)
        rows = list(
            found.newest(before and dated(before)).values_list(
                "public_id", "at", "article__public_id", "edition__number", "until", "was"
            )[: asked.limit + 1]
        )
        shown = rows[: asked.limit]
        return answer_page(
            request,
            [as_json(chosen(_changed(*row), fields=asked.fields)) for row in shown],
            limit=asked.limit,
            next_key=f"{key_at(shown[-1][1])} {shown[-1][0]}" if len(rows) > asked.limit else None,
            kept=asked.kept,
        )

    def told(self, reader):
        """What who asks is told; 404 for whom there is nothing that could ever be told."""
        fetched = reader and reader.fetched_early
        if fetched is None:
            raise NotThere
        found = ChangedMoment.objects.told_to(self.by, fetched=fetched)
        if not (self.by.reads_embargoed or found.exists()):
            raise NotThere
        return found


def _changed(public_id: str, at: datetime, article: str, number: int, until: datetime | None, was: datetime):
    return {
        "id": public_id,
        "at": utc(at),
        "article": named(article),
        "edition": number,
        "embargoed_until": until and utc(until),
        "was": utc(was),
    }


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
