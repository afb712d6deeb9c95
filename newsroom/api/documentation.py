"""The API's own description (OpenAPI 3.1), errors and headers included."""

import json
from functools import cache
from http import HTTPStatus

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema_serializer, inline_serializer
from rest_framework import serializers

from newsroom.api.deprecations import mark_deprecated
from newsroom.api.parameters import LIMIT, MOST
from newsroom.api.problem_types import PROBLEM_TYPES, ProblemType
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

# What every operation may answer besides 200; one that names a record also 404.
STATUSES = (400, 401, 403, 406, 414, 429, 500, 503)

_HEADERS = {
    "ETag": "Strong; send it back in If-None-Match.",
    "Cache-Control": "How long it may be kept; with a key by nobody but whoever asked.",
    "Vary": "By which headers of the request answers differ.",
    "Content-Digest": "SHA-256 of the content as sent (RFC 9530); not with 304 and HEAD, which have none.",
    "RateLimit-Policy": "What may be asked for: by policy, how much (`q`) within how many seconds (`w`).",
    "RateLimit": "What is left of it (`r`), and after how many seconds there is more (`t`).",
    "Link": "Ways on (RFC 8288): `first` and `next` of a list.",
}


class ParameterError(serializers.Serializer):
    detail = serializers.CharField()
    parameter = serializers.CharField(help_text="The name of the parameter.")


class Problem(serializers.Serializer):
    """What went wrong (RFC 9457). Compare `code`; `detail` is for people."""

    type = serializers.CharField(help_text="The address of the page that explains this kind of problem.")
    title = serializers.CharField(help_text="The same for every problem of this kind.")
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    code = serializers.CharField()
    errors = ParameterError(many=True, required=False)


def described_page(
    name: str, entry: type[serializers.Serializer], *, counted: bool = False, **more
) -> serializers.Serializer:
    """The description of a page of a list of ``entry``; ``more`` are its other members (fields). One that is
    ``counted`` can say how many there are."""
    if counted:
        more |= {
            "count": serializers.IntegerField(
                required=False, help_text="How many there are, if it was asked."
            ),
            "at_least": serializers.BooleanField(
                required=False, help_text="Whether there are more than were counted."
            ),
        }
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


class KeyScheme(OpenApiAuthenticationExtension):
    """How a key is sent. Whoever has none reads what everybody reads."""

    target_class = "newsroom.partners.admitting.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The key of a partner. Without one everything is answered that is public.",
        }


class ReadOnlySchema(AutoSchema):
    """Adds to every operation what it may answer besides 200, which no view has to repeat."""

    def get_auth(self):
        """Whoever has no key reads what everybody reads, where that is open."""
        open_to_all = self.view.scope == "read" and settings.NEWSROOM_ANONYMOUS_API
        return [*super().get_auth(), *([{}] if open_to_all else [])]

    def get_operation(self, path, *args, **kwargs):
        operation = super().get_operation(path, *args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        responses["200"]["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
        responses["304"] = {"description": "What If-None-Match named is current."}
        self.resolve_serializer(Problem, "response")
        for status in STATUSES if "{" not in path else (*STATUSES, HTTPStatus.NOT_FOUND):
            responses.setdefault(str(int(status)), shared_response(status))
        operation["responses"] = dict(sorted(responses.items()))
        return operation


def shared_response(status: int) -> dict:
    """A reference to what operations answer alike with ``status``."""
    return {"$ref": f"#/components/responses/{_name(status)}"}


def with_problems(result: dict, generator, request, public: bool) -> dict:
    """The description ``result`` with every answer that operations share (a hook of drf-spectacular's)."""
    used = {kind.status for kind in PROBLEM_TYPES.values()}
    result["components"]["responses"] = {_name(status): _told(status) for status in sorted(used)}
    result["components"]["headers"] = {
        name: {"schema": {"type": "string"}, "description": told} for name, told in _HEADERS.items()
    }
    mark_deprecated(result["paths"])
    return result


def _name(status: int) -> str:
    return HTTPStatus(status).name.title().replace("_", "")


def _told(status: int) -> dict:
    """The answer with ``status``: what may have happened, and an example of each."""
    kinds = {code: kind for code, kind in PROBLEM_TYPES.items() if kind.status == status}
    return {
        "description": " ".join(f"`{code}`: {kind.title}." for code, kind in kinds.items()),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {code: {"value": _example(code, kind)} for code, kind in kinds.items()},
            }
        },
    }


def _example(code: str, kind: ProblemType) -> dict:
    return {
        "type": f"https://news.example/problems/{code}/",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "instance": "/api/v1/articles/",
        "code": code,
    }


@cache
def description() -> bytes:
    """The whole description as JSON; it cannot change while the process lives."""
    return json.dumps(SchemaGenerator().get_schema(request=None, public=True), ensure_ascii=False).encode()
