"""The API's description is sound, and every answer is as it says."""

import copy
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from articles import addresses, corrections, scheduling
from articles.withdrawing import withdraw_source
from newsroom.api.problem_types import PROBLEM_TYPES
from sources.models import Source
from tests.articles.api.partners import reading
from tests.articles.public.stories import long_story, polish_story
from tests.making import NOW, Desk

LISTED = ("articles", "claims", "corrections", "publishers", "quotes", "sources", "speakers", "treaties")
EXPORT = "/api/v1/export/"
STATEMENT, WAITS = "/api/v1/statements/{article}/{key}/", "/api/v1/embargoed/"
CHANGED_MOMENTS = f"{WAITS}changed/"
CONFIRMATIONS = "/api/v1/confirmations/"
EDITIONS = "/api/v1/articles/{public_id}/editions/"


@pytest.fixture(scope="module")
def description(tmp_path_factory) -> dict:
    file = tmp_path_factory.mktemp("api") / "schema.json"
    call_command("spectacular", validate=True, fail_on_warn=True, format="openapi-json", file=str(file))
    return json.loads(file.read_text())


def strict(description: dict) -> dict:
    """The description with no property allowed that it does not name."""
    whole = copy.deepcopy(description)
    for schema in whole["components"]["schemas"].values():
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
    return whole


def told(description: dict, response: dict) -> dict:
    """A response of an operation, wherever the description has it."""
    name = response.get("$ref", "").rpartition("/")[2]
    return description["components"]["responses"][name] if name else response


def test_every_problem_has_an_example_of_its_own_shape(description):
    shape = description | {"$ref": "#/components/schemas/Problem"}
    examples = {}
    for response in description["components"]["responses"].values():
        examples |= response["content"]["application/problem+json"]["examples"]
    assert examples.keys() == PROBLEM_TYPES.keys()
    for code, example in examples.items():
        Draft202012Validator(shape).validate(example["value"])
        assert example["value"]["code"] == code


def check(description: dict, path: str, answer) -> None:
    responses = description["paths"][path]["get"]["responses"]
    content = told(description, responses[str(answer.status_code)])["content"]
    schema = content[answer["Content-Type"]]["schema"]
    whole = strict(description) | schema
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer.json())


def test_the_description_served_is_the_one_that_was_validated(client, description):
    answer = client.get("/api/v1/schema/")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    assert answer.json() == description
    assert description["openapi"].startswith("3.1")


def test_it_tells_the_one_way_in_by_which_partners_write(description):
    assert description["paths"][CONFIRMATIONS].keys() == {"post"}
    door = description["paths"][CONFIRMATIONS]["post"]
    assert door["security"] == [{"key": []}]
    assert list(door["requestBody"]["content"]) == ["application/json"]
    assert {"200", "400", "401", "403", "404", "413", "415", "429"} <= door["responses"].keys()
    assert "304" not in door["responses"]


def test_it_tells_every_way_in_with_its_errors(description):
    assert set(description["paths"]) - {CONFIRMATIONS} == {
        "/api/v1/",
        "/api/v1/changes/",
        EXPORT,
        *(f"/api/v1/{kind}/" for kind in LISTED),
        *(f"/api/v1/{kind}/{{public_id}}/" for kind in LISTED),
        EDITIONS,
        f"{EDITIONS}{{number}}/",
        "/api/v1/editions/",
        "/api/v1/statements/",
        STATEMENT,
        WAITS,
        CHANGED_MOMENTS,
        WAITS + "{public_id}/{number}/",
    }
    doors = {path: methods for path, methods in description["paths"].items() if path != CONFIRMATIONS}
    for path, methods in doors.items():
        assert methods.keys() == {"get"}
        responses = methods["get"]["responses"]
        assert {"200", "304", "400", "401", "406", "414", "429", "500", "503"} <= responses.keys()
        assert ("404" in responses) == ("{" in path or path in {WAITS, CHANGED_MOMENTS})
        for status in responses.keys() - {"200", "304"}:
            problem = told(description, responses[status])["content"]
            assert list(problem) == ["application/problem+json"]
        assert methods["get"]["security"] == [{"key": []}, *([] if path == EXPORT else [{}])]
    assert description["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for path in ("/api/v1/articles/{public_id}/", EDITIONS, f"{EDITIONS}{{number}}/"):
        assert "410" in description["paths"][path]["get"]["responses"]


@pytest.mark.django_db
def test_every_answer_is_as_described(client, clock, description):
    story = long_story()
    polish_story()
    clock.move_to(NOW + timedelta(days=1))
    check(description, "/api/v1/", client.get("/api/v1/"))
    for kind in LISTED:
        page = client.get(f"/api/v1/{kind}/?limit=100")
        assert page.json()["results"]
        check(description, f"/api/v1/{kind}/", page)
        check(description, f"/api/v1/{kind}/", client.get(f"/api/v1/{kind}/?limit=1"))
        check(description, f"/api/v1/{kind}/", client.get(f"/api/v1/{kind}/?x=1"))
        check(description, f"/api/v1/{kind}/", client.get(f"/api/v1/{kind}/", headers={"accept": "text/xml"}))
        for entry in page.json()["results"]:
            check(description, f"/api/v1/{kind}/{{public_id}}/", client.get(f"/api/v1/{kind}/{entry['id']}/"))
        check(description, f"/api/v1/{kind}/{{public_id}}/", client.get(f"/api/v1/{kind}/nothing/"))
        check(description, f"/api/v1/{kind}/", client.get(f"/api/v1/{kind}/?fields=id"))
    whole = "statements,quotes,sources,treaties,corrections,images"
    for query in (f"?include={whole}", "?count=true&text=treaty", "?exclude=tags,section", "?text=!"):
        check(description, "/api/v1/articles/", client.get(f"/api/v1/articles/{query}"))
    for query in ("", "?fields=id", "?fields=article", "?x=1"):
        check(description, "/api/v1/statements/", client.get(f"/api/v1/statements/{query}"))
        check(description, "/api/v1/editions/", client.get(f"/api/v1/editions/{query}"))
    for entry in client.get("/api/v1/statements/?limit=3").json()["results"]:
        check(description, STATEMENT, client.get(entry["api"]))
    check(description, STATEMENT, client.get("/api/v1/statements/a/b/"))
    own = f"/api/v1/articles/{story.article.public_id}/"
    check(description, "/api/v1/articles/{public_id}/", client.get(f"{own}?exclude={whole}"))
    partner = {"headers": reading({"media": False, "terms": "Ours.", "embargoed": True})}
    check(description, "/api/v1/articles/{public_id}/", client.get(own, **partner))
    check(description, f"{EDITIONS}{{number}}/", client.get(f"{own}editions/1/", **partner))
    check(description, "/api/v1/articles/", client.get(f"/api/v1/articles/?include={whole}", **partner))
    waits = Desk()
    edition = waits.publish(at=NOW + timedelta(days=8), embargoed=True)
    scheduling.reschedule(edition, at=NOW + timedelta(days=9), by=waits.duty, now=NOW)
    check(description, WAITS, client.get(WAITS, **partner))
    check(description, WAITS, client.get(WAITS))
    for query in ("", "?fields=was,edition", "?x=1"):
        check(description, CHANGED_MOMENTS, client.get(f"{CHANGED_MOMENTS}{query}", **partner))
    check(description, CHANGED_MOMENTS, client.get(CHANGED_MOMENTS))
    edition = f"{WAITS}{waits.article.public_id}/1/"
    for headers in (partner, {}):
        check(description, WAITS + "{public_id}/{number}/", client.get(edition, **headers))
    for query in ("", "?limit=1", "?x=1"):
        check(description, EDITIONS, client.get(f"{own}editions/{query}"))
    for number in (1, 2, 3):
        check(description, f"{EDITIONS}{{number}}/", client.get(f"{own}editions/{number}/"))


@pytest.mark.django_db
def test_every_answer_after_an_end_is_as_described(client, clock, description):
    story = long_story()
    later = NOW + timedelta(days=1)
    addresses.change_address(story.article, slug="elsewhere", by=story.desk.duty, now=later)
    source = Source.objects.filter(statement_citations__isnull=False).first()
    withdraw_source(source, by=story.desk.duty, now=later, withdrawn_by="newsroom", reason="Forged.")
    corrections.retract(story.article, by=story.desk.duty, now=later, note="Wrong.")
    clock.move_to(later)
    own = f"/api/v1/articles/{story.article.public_id}/"
    gone = client.get(own)
    assert gone.status_code == 410
    check(description, "/api/v1/articles/{public_id}/", gone)
    for number in (2, 3):
        check(description, f"{EDITIONS}{{number}}/", client.get(f"{own}editions/{number}/"))
    for query in ("", "?limit=1", "?after=99", "?after=x"):
        check(description, "/api/v1/changes/", client.get(f"/api/v1/changes/{query}"))
    later += timedelta(hours=1)
    clock.move_to(later)
    corrections.take_down(story.article, by=story.desk.duty, now=later, reason="A court said so.")
    for path in ("", "editions/", "editions/1/"):
        answer = client.get(f"{own}{path}")
        assert answer.status_code == 410
        check(description, "/api/v1/articles/{public_id}/" + path.replace("1", "{number}"), answer)
    check(description, "/api/v1/changes/", client.get("/api/v1/changes/"))


SNAPSHOT = Path(__file__).with_name("snapshots") / "openapi.json"
REWRITE = (
    f"python manage.py spectacular --format openapi-json --file {SNAPSHOT.relative_to(settings.BASE_DIR)}"
)


def test_the_description_is_the_one_that_was_reviewed(description):
    """What partners build on changes with somebody's eyes on it: the file's difference is part of the change."""
    assert json.loads(SNAPSHOT.read_text()) == description, f"Read what changed, then: {REWRITE}"
