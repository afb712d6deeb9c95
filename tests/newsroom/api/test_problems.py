"""Errors as problems, whoever found them."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from newsroom.api.problems import answer_exception, concerns, problem
from newsroom.core.errors import DomainError


def told(error: Exception) -> tuple[int, dict]:
    answer = answer_exception(error, {"request": RequestFactory().get("/api/v1/articles/")})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-cache"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["instance"] == "/api/v1/articles/"
    assert body["type"] == "about:blank"
    return answer.status_code, body


@pytest.mark.parametrize(
    ("error", "status", "code", "title"),
    [
        (Http404(), 404, "not_found", "Not Found"),
        (PermissionDenied(), 403, "forbidden", "Forbidden"),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed", "Method Not Allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable", "Not Acceptable"),
        (exceptions.Throttled(3), 429, "throttled", "Too Many Requests"),
        (DomainError("parameter_unknown", "Unknown.", "x"), 400, "parameter_unknown", "Bad Request"),
    ],
)
def test_each_error_has_its_status_and_code(error, status, code, title):
    found, body = told(error)
    assert (found, body["code"], body["title"]) == (status, code, title)


def test_a_refusal_names_its_parameter_and_another_error_names_none():
    assert told(DomainError("x", "Why.", "limit"))[1]["errors"] == [{"detail": "Why.", "parameter": "limit"}]
    assert told(DomainError("x", "Why."))[1]["errors"] == []
    assert "errors" not in told(Http404())[1]


def test_a_failure_of_ours_is_left_to_django():
    assert answer_exception(RuntimeError(), {"request": RequestFactory().get("/api/")}) is None


def test_only_the_apis_own_addresses_are_answered_with_problems():
    paths = {"/api/v1/": True, "/api/": True, "/api": False, "/articles/api/": False, "/": False}
    assert {path: concerns(RequestFactory().get(path)) for path in paths} == paths


def test_a_problem_may_say_more():
    answer = problem(RequestFactory().get("/api/v1/"), 410, "gone", "Zażółć.", notice="n")
    assert json.loads(answer.content)["notice"] == "n"
    assert "Zażółć" in answer.content.decode()
