"""The schema of an edition's document is strict, and hand-made documents keep to it."""

import pytest
from jsonschema import ValidationError

from articles.body.model import BLOCK_KINDS, DISMISSAL_REASONS
from articles.models import StatementCitation
from articles.rules.exemptions import Reason
from articles.rules.kinds import Kind
from sources.models import Source, Speaker
from tests.articles.rendering.documents import Draft, evidence
from tests.articles.schema import valid, validator

PASSAGE = {"prefix": "", "exact": "the parties agree", "suffix": ""}


def full_document() -> dict:
    treaty = {
        "id": "t00000000001",
        "slug": "t",
        "title": "Treaty of Example",
        "parties": ["Here"],
        "signed_on": "2026-05-27",
        "signed_at": "London",
    }
    emphasis = {"mark": "em", "start": 0, "end": 1}
    draft = Draft(treaties=[treaty]).says("One", evidence(1, passage=dict(PASSAGE)), marks=[emphasis])
    draft.quotes("a good day", original="dobry dzień", original_language="pl", translator="us")
    return draft.document(
        archive={"published_on": "2019-05-03"}, not_yet_checked=["headline", "source:s00000000001"]
    )


def places(value, path=()):
    """Every object in ``value`` with its path."""
    if isinstance(value, dict):
        yield path, value
    for key, part in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(part, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def test_a_document_with_everything_is_valid():
    assert valid(full_document())


@pytest.mark.parametrize("path", [path for path, _ in places(full_document())], ids=str)
def test_nothing_may_be_added_anywhere(path):
    document = full_document()
    at(document, path)["extra"] = "x"
    with pytest.raises(ValidationError):
        valid(document)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (path, name)
        for path, found in places(full_document())
        for name in found
        if path != ("content", "quotes")
    ],
    ids=str,
)
def test_nothing_may_be_missing_or_of_another_kind(path, name):
    for spoil in (lambda found: found.pop(name), lambda found: found.update({name: 4.5})):
        document = full_document()
        spoil(at(document, path))
        with pytest.raises(ValidationError):
            valid(document)


def test_the_words_of_the_schema_are_those_of_the_code():
    schema = validator().schema["$defs"]

    def words(name, *path):
        return set(at(schema[name], ("properties", *path))["enum"])

    assert words("document", "edition", "properties", "kind") == set(Kind.values)
    assert words("block", "kind") == set(BLOCK_KINDS)
    assert words("source", "kind") == set(Source.Kind.values)
    assert words("statement", "exemption") == {None, *Reason.values}
    assert words("evidence", "stance") == {v for v, _ in StatementCitation._meta.get_field("stance").choices}
    assert set(schema["mark"]["oneOf"][2]["properties"]["reason"]["enum"]) == set(DISMISSAL_REASONS)
    speaker = schema["quote"]["properties"]["speaker"]["oneOf"][1]["properties"]
    assert set(speaker["kind"]["enum"]) == set(Speaker.Kind.values)


def test_a_chain_begins_with_nothing_before_it_and_goes_on_with_something():
    for number, previous in ((1, "0" * 64), (2, "")):
        document = full_document()
        document["edition"] |= {"number": number, "previous": previous}
        with pytest.raises(ValidationError):
            valid(document)
