"""The doors for who follows us: changes, corrections, and every edition of an article."""

import re
from typing import ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from articles import following, reading
from articles.api import documentation, editions, shapes
from articles.api.asking import OF_EDITIONS, SUBJECTS, ListView, Offer
from articles.api.forms import FORMS, answer_edition_in
from articles.api.shapes.forms import FORMAT, in_forms
from articles.api.telling import chosen
from articles.purging import LISTS, article_key
from articles.rules.after_publication import CLOSING, Shows
from articles.rules.kinds import SET_RIGHT, Kind
from articles.rules.wanted import KINDS, Wanted, wanted
from articles.rules.wanted import NAMES as WANTED_NAMES
from articles.searching.bounded import within_time
from newsroom.api.documentation import HIGHEST, LIST_PARAMETERS, NUMBERED_PARAMETERS, described_page
from newsroom.api.negotiating import JSON_FORM
from newsroom.api.pages import JSON, answer_numbered, answer_page
from newsroom.api.parameters import key_in, limit_in, whole_in
from newsroom.api.problems import MEDIA_TYPE
from newsroom.api.views import PublicView
from newsroom.core.answering import NotThere, accepts_gzip, answer, answer_made, as_json
from newsroom.core.errors import DomainError

NUMBER = re.compile(r"[1-9]\d{0,8}")
MOST_KINDS = len(KINDS)
GONE = {(410, MEDIA_TYPE): shapes.GoneProblem}


class Changes(PublicView):
    """Everything that became visible to who asks, in its order; nothing is left out and nothing told twice."""

    parameters: ClassVar = frozenset({"after", "limit", *WANTED_NAMES})

    @extend_schema(
        operation_id="changes_list",
        summary="What became visible, in order",
        description=documentation.CHANGES,
        parameters=[*NUMBERED_PARAMETERS, *documentation.WANTED],
        responses=described_page(
            "ChangePage",
            shapes.Change,
            last=serializers.IntegerField(
                help_text="The number up to which the feed was read: ask for what follows with `after`."
            ),
        ),
    )
    def get(self, request):
        limit = limit_in(request.query_params)
        after = whole_in(request.query_params, "after", least=0, most=HIGHEST, default=0)
        filters = {name: value for name, value in request.query_params.items() if name in WANTED_NAMES}
        asked_for = _wanted(filters)
        now = timezone.now()
        following.announce_if_due(now=now)
        # What was set right or taken away is told to whoever has it, whatever their products open by now.
        held = request.user.has if request.user else None
        found = following.changes(
            after=after, limit=limit, now=now, by=self.reads, wanted=asked_for, held=held
        )
        return answer_numbered(
            request,
            [as_json(entry) for entry in found.entries],
            limit=limit,
            last=found.last,
            complete=found.complete,
            keys=[LISTS],
            filters=filters,
        )


def _wanted(filters: dict[str, str]) -> Wanted:
    """What the query asks for. Raises DomainError at the parameter that means nothing."""
    if empty := next((name for name, value in filters.items() if not value), None):
        raise DomainError("parameter_malformed", "Say what is meant, or leave this out.", empty)
    named = dict(filters)
    kinds = named.pop("kind", "")
    return wanted(kinds=kinds.split(",", MOST_KINDS) if kinds else (), **named)


class Corrections(ListView):
    """The log of corrections, clarifications and retractions."""

    offer: ClassVar = Offer(
        shapes.ListedCorrection,
        subjects=tuple(SUBJECTS),
        times=OF_EDITIONS,
        kinds=[kind for kind in Kind if kind in SET_RIGHT],
        language=True,
        exclude=("statements", "texts"),
    )
    parameters: ClassVar = offer.names

    @extend_schema(
        operation_id="corrections_list",
        summary="What we set right, newest first",
        description="Chosen by what its article is or was about, and by when it was set right (`published_…`).",
        parameters=offer.parameters,
        responses=described_page("CorrectionPage", shapes.ListedCorrection),
    )
    def get(self, request):
        asked = self.offer.asked(request.query_params)
        before, by, now = key_in(request.query_params, reading.LIST_KEY), self.reads, timezone.now()
        limit = asked.limit
        with within_time(quick=by is None and not asked.filtered):
            logged = following.corrections(
                now=now,
                before=before,
                limit=limit + 1,
                by=by,
                among=editions.of_articles_meeting(asked.filters, now=now, by=by),
            )
        entries = [
            as_json(chosen(_logged(found), fields=asked.fields, exclude=asked.exclude))
            for found in logged[:limit]
            if found.entry
        ]
        next_key = logged[limit - 1].key if len(logged) > limit else None
        return answer_page(request, entries, limit=limit, next_key=next_key, keys=[LISTS], kept=asked.kept)


class Correction(PublicView):
    """One of the log's entries; 404 once it can no longer be read, as if it had never been."""

    @extend_schema(
        operation_id="corrections_retrieve", summary="One correction", responses=shapes.LoggedCorrection
    )
    def get(self, request, public_id: str):
        found = following.correction(public_id, now=timezone.now(), by=self.reads)
        if found is None:
            raise NotThere(LISTS)
        keys = [LISTS, article_key(found.entry["article"]["id"])]
        return answer_made(request, as_json(_logged(found)), content_type=JSON, keys=keys)


def _logged(found: following.Logged) -> dict:
    return found.entry | {"usage_terms": found.usage_terms}


class AllEditions(ListView):
    """Every edition that can be read, of whichever article. One query."""

    offer: ClassVar = Offer(
        shapes.ListedEdition,
        subjects=tuple(SUBJECTS),
        times=OF_EDITIONS,
        kinds=tuple(Kind),
        language=True,
    )
    parameters: ClassVar = offer.names

    @extend_schema(
        operation_id="editions_list",
        summary="Every edition that can be read, newest first",
        description="Chosen by what the edition itself is about, and by when it began to show (`published_…`).",
        parameters=offer.parameters,
        responses=described_page("AnyEditionPage", shapes.ListedEdition),
    )
    def get(self, request):
        asked = self.offer.asked(request.query_params)
        before = key_in(request.query_params, reading.LIST_KEY)
        with within_time():
            found = editions.newest(
                asked.filters, now=timezone.now(), by=self.reads, before=before, limit=asked.limit + 1
            )
        shown = found[: asked.limit]
        return answer_page(
            request,
            [as_json(chosen(entry, fields=asked.fields)) for _key, entry in shown],
            limit=asked.limit,
            next_key=shown[-1][0] if len(found) > asked.limit else None,
            keys=[LISTS],
            kept=asked.kept,
        )


class Editions(PublicView):
    """The editions of an article that can be read; its notice once they are closed."""

    parameters: ClassVar = frozenset({"cursor", "limit"})

    @extend_schema(
        operation_id="articles_editions_list",
        summary="The editions of an article that can be read",
        parameters=LIST_PARAMETERS,
        responses={200: described_page("EditionPage", shapes.EditionEntry), **GONE},
    )
    def get(self, request, public_id: str):
        limit = limit_in(request.query_params)
        after = int(key_in(request.query_params, NUMBER) or 0)
        now, by = timezone.now(), self.reads
        showing = editions.current(public_id, now=now, by=by)
        if showing is None:
            raise NotThere(article_key(public_id))
        if showing[2] in CLOSING:
            return notice(request, public_id, now=now)
        found = editions.entries(public_id, now=now, after=after, limit=limit + 1, by=by)
        next_key = str(found[limit - 1]["number"]) if len(found) > limit else None
        entries = [as_json(entry) for entry in found[:limit]]
        return answer_page(
            request, entries, limit=limit, next_key=next_key, keys=[article_key(public_id), LISTS]
        )


class Edition(PublicView):
    """One edition with its document as it was frozen."""

    parameters: ClassVar = frozenset({"format"})
    forms: ClassVar = FORMS

    @extend_schema(
        operation_id="articles_editions_retrieve",
        summary="An edition as it was frozen",
        parameters=[FORMAT],
        responses=in_forms(shapes.Edition) | GONE,
    )
    def get(self, request, public_id: str, number: int):
        now, by = timezone.now(), self.reads
        showing = editions.current(public_id, now=now, by=by)
        if showing is None:
            raise NotThere(article_key(public_id))
        found = None
        # Of what was taken down not even the notice can be opened by its number.
        if showing[2] != Shows.TAKEN_DOWN:
            found = editions.edition(public_id, number, showing=showing[:2], now=now, by=by)
        if found is not None:
            edition, body = found
            self.fetched, keys = [edition], [article_key(public_id), LISTS]
            if self.form is not JSON_FORM:
                first = editions.first_shown(public_id)
                return answer_edition_in(request, self.form, body, first=first, keys=keys)
            return answer_made(request, body, content_type=JSON, keys=keys)
        if showing[2] in CLOSING and editions.was_released(public_id, number, now=now):
            return notice(request, public_id, now=now)
        raise NotThere(article_key(public_id))


def notice(request, public_id: str, *, now) -> HttpResponse:
    """The problem that says that the article is gone, as its own address answers. Raises NotThere if it has none."""
    gzipped = accepts_gzip(request)
    found = reading.detail(public_id, now=now, gzipped=gzipped)
    if found is None or not found.gone:
        raise NotThere(article_key(public_id))
    return answer(
        request,
        found.body,
        etag=found.etag,
        content_type=MEDIA_TYPE,
        gzipped=gzipped,
        status=410,
        keys=[article_key(public_id), LISTS],
    )
