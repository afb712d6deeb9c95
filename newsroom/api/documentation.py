"""The API's own description (OpenAPI 3.1), errors and headers included."""

import json
from functools import cache
from http import HTTPStatus

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema_serializer, inline_serializer
from rest_framework import serializers

from newsroom.api.parameters import LIMIT, MOST
from newsroom.api.problems import MEDIA_TYPE
from newsroom.core.cursors import LONGEST

# No number is higher, as the database counts.
HIGHEST = 2**63 - 1

LIST_PARAMETERS = [
    OpenApiParameter(
        "cursor",
        {"type": "string", "minLength": 1, "maxLength": LONGEST},
        description="Where to go on: taken from `next` of the page before. It stays good when articles come or go.",
    ),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        description="How many entries a page shall have.",
    ),
]

NUMBERED_PARAMETERS = [
    OpenApiParameter(
        "after",
        {"type": "integer", "minimum": 0, "maximum": HIGHEST, "default": 0},
        description="The number behind which to go on: `last` of the page before.",
    ),
    LIST_PARAMETERS[1],
]

_CAUSES = {
    400: "A parameter is unknown, given twice or malformed; `errors` names it.",
    404: "Nothing public has this id.",
    406: "Only JSON is to be had.",
    500: "Our fault.",
}


class ParameterError(serializers.Serializer):
    detail = serializers.CharField()
    parameter = serializers.CharField(help_text="The name of the parameter.")


class Problem(serializers.Serializer):
    """What went wrong (RFC 9457). Compare `code`; `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    code = serializers.CharField()
    errors = ParameterError(many=True, required=False)


def described_page(name: str, entry: type[serializers.Serializer], **more) -> serializers.Serializer:
    """The description of a page of a list of ``entry``; ``more`` are its other members (fields)."""
    return extend_schema_serializer(many=False)(
        inline_serializer(
            name,
            {
                "next": serializers.URLField(
                    allow_null=True, help_text="The address of the next page, null on the last."
                ),
                **more,
                "results": entry(many=True),
            },
        )
    )


class ReadOnlySchema(AutoSchema):
    """Adds to every operation what it may answer besides 200, which no view has to repeat."""

    def get_operation(self, path, *args, **kwargs):
        operation = super().get_operation(path, *args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        responses["200"]["headers"] = {
            "ETag": {"schema": {"type": "string"}, "description": "Strong; send it back in If-None-Match."}
        }
        responses["304"] = {"description": "What If-None-Match named is current."}
        shape = self.resolve_serializer(Problem, "response").ref
        for status, cause in _CAUSES.items():
            if status != HTTPStatus.NOT_FOUND or "{" in path:
                responses.setdefault(
                    str(status), {"description": cause, "content": {MEDIA_TYPE: {"schema": shape}}}
                )
        operation["responses"] = dict(sorted(responses.items()))
        return operation


@cache
def description() -> bytes:
    """The whole description as JSON; it cannot change while the process lives."""
    return json.dumps(SchemaGenerator().get_schema(request=None, public=True), ensure_ascii=False).encode()
