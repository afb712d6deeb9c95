"""The article as schema.org's NewsArticle."""

import json

import pytest

from articles.receipts import Told
from articles.rendering.article import article_html
from articles.rendering.entries import Shown
from articles.rendering.structured_data import structured_data
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, shown, source
from tests.articles.rendering.html import read
from tests.articles.standards import validate

ORIGIN = "https://news.example"


@pytest.fixture
def data(settings):
    """The nodes of a document, by their address; ``settings`` know where the site is."""
    settings.NEWSROOM_ORIGIN = ORIGIN

    def nodes(draft: Draft, when: Shown | None = None, **more) -> dict[str, dict]:
        graph = json.loads(structured_data(draft.document(**more), when or shown()))
        return {node["@id"]: node for node in graph["@graph"]}

    return nodes


ARTICLE = f"{ORIGIN}/articles/a-treaty/#article"
CORRECTED = Told("c00000000001", "correction", 2, LATER, "It was signed.", "", [], [])
REWORDED = Told("c00000000002", "minor", 3, LATER, "", "", [], [])


def test_it_says_what_the_page_says(data):
    told = data(Draft().says("It was signed", evidence(1)), shown(LATER, NOON), number=2)[ARTICLE]
    assert told["headline"] == "A treaty is signed"
    assert told["description"] == "Two states sign"
    assert told["datePublished"] == "2026-05-27T12:00:00+01:00"
    assert told["dateModified"] == "2026-05-29T09:30:00+01:00"
    author = {"@type": "Person", "name": "Rita Reporter", "url": f"{ORIGIN}/authors/rita/"}
    assert told["author"] == [author]
    assert told["version"] == "2"
    assert told["url"] == told["mainEntityOfPage"] == f"{ORIGIN}/articles/a-treaty/"


def test_every_source_that_can_be_looked_up_is_cited(data):
    draft = Draft().says("It was signed", evidence(1), evidence(2), evidence(3))
    draft.content["sources"] = [
        source(1, published_on=None),
        source(2, confidential=True, label="An official", title="", url="", publisher=None),
        source(3, url="", publisher=None),
    ]
    nodes = data(draft)
    first, third = f"{ORIGIN}/sources/s00000000001/", f"{ORIGIN}/sources/s00000000003/"
    assert nodes[ARTICLE]["citation"] == [{"@id": first}, {"@id": third}]
    assert nodes[first] == {
        "@type": "WebPage",
        "@id": first,
        "name": "Title 1",
        "url": "https://press.example/1",
        "publisher": {"@type": "Organization", "name": "Daily Example"},
    }
    assert nodes[third]["@type"] == "CreativeWork"
    assert "An official" not in json.dumps(nodes)


def test_corrections_are_those_of_the_page_and_a_minor_edit_is_none(data):
    when = Shown(LATER, NOON, (CORRECTED, REWORDED))
    draft = Draft().says("It was signed", evidence(1))
    (told,) = data(draft, when, number=3, kind="minor")[ARTICLE]["correction"]
    assert (told["@type"], told["text"]) == ("CorrectionComment", "It was signed.")
    page = read(article_html(draft.document(number=3, kind="minor"), when))
    assert told["url"] == f"{ORIGIN}/articles/a-treaty/#{page.one(role='doc-errata')['id']}"


def test_a_quote_says_whose_words_it_has_and_from_where(data):
    draft = Draft().quotes(
        "a good day", original="dobry dzień", original_language="pl", translator="us", said_on="2026-05-27"
    )
    nodes = data(draft)
    (part,) = nodes[ARTICLE]["hasPart"]
    quotation = nodes[part["@id"]]
    assert quotation["text"] == "a good day"
    assert quotation["creator"] == quotation["spokenByCharacter"] == {"@type": "Person", "name": "Ada Sample"}
    assert quotation["isBasedOn"] == [{"@id": f"{ORIGIN}/sources/s00000000001/"}]
    assert quotation["translationOfWork"] == {
        "@type": "Quotation",
        "text": "dobry dzień",
        "inLanguage": "pl",
    }
    page = read(article_html(draft.document(), shown()))
    assert page.one(id=part["@id"].partition("#")[2])


@pytest.mark.parametrize("kind", [None, "document", "organisation"])
def test_words_without_a_person_behind_them_have_no_person(data, kind):
    speaker = kind and {"id": "k" * 12, "slug": "s", "name": "The Treaty", "kind": kind}
    told = json.dumps(data(Draft(bylines=[]).quotes("a good day", speaker=speaker)))
    assert '"Person"' not in told
    assert ('"creator"' in told) is (kind == "organisation")


@pytest.mark.parametrize("evil", ["</script><b>", "<!--<script>", "a & b", "\u2028\u2029", "]]>", '"}'])
def test_nothing_in_it_ends_the_block(evil):
    draft = Draft(headline={"text": evil, "rests_on": []}).says(evil, evidence(1))
    draft.content["sources"] = [source(1, title=evil, url=f"javascript:{evil}")]
    text = structured_data(draft.document(), shown())
    assert not set("<>&\u2028\u2029") & set(text)
    graph = json.loads(text)["@graph"]
    assert graph[0]["headline"] == evil
    assert "url" not in graph[2]


def test_it_is_as_the_vocabulary_says(data, tmp_path):
    treaty = {
        "id": "t00000000001",
        "slug": "t",
        "title": "Treaty of Example",
        "parties": ["Here", "There"],
        "signed_on": "2026-05-27",
        "signed_at": "London",
    }
    draft = Draft(treaties=[treaty]).says("It was signed", evidence(1), evidence(2))
    draft.quotes("a good day", by=3, original="dobry dzień", original_language="pl", translator="us")
    when = Shown(LATER, NOON, (CORRECTED,))
    file = tmp_path / "article.jsonld"
    file.write_text(structured_data(draft.document(number=2, kind="correction"), when))
    # There are no pictures yet.
    assert [line.strip() for line in validate("jsonld", file)] == ["Google recommends image"]
