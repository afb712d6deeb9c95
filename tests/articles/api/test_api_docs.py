"""The API's description as a page, and what leads programs to it."""

import html
import json
import re

import pytest

from newsroom.api.documentation import description


@pytest.fixture(scope="module")
def told() -> dict:
    return json.loads(description())


def test_the_page_tells_every_address_parameter_answer_and_shape(client, told):
    page = html.unescape(client.get("/api/docs/").text)
    every = [(path, one) for path, methods in told["paths"].items() for one in methods.values()]
    for path, operation in every:
        section = page.partition(f'<h2 id="{operation["operationId"]}">')[2].partition("</section>")[0]
        assert path in section
        for parameter in operation.get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in section
        assert set(operation["responses"]) <= set(re.findall(r"<li>(\d{3})", section))
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert {f"shape-{name}" for name in told["components"]["schemas"]} <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors


def test_the_page_needs_nothing_from_elsewhere(client):
    page = client.get("/api/docs/")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_programs_find_the_description_and_the_page(client):
    catalog = client.get("/.well-known/api-catalog")
    assert catalog["Content-Type"].startswith("application/linkset+json")
    (entry,) = catalog.json()["linkset"]
    assert entry["anchor"] == "http://testserver/api/v1/"
    for links in (entry["service-desc"], entry["service-doc"]):
        for link in links:
            answer = client.get(link["href"].removeprefix("http://testserver"))
            assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, link["type"])
    assert client.head("/.well-known/api-catalog")["Link"].endswith('; rel="api-catalog"')
