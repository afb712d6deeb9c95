"""Prepared statements of querysets."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.core.prepared import Prepared

pytestmark = pytest.mark.django_db
PLACE, OTHER = "\x00place", "\x00other"


@pytest.fixture
def groups():
    for name in ("first", "second", "100%", "it's %s", "ąę"):
        Group.objects.create(name=name)


def test_arguments_take_the_places_they_were_given_for(groups):
    chosen = Group.objects.filter(name__gte=PLACE, name__lt=OTHER).order_by("name").values_list("name")
    assert Prepared(chosen, PLACE, OTHER).rows("first", "fit") == [("first",)]
    assert Prepared(chosen, OTHER, PLACE).rows("fit", "first") == [("first",)]


@pytest.mark.parametrize("constant", ["100%", "it's %s", "ąę"])
def test_constants_stay_as_they_are(groups, constant):
    chosen = Group.objects.filter(name=constant).exclude(name=PLACE).values_list("name")
    assert Prepared(chosen, PLACE).rows("first") == [(constant,)]


@pytest.mark.parametrize("argument", ["'; DROP TABLE auth_group; --", "%s", "\\", '"'])
def test_an_argument_is_never_part_of_the_statement(groups, argument):
    found = Prepared(Group.objects.filter(name=PLACE).values_list("name"), PLACE)
    assert found.rows(argument) == []
    Group.objects.create(name=argument)
    assert found.rows(argument) == [(argument,)]


def test_a_place_that_does_not_occur_is_refused():
    with pytest.raises(ValueError, match="place"):
        Prepared(Group.objects.filter(name="first").values_list("name"), PLACE)


def test_the_server_keeps_the_plan_after_a_few_times(groups):
    found = Prepared(Group.objects.filter(name=PLACE).values_list("pk", "name"), PLACE)
    for _ in range(20):
        found.rows("first")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert any('"auth_group"."name" = $1' in statement for (statement,) in cursor.fetchall())


def test_it_is_seen_by_whoever_counts_queries(groups):
    found = Prepared(Group.objects.filter(name=PLACE).values_list("name"), PLACE)
    with CaptureQueriesContext(connection) as asked:
        found.rows("first")
    (query,) = asked.captured_queries
    assert '"auth_group"' in query["sql"]
