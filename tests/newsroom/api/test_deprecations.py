"""What is going away says so in its answers, in the description and on a page."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from newsroom.api import deprecations
from newsroom.api.deprecations import DEPRECATED, NOTICE, Deprecated, mark_deprecated

OLD = Deprecated(
    "/api/v1/",
    since=datetime(2027, 1, 1, tzinfo=UTC),
    sunset=datetime(2028, 1, 1, tzinfo=UTC),
    instead="Ask /api/v2/.",
)
PARAMETER = Deprecated(
    "/api/v1/articles/{public_id}/", OLD.since, OLD.sunset, "Say nothing.", parameter="format"
)


@pytest.fixture
def deprecated(monkeypatch):
    monkeypatch.setattr(deprecations, "DEPRECATED", [OLD, PARAMETER])


def test_nothing_goes_without_a_years_notice():
    assert [one for one in DEPRECATED if one.sunset - one.since < NOTICE] == []


@pytest.mark.usefixtures("deprecated")
def test_an_answer_of_it_says_since_when_and_until_when(client):
    answer = client.get("/api/v1/")
    assert answer["Deprecation"] == "@1798761600"
    assert answer["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert 'http://testserver/api/deprecations/#api-v1>; rel="deprecation"' in answer["Link"]
    assert '; rel="sunset"' in answer["Link"]
    page = client.get("/api/deprecations/").text
    assert 'id="api-v1"' in page
    assert "until 1 January 2028. Ask /api/v2/." in page


@pytest.mark.django_db
@pytest.mark.usefixtures("deprecated")
def test_a_parameter_is_told_of_where_it_is_used():
    client = Client()
    assert not client.get("/api/v1/articles/nothing/").has_header("Deprecation")
    assert client.get("/api/v1/articles/nothing/?format=json").has_header("Deprecation")


def test_what_stays_says_nothing(client):
    assert not {"Deprecation", "Sunset"} & set(client.get("/api/v1/").headers)
    assert "Nothing is going away." in client.get("/api/deprecations/").text


@pytest.mark.usefixtures("deprecated")
def test_the_description_marks_it():
    operations = {
        path: {"get": {"parameters": [{"name": "format"}, {"name": "other"}]}}
        for path in (OLD.operation, PARAMETER.operation, "/api/v1/claims/")
    }
    mark_deprecated(operations)
    marked = {path: methods["get"].get("deprecated", False) for path, methods in operations.items()}
    assert marked == {OLD.operation: True, PARAMETER.operation: False, "/api/v1/claims/": False}
    assert operations[PARAMETER.operation]["get"]["parameters"][0] == {"name": "format", "deprecated": True}
