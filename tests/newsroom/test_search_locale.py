"""The tests' own database, too, knows that Ł and ł are one letter."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["łódź", "ŁÓDŹ", "Łódź", "ódź"])
def test_polish_is_found_whatever_its_case(asked):
    Group.objects.create(name="Traktat z ŁÓDŹ")
    assert Group.objects.filter(name__icontains=asked).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["btree_gist", "pg_trgm", "unaccent"])
def test_the_extensions_are_there(extension):
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_extension WHERE extname = %s", [extension])
        assert cursor.rowcount == 1
