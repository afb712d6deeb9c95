"""The change feed tells of sources that were withdrawn, and no more than readers may know."""

from datetime import timedelta

import pytest

from articles import corrections
from articles.withdrawing import reinstate_source, withdraw_source
from sources.models import Source
from tests.making import NOW, Desk, cite, make_source

pytestmark = pytest.mark.django_db
FEED = "/api/v1/changes/"


def later(**delta):
    return NOW + timedelta(**delta)


def told(client) -> list[dict]:
    return client.get(FEED).json()["results"]


def withdraw(desk: Desk, source: Source) -> None:
    """Half an hour after noon."""
    withdraw_source(
        source, by=desk.duty, now=later(minutes=30), withdrawn_by="publisher", reason="It was forged."
    )


def test_a_withdrawn_source_is_told_with_its_reason_as_long_as_it_is(client):
    desk = Desk()
    desk.publish()
    withdraw(desk, desk.first)
    entry = told(client)[-1]
    assert (entry["kind"], entry["article"], entry["edition"]) == ("source_withdrawn", None, None)
    assert entry["source"] == {
        "id": desk.first.public_id,
        "api": f"/api/v1/sources/{desk.first.public_id}/",
        "withdrawn": {"at": "2026-06-01T12:30:00Z", "by": "publisher", "reason": "It was forged."},
    }
    reinstate_source(desk.first, by=desk.duty, now=later(minutes=40), reason="It is genuine after all.")
    assert [entry["source"]["withdrawn"] for entry in told(client)[-2:]] == [None, None]


def test_of_a_confidential_source_the_day_alone_is_told(client):
    desk = Desk()
    hidden = make_source(desk.reporter, confidential=True, public_label="a diplomat", title="", url="")
    cite(desk.claim, hidden, by=desk.reporter)
    desk.publish()
    withdraw(desk, hidden)
    entry = told(client)[-1]
    assert entry["at"] == entry["source"]["withdrawn"]["at"] == "2026-06-01T00:00:00Z"


def test_why_a_source_was_withdrawn_goes_with_the_last_article_that_cites_it(client):
    desk = Desk()
    desk.publish()
    withdraw(desk, desk.first)
    corrections.take_down(desk.reload(), by=desk.duty, now=later(minutes=40), reason="A court said so.")
    assert "forged" not in client.get(FEED).text
    assert told(client)[1]["source"]["withdrawn"] is None


def test_a_source_that_no_reader_knows_of_is_not_told(client):
    desk = Desk()
    withdraw(desk, make_source(desk.reporter))
    assert told(client) == []
