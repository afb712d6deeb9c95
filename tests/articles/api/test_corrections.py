"""The log of corrections, and every edition of an article."""

import hashlib
import json
from datetime import timedelta

import pytest

from articles import corrections
from articles.models import Edition
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
LOG = "/api/v1/corrections/"
NOTE = "It was signed on 28 May, not on 27 May."
SIGNED = "Two states signed a treaty on 28 May 2026"


def later(**delta):
    return NOW + timedelta(**delta)


def corrected(*, minutes: int = 10, kind: str = "correction", **options) -> Desk:
    desk = Desk()
    desk.publish()
    desk.now = later(minutes=minutes)
    desk.save(body=desk.body(signed=SIGNED))
    desk.publish(kind=kind, note=NOTE, **options)
    return desk


def logged(client, query: str = "") -> list[dict]:
    return client.get(f"{LOG}{query}").json()["results"]


def editions_of(desk: Desk) -> str:
    return f"/api/v1/articles/{desk.article.public_id}/editions/"


def test_the_log_tells_what_was_set_right_newest_first_with_its_article(client):
    first, second = corrected(minutes=5), corrected(minutes=20, kind="clarification")
    corrected(minutes=10, kind="update")
    entries = logged(client)
    assert [entry["article"]["id"] for entry in entries] == [
        second.article.public_id,
        first.article.public_id,
    ]
    assert entries[1]["article"] == {
        "id": first.article.public_id,
        "slug": first.article.slug,
        "address": f"/articles/{first.article.slug}/",
        "api": f"/api/v1/articles/{first.article.public_id}/",
        "language": "en",
        "headline": "A treaty is signed",
    }
    (statement,) = entries[1]["statements"]
    assert (statement["was"], statement["is"]) == ("Two states signed a treaty on 27 May 2026", SIGNED)
    assert entries[1]["at"] == "2026-06-01T12:05:00Z"
    assert client.get(f"{LOG}{entries[1]['id']}/").json() == entries[1]


def test_following_next_gives_the_whole_log_once_also_within_one_moment(client):
    for minutes in (5, 10, 10, 10, 15):
        corrected(minutes=minutes)
    everything = [entry["id"] for entry in logged(client)]
    found, address = [], f"{LOG}?limit=2"
    while address:
        page = client.get(address).json()
        found += [entry["id"] for entry in page["results"]]
        address = page["next"]
    assert len(set(found)) == 5
    assert found == everything


def test_a_correction_that_waits_is_told_from_its_moment(client, clock):
    desk = corrected(at=later(hours=3))
    waits = desk.article.editions.get(number=2)
    own = f"{LOG}{waits.correction.public_id}/"
    clock.move_to(later(hours=3, seconds=-1))
    assert logged(client) == []
    assert client.get(own).status_code == client.get(f"{editions_of(desk)}2/").status_code == 404
    assert [entry["number"] for entry in client.get(editions_of(desk)).json()["results"]] == [1]
    clock.move_to(later(hours=3, seconds=1))
    assert len(logged(client)) == 1
    assert client.get(own).status_code == client.get(f"{editions_of(desk)}2/").status_code == 200


def test_a_retraction_stands_in_the_log_under_the_headline_of_what_it_retracts(client):
    desk = corrected()
    corrections.retract(desk.reload(), by=desk.duty, now=later(minutes=30), note="It was made up.")
    retraction, correction = logged(client)
    assert (retraction["kind"], retraction["note"]) == ("retraction", "It was made up.")
    assert retraction["article"]["headline"] == correction["article"]["headline"] == "A treaty is signed"


@pytest.mark.parametrize("end", ["retract_closing", "unpublish", "take_down"])
def test_what_is_closed_leaves_the_log(client, end):
    desk = corrected()
    own = f"{LOG}{logged(client)[0]['id']}/"
    close(desk, end)
    assert [entry["kind"] for entry in logged(client)] == (["retraction"] if end == "retract_closing" else [])
    answer = client.get(own)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def close(desk: Desk, end: str) -> Edition:
    acting = {"by": desk.duty, "now": later(minutes=30)}
    match end:
        case "retract_closing":
            return corrections.retract(desk.reload(), note="Made up.", closes_history=True, **acting)
        case "unpublish":
            return corrections.unpublish(desk.reload(), reason="Rights.", **acting)
    return corrections.take_down(desk.reload(), reason="A court said so.", **acting)


def test_the_log_takes_two_queries_however_long_a_page_is(client, django_assert_num_queries):
    for _ in range(3):
        desk = corrected()
    corrections.retract(desk.reload(), by=desk.duty, now=later(minutes=30), note="It was made up.")
    with django_assert_num_queries(2):
        assert len(logged(client)) == 4


def test_each_edition_is_told_with_its_place_in_the_chain(client):
    desk = corrected()
    first, second = client.get(editions_of(desk)).json()["results"]
    assert (first["number"], first["kind"], first["previous_digest"], first["correction"]) == (
        1,
        "first",
        "",
        None,
    )
    assert second["previous_digest"] == first["digest"]
    assert second["shown_from"] == "2026-06-01T12:10:00Z"
    assert client.get(f"{LOG}{second['correction']}/").json()["number"] == 2
    page = client.get(f"{editions_of(desk)}?limit=1").json()
    assert [entry["number"] for entry in client.get(page["next"]).json()["results"]] == [2]


def test_the_document_is_given_as_it_was_stored_and_proves_its_digest(client):
    desk = corrected()
    answer = client.get(f"{editions_of(desk)}1/")
    told = answer.json()
    stored = Edition.objects.get(article=desk.article, number=1).content.document
    assert answer.content.endswith(b',"document":' + stored.encode() + b"}")
    assert hashlib.sha256(stored.encode()).hexdigest() == told["digest"]
    assert told["document"] == json.loads(stored)
    assert told["current"] == {"number": 2, "kind": "correction"}
    assert "27 May" in answer.text


def test_under_a_retraction_old_editions_stay_open_and_name_it(client):
    desk = corrected()
    corrections.retract(desk.reload(), by=desk.duty, now=later(minutes=30), note="It was made up.")
    assert [entry["kind"] for entry in client.get(editions_of(desk)).json()["results"]] == [
        "first",
        "correction",
        "retraction",
    ]
    old = client.get(f"{editions_of(desk)}1/")
    assert old.status_code == 200
    assert old.json()["current"] == {"number": 3, "kind": "retraction"}


@pytest.mark.parametrize("end", ["retract_closing", "unpublish", "take_down"])
def test_closed_editions_answer_with_the_notice_of_their_article(client, end):
    desk = corrected()
    tag = client.get(f"{editions_of(desk)}1/")["ETag"]
    close(desk, end)
    notice = client.get(f"/api/v1/articles/{desk.article.public_id}/").json()
    for path in ("", "1/", "2/"):
        answer = client.get(f"{editions_of(desk)}{path}", headers={"if-none-match": tag})
        assert (answer.status_code, answer.json()) == (410, notice)
        assert answer["Content-Type"] == "application/problem+json"
        assert f"article-{desk.article.public_id}" in answer["Surrogate-Key"].split()
    assert client.get(f"{editions_of(desk)}4/").status_code == 404
    assert client.get(f"{editions_of(desk)}3/").status_code == (410 if end == "take_down" else 200)


def test_what_was_taken_down_stays_closed_when_the_article_is_back(client):
    desk = corrected()
    close(desk, "take_down")
    desk.now = later(minutes=40)
    desk.save(standfirst="Two states sign, at last")
    desk.publish(kind="reinstatement", note="The court lifted its order.")
    assert [entry["number"] for entry in client.get(editions_of(desk)).json()["results"]] == [3, 4]
    assert client.get(f"{editions_of(desk)}1/").status_code == 404
    assert logged(client) == []


def test_editions_of_drafts_and_of_nothing_are_equally_unknown(client):
    desk = Desk()
    for path in ("", "1/"):
        hidden = client.get(f"{editions_of(desk)}{path}")
        nothing = client.get(f"/api/v1/articles/{'0' * 12}/editions/{path}")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert hidden.text.replace(desk.article.public_id, "0" * 12) == nothing.text
