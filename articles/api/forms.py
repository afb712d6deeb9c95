"""An article in the forms that others take it in, worked out from our own JSON of it."""

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import NotAcceptable

from articles.rendering.forms import edition_told, gone, made
from articles.rendering.forms.annotations import CONTEXT
from articles.rendering.forms.ninjs import SCHEMA
from newsroom.api.negotiating import JSON_FORM, Form
from newsroom.core.answering import answer_made, as_json, etag_of
from newsroom.core.kept_made import KeptByDigest
from newsroom.core.own_address import own_origin

NINJS = Form("ninjs", "application/json", SCHEMA)
LINKED_DATA = Form("jsonld", "application/ld+json")
ANNOTATIONS = Form("annotations", "application/ld+json", CONTEXT)
CSL = Form("csl", "application/vnd.citationstyles.csl+json")
FORMS = (JSON_FORM, NINJS, LINKED_DATA, ANNOTATIONS, CSL)

# By the digest of the JSON that they are made from.
_MADE = KeptByDigest(most_bytes=16 * 2**20)


def answer_in(
    request: HttpRequest, form: Form, told: bytes, *, keys: list[str], is_gone: bool = False
) -> HttpResponse:
    """``told``, the JSON of an article, in ``form``; with ``is_gone`` it is the problem that says that it is no more.

    That can be told in ninjs. Raises NotAcceptable for the other forms.
    """
    if is_gone and form is not NINJS:
        raise NotAcceptable
    origin = own_origin(request)
    make = gone if is_gone else made
    body = _MADE.get((etag_of(told), form.name, origin), lambda: make(form.name, told, origin))
    return answer_made(
        request, body, content_type=form.content_type, status=410 if is_gone else 200, keys=keys
    )


def answer_edition_in(
    request: HttpRequest, form: Form, edition: bytes, *, first: datetime, keys: list[str]
) -> HttpResponse:
    """As :func:`answer_in`, for an edition by its number, from the JSON of it. One that took the article away, and is
    shown as such, can be told in ninjs alone."""
    told = edition_told(json.loads(edition), first)
    return answer_in(request, form, as_json(told), keys=keys, is_gone="status" in told)
