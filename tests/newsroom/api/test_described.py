"""The API does what its description says: asked by machines that know nothing else of it."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine

from articles.models import Treaty
from articles.scheduling import reschedule
from newsroom.api.documentation import description
from newsroom.core.cursors import cursor_after
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product, Scope
from sources.models import Source
from tests.making import NOW, Desk, make_publisher

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMS = Path(sys.executable).parent
TRIED = 5  # Of each operation, by the machine that sends it whatever comes to its mind.

_PLACE = re.compile(r"{(\w+)}")


@pytest.fixture
def reader():
    """Two stories that show, both corrected, so that every list has a second page; two more that wait under embargo,
    whose moments were moved. A session of a partner who may read all of it.
    """
    for slug in ("a-treaty", "another-treaty"):
        desk = Desk(slug=slug)
        Source.objects.filter(pk=desk.first.pk).update(publisher=make_publisher(f"Papers of {slug}"))
        desk.save(treaties=[Treaty.objects.create(slug=f"{slug}-itself", title="A treaty", parties=["Here"])])
        desk.publish()
        desk.now += timedelta(minutes=10)
        desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
        desk.publish(kind="correction", note="It was signed on 28 May, not on 27 May.")
        waiting = Desk()
        edition = waiting.publish(at=NOW + timedelta(days=1), embargoed=True)
        reschedule(edition, at=NOW + timedelta(days=2), by=waiting.duty, now=NOW)
    partner = Partner.objects.create(name="The Wire", mail="desk@wire.example", rate=1_000_000, quota=0)
    partner.products.add(Product.objects.create(name="Everything", embargoed=True))
    _key, text = make_key(partner, name="machine", by=None, now=NOW, scopes=Scope.values)
    with time_machine.travel(NOW + timedelta(hours=1), tick=True), requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {text}"
        yield session


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """A client made from the description alone, as anybody may make one: its package."""
    schema, quiet = tmp_path / "schema.json", tmp_path / "config.yml"
    schema.write_bytes(description())
    quiet.write_text("post_hooks: []\ncontent_type_overrides: {application/x-ndjson: text/plain}\n")
    program = [PROGRAMS / "openapi-python-client", "generate", "--meta", "none", "--fail-on-warning"]
    subprocess.run(
        [*program, "--path", schema, "--config", quiet, "--output-path", tmp_path / "generated_client"],
        check=True,
        capture_output=True,
        text=True,
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("generated_client")
    for name in [name for name in sys.modules if name.split(".")[0] == "generated_client"]:
        del sys.modules[name]


def described() -> dict[str, str]:
    """Path templates by the name of the operation that reads them."""
    paths = json.loads(description())["paths"]
    return {ways["get"]["operationId"]: path for path, ways in paths.items() if "get" in ways}


def places_in(reader, origin: str, path: str) -> dict:
    """Values for the places of a path: of the first entry of the list it stands under."""
    listed, place, _ = path.partition("{")
    if not place:
        return {}
    entry = reader.get(f"{origin}{listed}", timeout=10).json()["results"][0]
    ids = dict(zip(_PLACE.findall(path), entry["id"].split("/"), strict=False))
    return {name: ids.get(name, 1) for name in _PLACE.findall(path)}


def cursor_of(reader, origin: str, path: str) -> str | None:
    """A cursor that this list makes; None where it has one page or is no list."""
    if path.endswith("/export/"):
        return cursor_after(
            f"0 {reader.get(f'{origin}/api/v1/articles/', timeout=10).json()['results'][0]['id']}"
        )
    page = reader.get(f"{origin}{path}", params={"limit": 1}, timeout=10).json()
    return parse_qs(urlsplit(page.get("next") or "").query).get("cursor", [None])[0]


def known_to(reader, origin: str) -> str:
    """What the machine cannot know: ids of what there is, cursors made here, which of two moments comes first, and
    which text has words to search for, as its configuration."""
    written, paths = [], json.loads(description())["paths"]
    for path in described().values():
        values = {f"path.{name}": value for name, value in places_in(reader, origin, path).items()}
        filled = path.format(**{name.removeprefix("path."): value for name, value in values.items()})
        if cursor := cursor_of(reader, origin, filled):
            values["query.cursor"] = cursor
        if path.endswith(("/articles/{public_id}/", "/editions/{number}/")) and "embargoed" not in path:
            # Two of its forms have one media type, which the machine tells apart by its name alone.
            values["query.format"] = "json"
        asked = [parameter["name"] for parameter in paths[path]["get"].get("parameters", [])]
        values |= {f"query.{name}": "2099-12-31T23:59:59-14:00" for name in asked if name.endswith("_until")}
        values |= {f"query.{name}": "treaty -pact" for name in asked if name == "text"}
        if values:
            pairs = ", ".join(f'"{name}" = {json.dumps(value)}' for name, value in values.items())
            written.append(f'[[operations]]\ninclude-name = "GET {path}"\nparameters = {{ {pairs} }}\n')
    return "\n".join(written)


def operations(package) -> dict:
    """The modules of the generated client that each ask one operation, by its name."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [importlib.import_module(entry.name) for entry in found if ".api." in entry.name]
    return {
        module.__name__.rpartition(".")[2]: module for module in modules if hasattr(module, "sync_detailed")
    }


def test_a_client_made_from_the_description_reads_a_page_of_everything(live_server, reader, generated):
    paths, modules = described(), operations(generated)
    assert paths.keys() <= modules.keys()
    token = reader.headers["Authorization"].removeprefix("Bearer ")
    with generated.AuthenticatedClient(
        base_url=live_server.url, token=token, raise_on_unexpected_status=True
    ) as client:
        for name, path in paths.items():
            answer = modules[name].sync_detailed(client=client, **places_in(reader, live_server.url, path))
            assert answer.status_code == 200, (name, answer)
            assert answer.parsed is not None, name
            assert "Problem" not in type(answer.parsed).__name__, name


def test_nothing_that_is_sent_to_it_is_answered_otherwise_than_described(live_server, reader, tmp_path):
    (tmp_path / "schemathesis.toml").write_text(known_to(reader, live_server.url))
    done = subprocess.run(
        [
            PROGRAMS / "schemathesis",
            "run",
            f"{live_server.url}/api/v1/schema/",
            f"--header=Authorization:{reader.headers['Authorization']}",
            "--checks=all",
            f"--max-examples={TRIED}",
            "--seed=1",
            "--workers=6",
            "--no-color",
            "--continue-on-failure",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:]
