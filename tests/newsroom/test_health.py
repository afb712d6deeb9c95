"""/healthz and /readyz: what a supervisor asks."""

import pytest
from django.db import OperationalError, connection

from newsroom.core import health


def test_alive_asks_no_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_database_migrations_and_queue_are_in_order(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": True, "migrations": True, "queue": True},
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health, "newest_migrations", lambda: {("articles", "9999_not_yet")})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": False, "queue": True}


@pytest.mark.django_db
def test_not_ready_without_the_queues_tables(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO gone")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "queue": False}


@pytest.mark.django_db
def test_not_ready_without_a_database_and_silent_about_why(client, monkeypatch):
    def refuse():
        raise OperationalError("password authentication failed for user editor")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "checks": {"database": False, "migrations": False, "queue": False},
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, path):
    assert client.post(path).status_code == 405
