"""What machines ask outside the API counts with what they ask of it."""

import pytest
from django.test import Client

from tests.making import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ASKED = "/oembed/?url=/articles/a-treaty/"


def test_an_address_that_asks_too_often_is_told_when_to_come_back(client, settings):
    Desk(slug="a-treaty").publish()
    assert "RateLimit" not in client.get(ASKED)
    settings.NEWSROOM_ANONYMOUS_RATE = 60
    answer = client.get(ASKED)
    assert (answer.status_code, answer["RateLimit"]) == (200, '"default";r=59;t=60')
    assert client.get("/api/v1/")["RateLimit"] == '"default";r=58;t=60'
    for _ in range(60):
        answer = client.get(ASKED)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 66
    assert (answer["Access-Control-Allow-Origin"], answer["Cache-Control"]) == ("*", "no-store")
    assert client.get("/api/v1/").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(ASKED).status_code == 200
    assert client.get("/articles/a-treaty/").status_code == 200
