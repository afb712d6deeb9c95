"""The API's description as a page: written here from it, with nothing of any other host and no script."""

import json
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.public.fronts import Page, answer_finished, finished
from articles.rendering.pages import address, page_html, template_release
from newsroom.api import deprecations as going_away
from newsroom.api.documentation import description
from newsroom.core.own_address import own_origin

_SCHEMAS = "#/components/schemas/"
_RESPONSES = "#/components/responses/"


@require_safe
def docs(request):
    """Every address, what it takes, and what it answers. Nothing of it is asked of the database."""
    return answer_finished(request, _docs(own_origin(request), template_release()))


@require_safe
def deprecations(request):
    """What is going away, since when and until when."""
    return answer_finished(request, _deprecations(tuple(going_away.DEPRECATED), template_release()))


@lru_cache(maxsize=4)
def _docs(origin: str, release: str) -> Page:
    told = json.loads(description())
    operations = [
        _operation(path, method.upper(), operation, told, origin)
        for path, methods in sorted(told["paths"].items())
        for method, operation in methods.items()
    ]
    html = page_html(
        "articles/api_docs.html",
        settings.LANGUAGE_CODE,
        canonical=address(reverse("api-docs")),
        told=told["info"],
        schema=reverse("api-schema"),
        problems=reverse("problems"),
        deprecations=reverse("api-deprecations"),
        signing_keys=reverse("signing-keys"),
        operations=operations,
        headers=[
            {"name": name, "description": header["description"]}
            for name, header in told["components"]["headers"].items()
        ],
        schemas=[_schema(name, schema) for name, schema in sorted(told["components"]["schemas"].items())],
    )
    return finished(html.encode())


@lru_cache(maxsize=4)
def _deprecations(deprecated: tuple, release: str) -> Page:
    html = page_html(
        "articles/api_deprecations.html",
        settings.LANGUAGE_CODE,
        canonical=address(reverse("api-deprecations")),
        deprecated=deprecated,
        docs=reverse("api-docs"),
    )
    return finished(html.encode())


def _operation(path: str, method: str, operation: dict, told: dict, origin: str) -> dict:
    open_to_all = {} in operation.get("security", [{}])
    parameters = operation.get("parameters", [])
    asked = {
        one["name"]: one["schema"]["default"] for one in parameters if "default" in one.get("schema", {})
    }
    key = "" if open_to_all else ' -H "Authorization: Bearer $KEY"'
    sent = "" if method == "GET" else f" -X {method}"
    sent += " --json @file" if "requestBody" in operation else ""
    query = f"?{urlencode(asked)}" if asked else ""
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method,
        "body": _body(operation),
        "summary": operation.get("summary", ""),
        "description": [part for part in operation.get("description", "").strip().split("\n\n") if part],
        "deprecated": operation.get("deprecated", False),
        "open": open_to_all,
        "parameters": [
            {
                "name": one["name"],
                "where": one["in"],
                "required": one.get("required", False),
                "description": one.get("description", ""),
                "kind": _kind(one.get("schema", {})),
            }
            for one in parameters
        ],
        "answers": [_answer(status, answer, told) for status, answer in operation["responses"].items()],
        "example": f'curl{key}{sent} "{origin}{path}{query}"',
    }


def _body(operation: dict) -> dict | None:
    """What is to be sent: the shape of the first media type that is taken."""
    content = operation.get("requestBody", {}).get("content", {})
    return next((_kind(told.get("schema", {})) for told in content.values()), None)


def _answer(status: str, answer: dict, told: dict) -> dict:
    shared = answer.get("$ref", "").removeprefix(_RESPONSES)
    if shared:
        answer = told["components"]["responses"][shared]
    forms = [
        {"media_type": media_type, "kind": _kind(content.get("schema", {}))}
        for media_type, content in answer.get("content", {}).items()
    ]
    return {"status": status, "description": "" if shared else answer.get("description", ""), "forms": forms}


def _schema(name: str, schema: dict) -> dict:
    required = set(schema.get("required", ()))
    return {
        "name": name,
        "description": schema.get("description", ""),
        "values": schema.get("enum", []),
        "properties": [
            {
                "name": own,
                "kind": _kind(shape),
                "optional": own not in required,
                "description": shape.get("description", "") if isinstance(shape, dict) else "",
            }
            for own, shape in schema.get("properties", {}).items()
        ],
    }


def _kind(schema: dict) -> dict:
    """What a value is: in words, and the name of its shape where it has one."""
    if "$ref" in schema:
        return {"words": "", "shape": schema["$ref"].removeprefix(_SCHEMAS)}
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return _several([_kind(one) for one in schema[several]])
    kind = schema.get("type", "any")
    kinds = kind if isinstance(kind, list) else [kind]
    if "array" in kinds:
        inner = _kind(schema.get("items", {}))
        return {"words": f"list of {inner['words']}".strip(), "shape": inner["shape"]}
    words = " or ".join(kinds)
    if "enum" in schema:
        words = " | ".join(str(value) for value in schema["enum"])
    if "format" in schema:
        words += f" ({schema['format']})"
    if "minimum" in schema and "maximum" in schema:
        words += f", {schema['minimum']} to {schema['maximum']}"
    return {"words": words, "shape": ""}


def _several(kinds: list[dict]) -> dict:
    words = " or ".join(kind["words"] for kind in kinds if kind["words"])
    shape = next((kind["shape"] for kind in kinds if kind["shape"]), "")
    return {"words": f"or {words}" if shape and words else words, "shape": shape}
