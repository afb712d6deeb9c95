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
from newsroom.api.documentation import description
from tests.making import NOW, Desk, make_publisher

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMS = Path(sys.executable).parent
TRIED = 12  # Of each operation, by the machine that sends it whatever comes to its mind.

_PLACE = re.compile(r"{(\w+)}")


@pytest.fixture
def published():
    """Two stories that show, both corrected: every list has a second page."""
    for slug in ("a-treaty", "another-treaty"):
        desk = Desk(slug=slug)
        desk.first.publisher = make_publisher(f"Papers of {slug}")
        desk.first.save()
        desk.publish()
        desk.now += timedelta(minutes=10)
        treaty = Treaty.objects.create(
            title=f"Treaty of {slug}", slug=f"{slug}-text", parties=["Here", "There"]
        )
        desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"), treaties=[treaty])
        desk.publish(kind="correction", note="It was signed on 28 May, not on 27 May.")
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """A client made from the description alone, as anybody may make one: its package."""
    schema, quiet = tmp_path / "schema.json", tmp_path / "config.yml"
    schema.write_bytes(description())
    # The one form that its maker does not know: lines of JSON, as text.
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
    """Path templates by the name of the operation that reads them without a key: what waits under embargo is nobody's,
    and a copy of everything asks for one."""
    paths = json.loads(description())["paths"]
    reading = {
        path: ways["get"] for path, ways in paths.items() if "get" in ways and "/embargoed/" not in path
    }
    return {asked["operationId"]: path for path, asked in reading.items() if {} in asked["security"]}


def places_in(origin: str, path: str) -> dict:
    """Values for the places of a path: of the first entry of the list it stands under."""
    listed, place, _ = path.partition("{")
    if not place:
        return {}
    entry = requests.get(f"{origin}{listed}", timeout=10).json()["results"][0]
    told = {name: entry.get(name, entry["id"]) if name != "number" else 1 for name in _PLACE.findall(path)}
    return {name: value["id"] if isinstance(value, dict) else value for name, value in told.items()}


def cursor_of(origin: str, path: str) -> str | None:
    """A cursor that this list makes; None where it has one page or is no list."""
    page = requests.get(f"{origin}{path}", {"limit": 1}, timeout=10).json()
    address = page.get("next") or ""
    return parse_qs(urlsplit(address).query).get("cursor", [None])[0]


def known_to(origin: str) -> str:
    """What the machine cannot know: ids of what there is, and cursors made here, as its configuration."""
    written = []
    for path in described().values():
        values = {f"path.{name}": value for name, value in places_in(origin, path).items()}
        filled = path.format(**{name.removeprefix("path."): value for name, value in values.items()})
        if cursor := cursor_of(origin, filled):
            values["query.cursor"] = cursor
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


def test_a_client_made_from_the_description_reads_a_page_of_everything(live_server, published, generated):
    paths = described()
    modules = operations(generated)
    assert modules.keys() >= paths.keys()
    with generated.Client(base_url=live_server.url, raise_on_unexpected_status=True) as client:
        for name in paths:
            module = modules[name]
            answer = module.sync_detailed(client=client, **places_in(live_server.url, paths[name]))
            assert answer.status_code == 200, (name, answer)
            assert answer.parsed is not None, name
            assert "Problem" not in type(answer.parsed).__name__, name


def test_nothing_that_is_sent_to_it_is_answered_otherwise_than_described(live_server, published, tmp_path):
    (tmp_path / "schemathesis.toml").write_text(known_to(live_server.url))
    done = subprocess.run(
        [
            PROGRAMS / "schemathesis",
            "run",
            f"{live_server.url}/api/v1/schema/",
            "--checks=all",
            f"--max-examples={TRIED}",
            "--seed=1",
            "--no-color",
            "--continue-on-failure",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:]
