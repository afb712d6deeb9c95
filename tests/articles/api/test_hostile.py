"""Whatever a stranger sends gets a clear answer, and never a failure of ours."""

from base64 import urlsafe_b64encode

import pytest
from django.test import Client

from tests.making import Desk

pytestmark = pytest.mark.django_db
LISTS = ("articles", "claims", "corrections", "quotes", "sources")


def cursor(text: str | bytes) -> str:
    return urlsafe_b64encode(text if isinstance(text, bytes) else text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("staus=published", "parameter_unknown", "staus"),
        ("format=json", "parameter_unknown", "format"),
        ("=", "parameter_unknown", ""),
        ("x" * 7_000, "parameter_unknown", "x" * 60),
        ("%00=1", "parameter_unknown", "\x00"),
        ("%ff%fe=1", "parameter_unknown", "\ufffd\ufffd"),
        ("limit=1&limit=2", "parameter_twice", "limit"),
        ("limit=", "parameter_malformed", "limit"),
        ("limit=0", "parameter_malformed", "limit"),
        ("limit=101", "parameter_malformed", "limit"),
        ("limit=-1", "parameter_malformed", "limit"),
        ("limit=1.0", "parameter_malformed", "limit"),
        ("limit=%D9%A1", "parameter_malformed", "limit"),
        ("limit=" + "9" * 7_000, "parameter_malformed", "limit"),
        ("cursor=", "cursor_malformed", "cursor"),
        ("cursor=%00", "cursor_malformed", "cursor"),
        ("cursor=%ff", "cursor_malformed", "cursor"),
        ("cursor=" + "A" * 7_000, "cursor_malformed", "cursor"),
        ("cursor=" + cursor("' OR 1=1 --"), "cursor_malformed", "cursor"),
        ("cursor=" + cursor(b"\xff" * 12), "cursor_malformed", "cursor"),
        ("cursor=" + cursor("\x00" * 12), "cursor_malformed", "cursor"),
        ("cursor=" + cursor("abcdefabcde\n"), "cursor_malformed", "cursor"),
    ],
    ids=lambda value: value[:24],
)
def test_a_parameter_that_means_nothing_is_named(client, path, query, code, parameter):
    answer = client.get(f"/api/v1/{path}/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_a_cursor_of_one_list_is_not_one_of_another(client):
    for _ in range(2):
        Desk().publish()
    following = client.get("/api/v1/articles/?limit=1").json()["next"].partition("?")[2]
    assert client.get(f"/api/v1/claims/?{following}").status_code == 400
    article = client.get("/api/v1/articles/").json()["results"][0]["api"]
    assert client.get(f"{article}editions/?{following}").status_code == 400


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "record", ["%00", "x%00y", "%ff", "a" * 5000, "'", "..%2f..", "1%0d%0aX:y", "%F0%9F%98%80", "-1"]
)
def test_a_strange_id_is_not_there(client, path, record):
    answer = client.get(f"/api/v1/{path}/{record}/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("number", ["0", "-1", "9" * 18, "9" * 5000, "1.0", "%D9%A1", "%00", "a"])
def test_a_strange_number_of_an_edition_is_not_there(client, number):
    desk = Desk()
    desk.publish()
    answer = client.get(f"/api/v1/articles/{desk.article.public_id}/editions/{number}/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["nothing/", "articles/x/y/", "schema/x/", "..", "%00/"])
def test_an_address_that_is_not_there_is_a_problem_too(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["", "articles/", "claims/", "changes/", "articles/abcdef012345/editions/1/", "schema/"]
)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(client, path, method):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_nothing_can_be_changed_by_a_browser_that_knows_no_token(django_user_model):
    assert Client(enforce_csrf_checks=True).post("/api/v1/articles/", data={"x": 1}).status_code == 405


@pytest.mark.parametrize(
    "accept", ["text/xml", "application/xml;q=1", "image/*", "nonsense", "application/json;q=", "a/b" * 9000]
)
def test_a_form_we_do_not_have_is_refused_or_json(client, accept):
    answer = client.get("/api/v1/articles/", headers={"accept": accept})
    assert answer.status_code in (200, 406)
    if answer.status_code == 406:
        assert answer.json()["code"] == "not_acceptable"


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/*"]
)
def test_json_is_given_to_whoever_takes_it(client, accept):
    assert client.get("/api/v1/articles/", headers={"accept": accept}).status_code == 200


def test_more_parameters_than_any_request_needs_are_refused_under_the_api_as_elsewhere(client):
    query = "&".join("1" for n in range(3000))
    answer = client.get(f"/api/v1/articles/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    query = "&".join(f"a{n}=1" for n in range(6000))
    answer = client.get(f"/api/v1/articles/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (414, "address_too_long")
    page = client.get(f"/?{query}")
    assert page.status_code == 400
    assert "This address cannot be read" in page.text


def test_a_strange_host_is_told_in_the_form_of_its_address(client):
    answer = client.get("/api/v1/articles/", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_failure_of_ours_is_a_problem_that_tells_nothing(client, monkeypatch):
    client.raise_request_exception = False

    def fail(**_):
        raise RuntimeError("secret")

    monkeypatch.setattr("articles.reading.cards", fail)
    answer = client.get("/api/v1/articles/")
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    page = client.get("/")
    assert page.status_code == 500
    assert "Something went wrong" in page.text
    assert "secret" not in answer.text + page.text
