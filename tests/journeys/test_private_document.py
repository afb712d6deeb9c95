"""A public quote over a private document: its passage and its proof are public, and no road leads to the document."""

import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from articles import passages
from articles.models import Edition
from newsroom.accounts.roles import Role
from sources.capture.archive import name_of
from sources.capture.keeping import keep_upload
from sources.models import Source
from tests.articles.admin.pages import signed_in
from tests.journeys.walking import Traces, answer_of, followed
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db

SAID = "a good day"
PRIVATE = "the annex on rates says marmalade-4471 to nobody outside"
# Longer than what may stand beside a passage to tell it apart.
BETWEEN = "So it went on, line after line, about nothing that matters here. " * 8
DOCUMENT = f"<html><body><p>Of it she said: “{SAID}”. {BETWEEN}</p><p>And {PRIVATE}.</p></body></html>"
TRACES = Traces("marmalade-4471", "annex on rates")
# The desk's own addresses of a snapshot.
ROADS = ("snapshot", "raw", "file", "warc")


class Scene:
    """A published story whose quote stands in an uploaded document of which no copy may be shown."""

    def __init__(self):
        self.desk = Desk(slug="a-treaty")
        self.source = self.desk.second
        by = {"by": self.desk.reporter, "now": NOW}
        self.snapshot = keep_upload(
            self.source, data=DOCUMENT.encode(), name="letter.html", reason="Given to us", **by
        )
        start = self.snapshot.extracted.text.index(SAID)
        citation = self.desk.quote.citations.get(source=self.source)
        passages.choose_passage(citation, self.snapshot, start=start, end=start + len(SAID), **by)
        self.edition = self.desk.publish()
        self.page = reverse("source", args=[self.source.public_id])
        self.copy = reverse("snapshot", args=[self.source.public_id, self.snapshot.public_id])

    def readers_walk(self) -> dict[str, str]:
        """Every page and answer that readers and partners can reach from those that tell of the source."""
        starts = [
            self.page,
            self.copy,
            f"{self.copy}?part=1",
            self.desk.article.get_absolute_url(),
            reverse("api-article", args=[self.desk.article.public_id]),
            reverse("api-source", args=[self.source.public_id]),
            reverse("api-quote", args=[self.desk.quote.public_id]),
        ]
        return dict(followed(Client(), "/", reverse("api"), *starts))


@pytest.fixture
def scene(settings, tmp_path):
    # The files lie in a folder, as they do where the newsroom runs by itself.
    settings.MEDIA_ROOT = tmp_path
    stored = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": stored}
    return Scene()


def test_the_passage_and_its_proof_are_public(scene):
    surfaces = scene.readers_walk()
    page = surfaces[f"GET {scene.page} 200"]
    assert f"<mark>{SAID}</mark>" in page
    assert scene.snapshot.sha256 in page
    assert SAID in surfaces[f"GET {scene.desk.article.get_absolute_url()} 200"]
    content = json.loads(Edition.objects.get().content.document)["content"]
    entries = [entry for statement in content["statements"] for entry in statement["evidence"]]
    [entry] = [entry for entry in entries if (entry["snapshot"] or {}).get("id") == scene.snapshot.public_id]
    assert entry["passage"]["exact"] == SAID
    assert entry["snapshot"]["sha256"] == scene.snapshot.sha256
    text = scene.snapshot.extracted.text
    assert text[entry["start"] : entry["start"] + len(SAID)] == SAID


def test_nothing_readers_reach_has_more_of_the_document(scene):
    surfaces = scene.readers_walk()
    # The way to what is said of the copy, and nothing of it.
    assert f"GET {scene.copy} 302" in surfaces
    assert f"GET {scene.copy}?part=1 302" in surfaces
    assert TRACES.on(iter(surfaces.items())) == {}


def test_the_search_finds_the_document_once_it_may_be_shown(scene):
    Source.objects.filter(pk=scene.source.pk).update(archive_shown=True)
    assert set(TRACES.on(iter(scene.readers_walk().items()))) == {
        f"GET {scene.copy} 200",
        f"GET {scene.copy}?part=1 200",
        f"GET {scene.copy}?lang=pl 200",
    }


def test_no_address_serves_the_stored_file(scene, settings):
    name = name_of(scene.snapshot.warc_sha256)
    assert default_storage.exists(name)
    assert Path(settings.MEDIA_ROOT) not in Path(settings.STATIC_ROOT).parents
    client = Client()
    roots = [
        "",
        "files/",
        "media/",
        "static/",
        "static/../files/",
        "static/%2e%2e/files/",
        "admin/files/",
        "articles/",
    ]
    roots += [f"{scene.page}"[1:], f"{scene.copy}"[1:], f"static/{settings.MEDIA_ROOT}/"]
    for root in roots:
        for ending in (name, name.rpartition("/")[2], name.removesuffix(".gz"), "snapshots/", ""):
            answer = client.get(f"/{root}{ending}")
            held = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert TRACES.in_(held) == set(), f"/{root}{ending}"
            assert answer.status_code in (200, 302, 404)
            assert answer.status_code != 200 or ending == "", f"/{root}{ending}"


@pytest.mark.parametrize("name", ROADS)
def test_the_roads_of_the_desk_are_closed_to_everybody_else(scene, name):
    road = reverse(f"admin:sources_source_{name}", args=[scene.source.pk, scene.snapshot.public_id])
    assert " 302" in answer_of(Client(), road)[0]
    for roles in ([], [Role.ADMINISTRATOR], [Role.SOURCE_KEEPER]):
        place, held = answer_of(signed_in(make_user(*roles)), road)
        assert place.endswith(" 403")
        assert TRACES.in_(held) == set()
    assert answer_of(signed_in(scene.desk.checker), road)[0].endswith(" 200")
