"""Errors as problems, whoever found them."""

import ast
import html
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from newsroom.api.problem_types import PROBLEM_TYPES
from newsroom.api.problems import answer_exception, concerns, problem
from newsroom.core.errors import DomainError


def told(error: Exception) -> tuple[int, dict]:
    answer = answer_exception(error, {"request": RequestFactory().get("/api/v1/articles/")})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-cache"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["instance"] == "/api/v1/articles/"
    known = body["code"] in PROBLEM_TYPES
    assert body["type"] == (f"http://testserver/problems/{body['code']}/" if known else "about:blank")
    return answer.status_code, body


@pytest.mark.parametrize(
    ("error", "status", "code", "title"),
    [
        (Http404(), 404, "not_found", None),
        (PermissionDenied(), 403, "forbidden", None),
        (exceptions.ParseError(), 400, "parse_error", None),
        (exceptions.NotAuthenticated(), 401, "not_authenticated", None),
        (exceptions.AuthenticationFailed("No.", code="key_refused"), 401, "key_refused", None),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed", None),
        (exceptions.NotAcceptable(), 406, "not_acceptable", None),
        (exceptions.UnsupportedMediaType("text/xml"), 415, "unsupported_media_type", None),
        (exceptions.Throttled(3), 429, "throttled", None),
        (OperationalError("secret"), 503, "unavailable", None),
        (DomainError("parameter_unknown", "Unknown.", "x"), 400, "parameter_unknown", None),
        (DomainError("of_no_table", "Strange.", "x"), 400, "of_no_table", "Bad Request"),
    ],
)
def test_each_error_has_its_status_code_and_page(error, status, code, title):
    found, body = told(error)
    assert (found, body["code"]) == (status, code)
    assert body["title"] == title or PROBLEM_TYPES[code].title
    assert "secret" not in str(body)


def test_who_asks_too_much_or_without_a_key_is_told_what_to_do():
    request = RequestFactory().get("/api/v1/articles/")
    assert answer_exception(exceptions.Throttled(3), {"request": request})["Retry-After"] == "3"
    assert answer_exception(OperationalError(), {"request": request})["Retry-After"] == "5"
    refused = exceptions.AuthenticationFailed()
    refused.auth_header = "Bearer"
    assert answer_exception(refused, {"request": request})["WWW-Authenticate"] == "Bearer"


def codes_in(path: Path) -> set[str]:
    """The codes of the errors that a module tells with these very words."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call):
            continue
        place = {"DomainError": 0, "problem": 2}.get(getattr(call.func, "id", ""))
        if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
            found.add(call.args[place].value)
        found |= {
            word.value.value
            for word in call.keywords
            if word.arg == "code" and isinstance(word.value, ast.Constant)
        }
    return found


def test_every_code_of_the_api_has_a_page():
    modules = [settings.BASE_DIR / "newsroom" / "core" / "cursors.py"]
    # Of the partners' side, the doors: what its acts refuse is told on pages.
    modules += (settings.BASE_DIR / "newsroom/partners" / name for name in ("admitting.py", "throttling.py"))
    for folder in ("newsroom/api", "articles/api", "newsroom/partners/api"):
        modules += [
            path
            for path in (settings.BASE_DIR / folder).rglob("*.py")
            if not {"admin", "migrations"} & set(path.relative_to(settings.BASE_DIR).parts)
        ]
    used = {code: path.name for path in modules for code in codes_in(path)}
    assert {"cursor_malformed", "key_refused", "not_found", "parameter_twice"} <= used.keys()
    assert {code: name for code, name in used.items() if code not in PROBLEM_TYPES} == {}
    drf = {str(error.default_code) for error in exceptions.APIException.__subclasses__()}
    assert drf - {"invalid"} <= PROBLEM_TYPES.keys()


def test_every_kind_of_problem_has_its_page_in_every_language(client):
    index = client.get("/problems/")
    for code, kind in PROBLEM_TYPES.items():
        page = client.get(f"/problems/{code}/")
        assert page.status_code == 200
        assert kind.title in html.unescape(page.text)
        assert f"/problems/{code}/" in index.text
        polish = client.get(f"/problems/{code}/?lang=pl").text
        assert '<html lang="pl">' in polish
        assert 'href="/problems/?lang=pl"' in polish
        assert f'href="/problems/{code}/" lang="en"' in polish
        assert kind.remedy not in html.unescape(polish)
    assert "Co może pójść nie tak" in client.get("/problems/?lang=pl").text


@pytest.mark.parametrize(
    "path", ["nothing/", "not_found/pl/", "not_found/?lang=de", "?lang=", "pl/", "NOT_FOUND/"]
)
def test_no_other_page_stands_beside_them(client, path):
    assert client.get(f"/problems/{path}").status_code == 404


def test_a_refusal_names_its_parameter_and_another_error_names_none():
    assert told(DomainError("x", "Why.", "limit"))[1]["errors"] == [{"detail": "Why.", "parameter": "limit"}]
    assert told(DomainError("x", "Why."))[1]["errors"] == []
    assert "errors" not in told(Http404())[1]


def test_half_a_letter_in_a_place_is_no_failure_of_ours():
    assert told(DomainError("x", "Why.", "a\ud800"))[1]["errors"] == [{"detail": "Why.", "parameter": "a?"}]


def test_a_failure_of_ours_is_left_to_django():
    assert answer_exception(RuntimeError(), {"request": RequestFactory().get("/api/")}) is None


def test_only_the_apis_own_addresses_are_answered_with_problems():
    paths = {"/api/v1/": True, "/api/": True, "/api": False, "/articles/api/": False, "/": False}
    assert {path: concerns(RequestFactory().get(path)) for path in paths} == paths


def test_a_problem_may_say_more():
    answer = problem(RequestFactory().get("/api/v1/"), 410, "gone", "Zażółć.", notice="n")
    assert json.loads(answer.content)["notice"] == "n"
    assert "Zażółć" in answer.content.decode()
