"""System checks speak before something fails less clearly."""

import pytest
from django.db import connections

from newsroom.core.checks import check_postgresql_version


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "codes"), [(150018, ["core.E001"]), (180000, []), (190001, [])])
def test_a_server_that_is_too_old_is_named(version, codes, monkeypatch):
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", version)  # A cached property.
    assert [error.id for error in check_postgresql_version(databases=["default"])] == codes


def test_without_a_database_nothing_is_asked():
    assert check_postgresql_version(databases=None) == []
