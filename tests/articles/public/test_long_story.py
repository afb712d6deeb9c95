"""A long story with everything in it, from the desk to the reader."""

import json
from datetime import UTC, datetime

import pytest

from articles.models import EditionContent
from tests.articles.public.stories import ANALYSIS, CORRECTION, UNCHECKED, long_story, polish_story
from tests.articles.rendering.html import read
from tests.articles.schema import valid

pytestmark = pytest.mark.django_db


def test_the_reader_sees_what_the_desk_published(client, clock):
    story = long_story()
    clock.move_to(datetime(2026, 6, 3, tzinfo=UTC))
    page = read(client.get(story.path).text)
    assert CORRECTION in page.one(role="doc-errata").text
    text = page.one(class_="body").text
    assert f"{UNCHECKED} [not yet checked]." in text
    assert f"{ANALYSIS} [our own analysis]." in text
    assert "joint development of weapons [1] (disputed by [6]; for context see [5])." in text
    assert "exercise together twice a year [1, 3]" in text
    document = json.loads(story.edition.content.document)
    printed = sum(len(statement["evidence"]) for statement in document["content"]["statements"])
    assert len(page.all(role="doc-noteref")) == len(page.all(role="doc-backlink")) == printed
    for statement in document["content"]["statements"]:
        assert statement["wording"] in page.one(id=f"s-{statement['key']}").text


def test_a_polish_story_is_polish_all_over(client):
    page = read(client.get(polish_story().path).text)
    assert page.one("html")["lang"] == "pl"
    assert page.one(class_="byline").text == "Tekst: Ewa Żółć-Example i Jan Przykład"
    assert page.one("time").text == "1 czerwca 2026, 13:00 BST"
    assert [heading.text for heading in page.one("main").all("h2")] == [
        "Skąd to wiemy",
        "Kogo cytujemy",
        "Źródła",
        "Powiązane artykuły",
    ]
    assert page.one(class_="said").text == "„historyczny moment”"
    assert page.one(class_="aside").text.startswith("Jeden fragment tego artykułu")
    english = {"Sources", "Edition", "First published", "Skip to the article", "All articles"}
    assert english & {element.text.strip() for element in page.all()} == set()


def test_every_edition_of_them_is_as_the_schema_says():
    long_story()
    polish_story()
    assert [valid(json.loads(content.document)) for content in EditionContent.objects.all()] == [True] * 3
