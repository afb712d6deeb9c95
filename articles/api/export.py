"""The door for who takes a copy of everything: lines of JSON, in answers of bounded length that go on by cursor."""

import re
from collections.abc import Iterator
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from articles import copying
from articles.api.telling import told
from articles.following import last_number
from newsroom.api.documentation import LIST_PARAMETERS
from newsroom.api.parameters import key_in
from newsroom.api.views import PublicView
from newsroom.core.answering import as_json, coding_for, packed
from newsroom.core.cursors import cursor_after
from newsroom.core.ids import PUBLIC_ID
from newsroom.core.own_address import own_origin

LINES = "application/x-ndjson"
# Articles in one answer, and after how many bytes of JSON one ends: it is made before any of it is sent, so that
# whoever reads slowly, or no further, holds up no thread of a worker.
MOST, ENOUGH = 1_000, 8 * 2**20
# Read at a time.
STRETCH = 50
_PLACE = re.compile(rf"(?P<follow_after>0|[1-9]\d{{0,18}}) (?P<public_id>{PUBLIC_ID.pattern})")
_TELLS = """
Lines of JSON: first `{"export": {"follow_after", "changes"}}`, then an article a line as `articles/{public_id}/` tells
it, last `{"export": {"complete", "cursor", "next"}}`. An answer has at most 1,000 articles, and ends after about eight
megabytes: unless it is `complete`, ask for `next`; one that breaks off without its last line is asked for again, or
gone on from its last article.

What is published while you read may be in the copy or not. Follow the changes after `follow_after` of the first answer
and you miss nothing; you may be told of some things twice.
"""


class Export(PublicView):
    """Everything that is listed for who asks."""

    parameters: ClassVar = frozenset({"cursor"})
    scope: ClassVar = "bulk"
    cost: ClassVar = 60

    @extend_schema(
        operation_id="export_retrieve",
        summary="Everything at once, in lines of JSON",
        description=_TELLS,
        parameters=LIST_PARAMETERS[:1],
        responses={(200, LINES): OpenApiResponse(OpenApiTypes.STR)},
    )
    def get(self, request):
        follow_after, after = self._place(request)
        # Before the first article is read: what becomes visible from now on has a higher number.
        if follow_after is None:
            follow_after = last_number()
        self.fetched, coding = [], coding_for(request)
        head = request.method == "HEAD"
        body = b"" if head else b"".join(self._lines(request, after, follow_after))
        response = HttpResponse(packed(body, coding), content_type=LINES)
        if coding:
            response.headers["Content-Encoding"] = coding
        response.headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _place(request) -> tuple[int | None, str]:
        """Where to go on, and behind which change the copy is followed: None, where it begins."""
        key = key_in(request.query_params, _PLACE)
        if key is None:
            return None, ""
        number, _, public_id = key.partition(" ")
        return int(number), public_id

    def _stretch(self, after: str) -> list[copying.Copied]:
        return copying.stretch(after=after, limit=STRETCH, now=timezone.now(), by=self.by)

    def _lines(self, request: HttpRequest, after: str, follow_after: int) -> Iterator[bytes]:
        """The answer, a stretch at a time."""
        origin = own_origin(request)
        changes = f"{origin}{reverse('api-changes')}?after={follow_after}"
        yield _line({"export": {"follow_after": follow_after, "changes": changes}})
        number = size = 0
        while stretch := self._stretch(after):
            lines = b"".join(told(article.body, article.terms) + b"\n" for article in stretch)
            yield lines
            self.fetched += [article.edition for article in stretch]
            after, number, size = stretch[-1].public_id, number + len(stretch), size + len(lines)
            if number >= MOST or size >= ENOUGH:
                cursor = cursor_after(f"{follow_after} {after}")
                more = f"{origin}{request.path}?cursor={cursor}"
                yield _line({"export": {"complete": False, "cursor": cursor, "next": more}})
                return
        yield _line({"export": {"complete": True, "cursor": None, "next": None}})


def _line(value: dict) -> bytes:
    return as_json(value) + b"\n"
