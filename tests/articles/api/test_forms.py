"""An article in the forms that others take it in."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree

from articles.api import forms
from articles.corrections import retract
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product
from tests.articles.after_publication.story import Story
from tests.articles.standards import validate
from tests.making import NOW

pytestmark = pytest.mark.django_db
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPES = {
    "json": "application/json",
    "ninjs": 'application/json; profile="http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#"',
    "jsonld": "application/ld+json",
    "annotations": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "csl": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def story() -> Story:
    return Story().corrected()


@pytest.fixture
def path(story) -> str:
    return f"/api/v1/articles/{story.article.public_id}/"


def test_each_form_is_had_by_its_media_type_and_by_its_name(client, path):
    for place in (path, f"{path}editions/1/"):
        for name, media_type in TYPES.items():
            asked = client.get(place, headers={"accept": media_type})
            named = client.get(place, {"format": name}, headers={"accept": "text/xml"})
            for answer in (asked, named):
                assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
                assert answer.json() == asked.json()
            again = client.get(place, {"format": name}, headers={"if-none-match": asked["ETag"]})
            assert again.status_code == 304
        assert client.get(place, headers={"accept": "text/xml"}).status_code == 406
        refused = client.get(place, {"format": "xml"})
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "format")


def test_ninjs_tells_the_edition_its_evidence_and_what_was_corrected(client, story, path):
    told = client.get(path, {"format": "ninjs"}).json()
    assert told["uri"] == f"http://testserver{path}"
    assert (told["version"], told["pubStatus"]) == ("2", "usable")
    assert told["by"]
    descriptions = {entry["role"]: entry["value"] for entry in told["descriptions"]}
    assert descriptions["correction"] == "It was the quillwort one."
    assert told["edNote"].startswith("CORRECTION of version 1.")
    rels = [entry["rel"] for entry in told["associations"]]
    assert rels == ["citation", "citation", "correction", "previousVersion"]
    main, plain = told["bodies"]
    body = etree.fromstring(main["value"].encode())
    ids = {element.get("id") for element in body.iter(f"{XHTML}span")}
    assert {f"s-{statement['key']}" for statement in client.get(path).json()["statements"]} <= ids
    assert "[1" in "".join(body.itertext())
    assert next(body.iter(f"{XHTML}img")).get("src").startswith("http://testserver/")
    assert "obsidian" in plain["value"]
    assert main["wordCount"] == len(plain["value"].split())
    before = client.get(f"{path}editions/1/", {"format": "ninjs"}).json()
    assert before["version"] == "1"
    assert "zephyrine" in before["bodies"][1]["value"]
    assert not {"edNote"} & before.keys()
    assert (
        before["firstCreated"] == before["versionCreated"] == told["firstCreated"] != told["versionCreated"]
    )


def test_an_annotation_names_the_sentence_in_its_edition_and_the_passage(client, story, path):
    collection = client.get(path, {"format": "annotations"}).json()
    article = client.get(path).json()
    cited = [entry for statement in article["statements"] for entry in statement["evidence"]]
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(cited) > 0
    assert len({item["id"] for item in items}) == len(items)
    first, evidence = items[0], cited[0]
    assert first["target"]["source"] == f"http://testserver/articles/{story.article.slug}/editions/2/"
    assert first["target"]["selector"][1]["exact"] == article["statements"][0]["wording"]
    passage = first["body"][0]
    quote, *_rest = passage["selector"]
    assert quote["exact"] == evidence["passage"]["exact"]
    assert passage["state"]["cached"].startswith("http://testserver/sources/")
    places = [one["value"] for one in passage["selector"] if one["type"] == "FragmentSelector"]
    assert places[0].startswith(":~:text=")
    assert first["body"][1]["value"] == evidence["stance"]


def test_other_forms_tell_what_the_page_and_its_files_tell(client, story, path, settings):
    graph = client.get(path, {"format": "jsonld"}).json()["@graph"]
    page = client.get(story.article.get_absolute_url()).text
    data = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert {node["@id"] for node in graph} == {node["@id"] for node in json.loads(data)["@graph"]}
    assert graph[0] == json.loads(data)["@graph"][0]
    listed = client.get(f"/articles/{story.article.slug}/sources.csl.json")
    assert client.get(path, {"format": "csl"}).json() == listed.json()


def test_every_form_is_as_its_standard_says_also_of_what_is_gone(client, clock, story, path, tmp_path):
    retract(story.article, by=story.duty, now=NOW + timedelta(hours=2), note="It was the vermilion one.")
    clock.move_to(NOW + timedelta(days=1))
    gone = client.get(path, {"format": "ninjs"})
    assert (gone.status_code, gone["Content-Type"]) == (410, TYPES["ninjs"])
    told = gone.json()
    assert (told["pubStatus"], told["version"]) == ("canceled", "3")
    assert "vermilion" in told["descriptions"][0]["value"]
    assert "bodies" not in told
    for name in ("jsonld", "annotations", "csl"):
        assert client.get(path, {"format": name}).status_code == 406
    file = tmp_path / "gone.json"
    file.write_bytes(gone.content)
    assert validate("ninjs", file) == []


def test_a_partner_has_each_form_on_its_own_terms(path):
    partner = Partner.objects.create(name="River Wire", mail="desk@river.example")
    partner.products.add(Product.objects.create(name="Words", media=False, terms="Name us."))
    _key, text = make_key(partner, name="k", by=None, now=NOW)
    reader = Client(headers={"authorization": f"Bearer {text}"})
    for place in (path, f"{path}editions/1/"):
        for name in TYPES:
            answer = reader.get(place, {"format": name})
            assert answer.status_code == 200
            assert "/images/" not in answer.text
            assert ("Name us." in answer.text) == (name in ("json", "ninjs"))


def test_a_form_is_made_once_for_the_same_article(client, path, monkeypatch):
    first = client.get(path, {"format": "ninjs"})
    monkeypatch.setattr(forms, "made", None)
    assert client.get(path, {"format": "ninjs"}).content == first.content
