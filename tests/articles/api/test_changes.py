"""The change feed: everything that became visible, in order, and never more than can be read now."""

from datetime import timedelta

import pytest

from articles import addresses, corrections, following, publishing
from articles.models import Article, Change
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
FEED = "/api/v1/changes/"
SIGNED = "Two states signed a treaty on 28 May 2026"
NOTE = "It was signed on 28 May, not on 27 May."


def later(**delta):
    return NOW + timedelta(**delta)


def told(client, query: str = "") -> list[dict]:
    answer = client.get(f"{FEED}{query}")
    assert answer.status_code == 200
    return answer.json()["results"]


def corrected(**options) -> Desk:
    """A story whose second edition, ten minutes later, corrects a sentence."""
    desk = Desk(slug="a-treaty")
    desk.publish()
    desk.now = later(minutes=10)
    desk.save(body=desk.body(signed=SIGNED), headline="A treaty was signed on 28 May 2026")
    desk.publish(kind="correction", note=NOTE, **options)
    return desk


def test_each_edition_is_told_once_with_its_number_digest_and_receipt(client):
    desk = corrected()
    first, second = told(client)
    edition = desk.article.editions.get(number=2)
    assert first["kind"] == "first"
    assert first["correction"] is None
    assert (second["number"], second["kind"], second["at"]) == (2, "correction", "2026-06-01T12:10:00Z")
    assert second["article"] == {
        "id": desk.article.public_id,
        "slug": "a-treaty",
        "address": "/articles/a-treaty/",
        "api": f"/api/v1/articles/{desk.article.public_id}/",
    }
    assert second["edition"] == {"number": 2, "digest": edition.digest}
    assert second["source"] is None
    receipt = second["correction"]
    assert (receipt["id"], receipt["note"], receipt["number"]) == (edition.correction.public_id, NOTE, 2)
    (statement,) = receipt["statements"]
    assert (statement["key"], statement["is"]) == (Desk.KEYS[0], SIGNED)
    assert statement["was"] == "Two states signed a treaty on 27 May 2026"


def test_a_correction_is_told_alike_in_the_feed_the_log_and_with_the_article(client):
    desk = corrected()
    receipt = told(client)[1]["correction"]
    (logged,) = client.get("/api/v1/corrections/").json()["results"]
    article = client.get(f"/api/v1/articles/{desk.article.public_id}/").json()
    assert receipt == {name: logged[name] for name in receipt}
    assert article["corrections"] == [receipt]


def test_following_by_number_gives_every_entry_once_and_says_where_to_go_on(client):
    for _ in range(5):
        Desk().publish()
    numbers, address, pages = [], f"{FEED}?limit=2", []
    while address:
        answer = client.get(address)
        page = answer.json()
        numbers += [entry["number"] for entry in page["results"]]
        links = dict(reversed(link.split("; ")) for link in answer["Link"].split(", "))
        assert links['rel="first"'] == f"<http://testserver{FEED}?limit=2>"
        assert links.get('rel="next"') == (f"<{page['next']}>" if page["next"] else None)
        address = page["next"]
        pages.append(page)
    assert numbers == [1, 2, 3, 4, 5]
    assert [page["last"] for page in pages] == [2, 4, 5]
    Desk().publish()
    assert [entry["number"] for entry in told(client, "?after=5")] == [6]
    nothing = client.get(f"{FEED}?after=6").json()
    assert nothing == {"next": None, "last": 6, "results": []}


@pytest.mark.parametrize("shift", [timedelta(seconds=-1), timedelta(), timedelta(seconds=1)])
def test_an_edition_that_waited_is_told_from_its_moment_though_no_worker_ran(client, clock, shift):
    desk = Desk(slug="a-secret")
    desk.publish(at=later(hours=3))
    clock.move_to(later(hours=3) + shift)
    answer = client.get(FEED)
    if shift < timedelta():
        assert answer.json()["results"] == []
        assert "secret" not in answer.text
        assert not Change.objects.exists()
    else:
        (entry,) = answer.json()["results"]
        assert (entry["number"], entry["at"]) == (1, "2026-06-01T15:00:00Z")


def test_while_a_correction_waits_the_feed_tells_nothing_of_it(client, clock):
    desk = corrected(at=later(hours=3), embargoed=True)
    assert [entry["kind"] for entry in told(client)] == ["first"]
    assert "28 May" not in client.get(FEED).text
    clock.move_to(later(hours=3, seconds=1))
    assert [entry["kind"] for entry in told(client)] == ["first", "correction"]
    assert told(client)[1]["article"]["id"] == desk.article.public_id


def test_readers_of_the_feed_get_an_answer_though_nothing_can_be_announced(client, monkeypatch, clock):
    Desk().publish()
    Desk().publish(at=later(hours=2))
    clock.move_to(later(hours=2))

    def fail(**_):
        raise RuntimeError("read-only")

    monkeypatch.setattr(following, "announce_due", fail)
    assert len(told(client)) == 1
    monkeypatch.undo()
    assert len(told(client)) == 2


def test_where_nothing_is_due_nothing_is_announced(client, monkeypatch):
    Desk().publish()
    monkeypatch.setattr(following, "announce_due", lambda **_: pytest.fail("nothing was due"))
    assert len(told(client)) == 1


def test_a_retraction_carries_the_notice_and_older_receipts_stay_while_they_can_be_read(client):
    desk = corrected()
    corrections.retract(desk.reload(), by=desk.duty, now=later(minutes=30), note="It was made up.")
    first, second, third = told(client)
    assert (third["kind"], third["correction"]["note"]) == ("retraction", "It was made up.")
    assert second["correction"]["note"] == NOTE
    assert third["article"]["slug"] == first["article"]["slug"] == "a-treaty"


def test_a_retraction_that_closes_the_history_takes_older_receipts_with_it(client):
    desk = corrected()
    corrections.retract(
        desk.reload(), by=desk.duty, now=later(minutes=30), note="It was made up.", closes_history=True
    )
    _first, second, third = told(client)
    assert second["correction"] is None
    assert second["edition"]["number"] == 2
    assert third["correction"]["note"] == "It was made up."


def test_what_is_unpublished_is_told_without_its_older_receipts(client):
    desk = corrected()
    corrections.unpublish(desk.reload(), by=desk.duty, now=later(minutes=30), reason="Rights ran out.")
    answer = client.get(FEED)
    assert [entry["kind"] for entry in answer.json()["results"]] == ["first", "correction", "unpublication"]
    assert "28 May" not in answer.text
    assert "Rights" not in answer.text


def test_of_what_is_taken_down_only_numbers_and_digests_are_left(client):
    desk = corrected()
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=later(minutes=20))
    before = told(client)
    corrections.take_down(desk.reload(), by=desk.duty, now=later(minutes=30), reason="A court said so.")
    answer = client.get(FEED)
    after = answer.json()["results"]
    assert [entry["kind"] for entry in after] == ["first", "correction", "moved", "take_down"]
    for word in ("treaty", "28 May", "court", "Rita"):
        assert word not in answer.text
    for was, now in zip(before, after, strict=False):
        for name in ("number", "kind", "at", "edition"):
            assert now[name] == was[name]
        assert now["article"]["id"] == was["article"]["id"]
        assert now["article"]["slug"] is now["article"]["address"] is now["correction"] is None
    assert after[3]["edition"]["number"] == 3
    assert after[3]["correction"] is None


def test_what_was_taken_down_and_comes_back_does_not_bring_its_old_receipts(client):
    desk = corrected()
    corrections.take_down(desk.reload(), by=desk.duty, now=later(minutes=20), reason="A court said so.")
    desk.now = later(minutes=30)
    desk.save(standfirst="Two states sign, at last")
    desk.publish(kind="reinstatement", note="The court lifted its order.")
    entries = told(client)
    assert [entry["correction"] and entry["correction"]["note"] for entry in entries] == [
        None,
        None,
        None,
        "The court lifted its order.",
    ]
    assert {entry["article"]["slug"] for entry in entries} == {"a-treaty"}


def test_an_article_that_moved_is_told_with_its_present_address_everywhere(client):
    desk = corrected()
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=later(minutes=30))
    entries = told(client)
    assert (entries[2]["kind"], entries[2]["edition"], entries[2]["correction"]) == ("moved", None, None)
    assert {entry["article"]["address"] for entry in entries} == {"/articles/the-treaty/"}


def test_a_long_page_takes_as_many_queries_as_a_short_one(client, django_assert_max_num_queries):
    corrected()
    with django_assert_max_num_queries(6) as asked:
        told(client)
    few = len(asked)
    for _ in range(6):
        desk = Desk()
        desk.publish()
        desk.now = later(minutes=10)
        desk.save(headline="A treaty was signed on 27 May 2026")
        desk.publish(kind="clarification", note="It is one treaty.")
    with django_assert_max_num_queries(few):
        assert len(told(client)) == 14


def test_the_answer_is_purged_with_the_lists_and_not_sent_twice(client):
    Desk().publish()
    answer = client.get(FEED)
    assert answer["Surrogate-Key"] == "lists"
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 304
    Desk().publish()
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("after=", "after"),
        ("after=-1", "after"),
        ("after=1.0", "after"),
        ("after=%D9%A1", "after"),
        ("after=9223372036854775808", "after"),
        ("after=" + "9" * 1_000, "after"),
        ("after=1&after=2", "after"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("cursor=abc", "cursor"),
        ("since=2026-01-01", "since"),
    ],
    ids=lambda value: value[:24],
)
def test_a_parameter_that_means_nothing_is_named(client, query, parameter):
    answer = client.get(f"{FEED}?{query}")
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_the_highest_number_there_can_be_is_asked_for_in_vain(client):
    Desk().publish()
    assert client.get(f"{FEED}?after={2**63 - 1}").json()["results"] == []


def test_nothing_of_a_draft_is_loaded(client, django_assert_max_num_queries):
    desk = corrected()
    desk.save(headline="Nobody may know this")
    with django_assert_max_num_queries(6) as asked:
        told(client)
    columns = {f'"{Article._meta.db_table}"."{name}"' for name in ("body", "headline", "standfirst")}
    assert not any(column in query["sql"] for query in asked.captured_queries for column in columns)
    assert publishing.announce_due(now=later(hours=1)) == 0
