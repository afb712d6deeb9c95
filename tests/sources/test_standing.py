"""The state of a source: the same from its row and from a list's question."""

from itertools import product

import pytest

from sources.models import Publisher, Source
from sources.standing import SourceState, in_state, state_of
from tests.making import NOW, make_source, make_user

pytestmark = pytest.mark.django_db

WITHDRAWN = {"withdrawn_at": NOW, "withdrawn_by": "publisher", "withdrawal_reason": "It was wrong."}


@pytest.fixture
def reporter():
    return make_user("reporter")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "identified"),
        ({"title": ""}, "unidentified"),
        ({"url": ""}, "unidentified"),
        ({"changed_at": NOW}, "changed"),
        ({"dead_since": NOW}, "dead"),
        ({"dead_since": NOW, "changed_at": NOW}, "dead"),
        ({"dead_since": NOW, "title": ""}, "unidentified"),
        (WITHDRAWN, "withdrawn"),
        (WITHDRAWN | {"title": "", "dead_since": NOW, "changed_at": NOW}, "withdrawn"),
        ({"title": "", "url": "", "confidential": True, "public_label": "An official"}, "identified"),
    ],
)
def test_a_source_has_one_state(reporter, fields, state):
    assert state_of(make_source(reporter, **fields)) == state


def test_the_list_and_the_row_say_the_same(reporter):
    publisher = Publisher.objects.create(name="Press", slug="press")
    columns = [
        [{"title": ""}, {"title": "A report"}],
        [{"url": ""}, {"url": "https://press.example/{}"}],
        [{"publisher": None}, {"publisher": publisher}],
        [{"dead_since": None}, {"dead_since": NOW}],
        [{"changed_at": None}, {"changed_at": NOW}],
        [{}, WITHDRAWN],
    ]
    for number, parts in enumerate(product(*columns)):
        fields = {name: value for part in parts for name, value in part.items()}
        make_source(reporter, **fields | {"url": fields["url"].format(number)})
    by_row = {source.pk: state_of(source) for source in Source.objects.all()}

    assert set(by_row.values()) == set(SourceState)
    for state in SourceState:
        assert {s.pk for s in in_state(Source.objects.all(), state)} == {
            pk for pk, found in by_row.items() if found == state
        }


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        in_state(Source.objects.all(), "nonsense")
