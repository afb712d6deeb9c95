"""Articles through the API."""

import gzip
import json
from datetime import timedelta

import pytest
from django.utils.http import http_date

from articles.withdrawing import withdraw_source
from tests.articles.public.people import take_away
from tests.articles.public.stories import long_story
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles/"
LATER = NOW + timedelta(hours=3)


def detail_of(desk: Desk) -> str:
    return f"{LIST}{desk.article.public_id}/"


def test_the_list_names_each_article_with_its_addresses(client):
    desk = Desk(slug="a-treaty")
    desk.publish()
    answer = client.get(LIST)
    assert answer["Content-Type"] == "application/json"
    (entry,) = answer.json()["results"]
    assert answer.json()["next"] is None
    assert entry["id"] == desk.article.public_id
    assert entry["address"] == "/articles/a-treaty/"
    assert entry["api"] == detail_of(desk)
    assert entry["bylines"][0]["name"] == "Rita Reporter"
    assert client.get(entry["api"]).json()["headline"] == entry["headline"]


def test_the_detail_tells_every_sentence_with_what_it_rests_on(client, clock):
    story = long_story()
    clock.move_to(NOW + timedelta(days=1))
    told = client.get(f"{LIST}{story.article.public_id}/").json()
    document = json.loads(story.edition.content.document)
    assert told["digest"] == story.edition.digest
    assert told["previous_digest"] == story.edition.previous_digest
    assert [s["wording"] for s in told["statements"]] == [
        s["wording"] for s in document["content"]["statements"]
    ]
    assert told["blocks"] == document["content"]["blocks"]
    assert {source["number"] for source in told["sources"]} == {1, 2, 3, 4, 5, 6}
    assert told["kind"] == "correction"
    assert told["note"] == document["edition"]["note"]


def test_both_take_one_query_however_much_there_is(client, django_assert_num_queries):
    desk = Desk()
    desk.publish()
    for path in (LIST, detail_of(desk)):
        with django_assert_num_queries(1):
            client.get(path)
    for _ in range(9):
        Desk().publish()
    with django_assert_num_queries(1):
        assert len(client.get(LIST).json()["results"]) == 10


def test_following_next_shows_every_article_once(client):
    desks = [Desk(now=NOW - timedelta(hours=n // 2)) for n in range(5)]
    for desk in desks:
        desk.publish()
    ids, address, pages = [], f"{LIST}?limit=2", 0
    while address:
        answer = client.get(address)
        ids += [entry["id"] for entry in answer.json()["results"]]
        address = answer.json()["next"]
        links = dict(reversed(link.split("; ")) for link in answer["Link"].split(", "))
        assert links['rel="first"'] == f"<http://testserver{LIST}?limit=2>"
        assert links.get('rel="next"') == (f"<{address}>" if address else None)
        pages += 1
    assert sorted(ids) == sorted(desk.article.public_id for desk in desks)
    assert len(set(ids)) == 5
    assert pages == 3


def test_a_cursor_stays_good_while_articles_come_and_go(client, clock):
    editions = [Desk(now=NOW - timedelta(hours=n)).publish() for n in range(4)]
    following = client.get(f"{LIST}?limit=2").json()["next"]
    Desk().publish()
    take_away(editions[1], kind="retraction", note="Wrong.", at=NOW + timedelta(minutes=1))
    expected = [edition.article.public_id for edition in editions[2:]]
    assert [entry["id"] for entry in client.get(following).json()["results"]] == expected


def test_an_embargo_holds_to_the_second(client, clock):
    desk = Desk()
    desk.publish(at=LATER)
    clock.move_to(LATER - timedelta(microseconds=1))
    assert client.get(LIST).json()["results"] == []
    assert client.get(detail_of(desk)).status_code == 404
    clock.move_to(LATER)
    assert len(client.get(LIST).json()["results"]) == 1
    assert client.get(detail_of(desk)).status_code == 200


def test_who_asks_by_date_gets_what_came_after_also_that_a_source_was_withdrawn(client, clock):
    desk = Desk()
    desk.publish()
    path, coding = f"/api/v1/articles/{desk.article.public_id}/", {"accept-encoding": "gzip"}
    full = client.get(path)
    assert (
        full["Last-Modified"]
        == client.get(path, headers=coding)["Last-Modified"]
        == http_date(NOW.timestamp())
    )
    since = {"if-modified-since": full["Last-Modified"]}
    assert client.get(path, headers=since).status_code == 304
    assert client.get(path, headers=since | {"if-none-match": '"other"'}).status_code == 200
    later = NOW + timedelta(days=1)
    clock.move_to(later)
    withdraw_source(desk.first, by=desk.duty, now=later, withdrawn_by="newsroom", reason="Forged.")
    again = client.get(path, headers=since)
    assert (again.status_code, again["Last-Modified"]) == (200, http_date(later.timestamp()))


def test_what_a_partner_has_already_is_not_sent_again(client):
    desk = Desk()
    desk.publish()
    for path in (LIST, detail_of(desk), "/api/v1/claims/", "/api/v1/", "/api/v1/schema/"):
        for coding in ({}, {"accept-encoding": "gzip"}):
            full = client.get(path, headers=coding)
            again = client.get(path, headers=coding | {"if-none-match": f"W/{full['ETag']}"})
            assert (again.status_code, again.content) == (304, b"")
            for header in ("ETag", "Cache-Control", "Vary"):
                assert again[header] == full[header]
            head = client.head(path, headers=coding)
            # Of what is not sent the digest has another name.
            told = {name.replace("Repr-", "Content-"): value for name, value in head.headers.items()}
            assert (head.content, told) == (b"", dict(full.headers))


def test_lists_and_details_come_compressed_to_who_takes_it(client):
    desk = Desk()
    desk.publish()
    for path in (LIST, detail_of(desk), "/api/v1/quotes/"):
        packed = client.get(path, headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == client.get(path).content


@pytest.mark.parametrize("kind", ["retraction", "unpublication", "take_down"])
def test_a_gone_article_is_a_problem_with_its_notice_and_in_no_list(client, clock, kind):
    desk = Desk()
    edition = desk.publish()
    tag = client.get(detail_of(desk))["ETag"]
    take_away(edition, kind=kind, note="We were wrong.", at=LATER)
    clock.move_to(LATER)
    answer = client.get(detail_of(desk), headers={"if-none-match": tag})
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
    problem = answer.json()
    assert (problem["status"], problem["code"], problem["kind"]) == (410, "article_gone", kind)
    assert problem["notice"] == ("" if kind == "take_down" else "We were wrong.")
    assert "A treaty is signed" not in answer.text
    for path in ("articles", "claims", "quotes", "sources"):
        assert client.get(f"/api/v1/{path}/").json()["results"] == []
    for path in (
        f"claims/{desk.claim.public_id}",
        f"quotes/{desk.quote.public_id}",
        f"sources/{desk.first.public_id}",
    ):
        assert client.get(f"/api/v1/{path}/").status_code == 404


def test_the_root_names_the_ways_in(client):
    for address in client.get("/api/v1/").json().values():
        assert client.get(address).status_code == 200


def test_addresses_are_whole_where_the_site_knows_its_own(client, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    for _ in range(2):
        Desk().publish()
    page = client.get(f"{LIST}?limit=1")
    assert page.json()["next"].startswith("https://news.example/api/v1/articles/?limit=1&cursor=")
    assert page.json()["results"][0]["address"].startswith("https://news.example/articles/")
