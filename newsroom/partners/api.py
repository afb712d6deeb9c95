"""The one door of the API by which partners write: what they say of themselves."""

from http import HTTPStatus
from typing import ClassVar

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from articles.rendering.entries import utc
from newsroom.api.documentation import ReadOnlySchema, shared_response
from newsroom.api.pages import JSON
from newsroom.api.views import PublicView
from newsroom.core.answering import as_json
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID
from newsroom.partners.confirming import HIGHEST, confirm
from newsroom.partners.models import Scope

# More bytes than two short members can have.
LARGEST = 1_000
_OF_BODIES = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


class Shown(serializers.Serializer):
    """Which edition of an article you show."""

    article = serializers.RegexField(f"^{PUBLIC_ID.pattern}$", help_text="The id of the article.")
    edition = serializers.IntegerField(min_value=1, max_value=HIGHEST)


class Noted(Shown):
    """What was noted, and when."""

    at = serializers.DateTimeField()


class WritingSchema(ReadOnlySchema):
    """Nothing that is noted is cached; nothing besides is taken."""

    def get_operation(self, path, *args, **kwargs):
        operation = super().get_operation(path, *args, **kwargs)
        if operation is not None:
            self.resolve_serializer(Shown, "request").schema["additionalProperties"] = False
            del operation["responses"]["304"], operation["responses"]["200"]["headers"]
            for status in (HTTPStatus.NOT_FOUND, *_OF_BODIES):
                operation["responses"].setdefault(str(int(status)), shared_response(status))
        return operation


class Confirmations(PublicView):
    """Partners say which edition they show; our board tells who still shows a text that was set right."""

    scope = Scope.CONFIRM
    http_method_names: ClassVar[list[str]] = ["post", "options"]
    schema = WritingSchema()

    @extend_schema(
        operation_id="confirmations_create",
        summary="Say which edition you show",
        description="Once for each article, whenever it changes on your side: the last word counts. What you show of"
        " an article that was taken away is its last edition, the notice, once your copy is gone.",
        request=Shown,
        responses={200: Noted},
    )
    def post(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > LARGEST:
            raise DomainError("request_too_large", "This is more than two short members.")
        noted = confirm(request.user.partner, request.data, by=self.by, now=timezone.now())
        if noted is None:
            raise Http404
        told = {"article": request.data["article"], "edition": noted.edition.number, "at": utc(noted.at)}
        response = HttpResponse(as_json(told), content_type=JSON)
        response.headers["Cache-Control"] = "no-store"
        return response
