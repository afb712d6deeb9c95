"""What may be asked of lists: filters, members, what is related, a count; and what is refused by name."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Func, TextField, Value
from django.db.models.functions import Cast

from articles import filtering
from articles.models import Edition, Section, Treaty
from articles.searching import bounded
from tests.making import NOW, Desk, make_publisher

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles/"
HOUR = timedelta(hours=1)


@pytest.fixture
def stories(db) -> dict[str, Desk]:
    """Three stories, an hour apart, the oldest of which was corrected last."""
    made = {}
    for number, name in enumerate(("newest", "middle", "oldest")):
        desk = made[name] = Desk(slug=name, now=NOW - number * HOUR)
        desk.first.publisher = make_publisher(f"Papers of {name}")
        desk.first.save()
        desk.treaty = Treaty.objects.create(slug=f"t-{name}", title=name, parties=["Here", f"Land of {name}"])
        section = Section.objects.create(slug=f"s-{name}", name=name)
        body = desk.body(signed=f"They signed the {name} treaty")
        desk.save(headline=f"Signed: {name}", treaties=[desk.treaty], section=section, tags=[name], body=body)
        desk.publish()
    oldest = made["oldest"]
    oldest.now = NOW + 30 * timedelta(minutes=1)
    oldest.save(body=oldest.body(signed="They signed the oldest treaty at noon"))
    oldest.publish(kind="correction", note="At noon.")
    return made


def names(client, query: str, door: str = "articles") -> list[str]:
    answer = client.get(f"/api/v1/{door}/?{query}")
    assert answer.status_code == 200, (query, answer.content)
    return [one.get("slug") or one["article"].get("slug") for one in answer.json()["results"]]


ALL = ["newest", "middle", "oldest"]


def test_articles_are_chosen_by_what_they_are_about_and_when_they_appeared_or_changed(client, stories):
    middle = stories["middle"]
    byline = middle.article.bylines.get()
    cases = {
        "treaty=t-middle": ["middle"],
        f"treaty={middle.treaty.public_id}": ["middle"],
        "party=here": ALL,
        "party=land-of-middle": ["middle"],
        f"author={byline.slug}": ["middle"],
        f"author={byline.public_id}": ["middle"],
        "tag=middle": ["middle"],
        "section=s-middle": ["middle"],
        "language=en": ALL,
        "language=pl": [],
        f"source={middle.second.public_id}": ["middle"],
        f"speaker={middle.speaker.public_id}": ["middle"],
        f"speaker={middle.speaker.slug}": ["middle"],
        f"publisher={middle.first.publisher.public_id}": ["middle"],
        f"claim={middle.claim.public_id}": ["middle"],
        f"quote={middle.quote.public_id}": ["middle"],
        "kind=correction": ["oldest"],
        "text=noon": ["oldest"],
        "text=%22signed+the+middle%22": ["middle"],
        "text=treaty+-noon": ["newest", "middle"],
        "treaty=nothing-of-ours": [],
        f"party=here&tag=middle&language=en&source={middle.first.public_id}": ["middle"],
        "party=here&tag=middle&section=s-newest": [],
        "published_since=2026-06-01T11:00:00Z": ["newest", "middle"],
        "published_since=2026-06-01T13:00:00%2B02:00": ["newest", "middle"],
        "published_until=2026-06-01T11:00:00Z": ["middle", "oldest"],
        "published_until=2026-06-01": ALL,
        "published_until=2026-05-31": [],
        "published_since=2026-06-01T11:00:00Z&published_until=2026-06-01T11:00:00Z": ["middle"],
        "changed_since=2026-06-01T12:00:00Z": ["oldest", "newest"],
        "changed_until=2026-06-01T12:00:00Z": ["newest", "middle"],
        "changed_since=2026-06-01&tag=oldest": ["oldest"],
        "changed_since=2026-06-01&text=treaty&party=here": ["oldest", "newest", "middle"],
    }
    found = {query: names(client, query) for query in cases}
    assert found == cases
    counts = {query: client.get(f"{LIST}?{query}&count=true").json()["count"] for query in cases}
    assert counts == {query: len(wanted) for query, wanted in cases.items()}


def test_links_go_on_asking_for_the_same(client, stories):
    for query in ("party=here&fields=slug&language=en", "changed_since=2026-06-01", "text=treaty&count=true"):
        found, address, pages = [], f"{LIST}?{query}&limit=1", 0
        while address:
            answer = client.get(address)
            page, pages = answer.json(), pages + 1
            found += [one["slug"] for one in page["results"]]
            assert "limit=1" in answer["Link"]
            assert query.partition("&")[0] in answer["Link"].replace("%3A", ":")
            assert page.get("count") == (3 if "count" in query else None)
            address = page["next"]
        assert (found, pages) == (names(client, query), 3)


def test_other_lists_are_chosen_from_alike(client, stories):
    oldest, middle = stories["oldest"], stories["middle"]
    for query, corrected in {
        "": ["oldest"],
        "treaty=t-oldest&tag=oldest": ["oldest"],
        "treaty=t-middle": [],
        f"source={oldest.first.public_id}&kind=correction": ["oldest"],
        "kind=retraction": [],
        "published_since=2026-06-01T12:30:00Z": ["oldest"],
        "published_until=2026-06-01T12:29:59Z": [],
    }.items():
        assert names(client, query, "corrections") == corrected, query
    for query, found in {
        "": 4,
        "kind=first": 3,
        "treaty=t-oldest": 2,
        f"claim={oldest.claim.public_id}&kind=first": 1,
        "published_since=2026-06-01T12:00:00Z": 2,
        "published_until=2026-06-01T10:59:00Z": 1,
    }.items():
        assert len(client.get(f"/api/v1/editions/?{query}").json()["results"]) == found, query
    for query, said in {
        "": ["newest", "newest", "middle", "middle", "oldest", "oldest"],
        f"claim={middle.claim.public_id}": ["middle"],
        f"quote={middle.quote.public_id}": ["middle"],
        f"speaker={middle.speaker.slug}": ["middle"],
        f"source={middle.second.public_id}": ["middle", "middle"],
        f"publisher={middle.first.publisher.slug}": ["middle"],
        "text=noon": ["oldest"],
        "text=noon&tag=middle": [],
        "tag=middle&language=en&kind=first": ["middle", "middle"],
        "published_until=2026-06-01T10:00:00Z": ["oldest", "oldest"],
    }.items():
        found = client.get(f"/api/v1/statements/?{query}").json()["results"]
        assert [one["article"]["slug"] for one in found] == said, query


def test_every_statement_comes_once_and_keeps_its_address(client, stories, django_assert_max_num_queries):
    everything = client.get("/api/v1/statements/").json()["results"]
    for limit in (1, 2, 3, 4):
        found, address = [], f"/api/v1/statements/?limit={limit}"
        while address:
            page = client.get(address).json()
            found += page["results"]
            address = page["next"]
        assert found == everything
    assert len({one["id"] for one in everything}) == 6
    for one in everything:
        assert client.get(one["api"]).json() == one
    with django_assert_max_num_queries(9) as asked:
        client.get("/api/v1/statements/?limit=1")
    with django_assert_max_num_queries(len(asked)):
        client.get("/api/v1/statements/")


def test_a_record_leads_to_the_articles_that_name_it_and_back(client, stories):
    middle = stories["middle"]
    for door, record in {
        "publishers": middle.first.publisher,
        "speakers": middle.speaker,
        "treaties": middle.treaty,
    }.items():
        listed = client.get(f"/api/v1/{door}/").json()["results"]
        assert [one["id"] for one in listed] == sorted(one["id"] for one in listed)
        assert len(listed) == 3
        (entry,) = [one for one in listed if one["id"] == record.public_id]
        one = client.get(entry["api"]).json()
        assert entry.items() <= one.items()
        assert [article["slug"] for article in one["newest"]] == ["middle"]
        assert [article["slug"] for article in client.get(entry["articles"]).json()["results"]] == ["middle"]
        assert client.head(entry["api"])["ETag"] == client.get(entry["api"])["ETag"]
        unused = type(record).objects.create(
            slug="unused", **{"title" if door == "treaties" else "name": "X"}
        )
        assert client.get(f"/api/v1/{door}/{unused.public_id}/").status_code == 404
        assert len(client.get(f"/api/v1/{door}/").json()["results"]) == 3


def test_only_the_members_that_are_asked_for_are_told(client, stories):
    assert client.get(f"{LIST}?fields=slug,headline").json()["results"][0] == {
        "slug": "newest",
        "headline": "Signed: newest",
    }
    entry = client.get(f"{LIST}?exclude=tags,bylines").json()["results"][0]
    assert {"tags", "bylines"} & entry.keys() == set()
    assert "section" in entry
    for door in ("claims", "quotes", "sources"):
        (first, *_rest) = client.get(f"/api/v1/{door}/?exclude=statements").json()["results"]
        assert "statements" not in first
        assert client.get(f"/api/v1/{door}/?fields=id").json()["results"][0] == {"id": first["id"]}
    for door in ("publishers", "speakers", "treaties", "editions", "corrections", "statements"):
        name = "kind" if door in ("editions", "corrections") else "api"
        told = client.get(f"/api/v1/{door}/?fields={name}").json()["results"]
        assert all(one.keys() == {name} for one in told), door


def test_what_is_related_comes_with_the_list_or_is_left_out_of_the_article(
    client, stories, django_assert_num_queries
):
    related = ("statements", "quotes", "sources", "treaties", "corrections")
    with django_assert_num_queries(2):
        listed = client.get(f"{LIST}?include={','.join(related)},images").json()["results"]
    for one in listed:
        whole = client.get(one["api"]).json()
        assert {name: one[name] for name in related} == {name: whole[name] for name in related}
        assert one["images"] == []
        less = client.get(f"{one['api']}?exclude=statements,quotes").json()
        assert less == {name: value for name, value in whole.items() if name not in ("statements", "quotes")}
    told = client.get(f"{LIST}?fields=slug&include=sources").json()["results"][0]
    assert told.keys() == {"slug", "sources"}
    # However long it is, a list takes as many queries.
    with django_assert_num_queries(1):
        client.get(LIST)
    with django_assert_num_queries(1):
        client.get(f"{LIST}?tag=middle")
    with django_assert_num_queries(2):
        client.get(f"{LIST}?tag=middle&language=en")


def test_a_count_says_no_more_than_was_looked_at(client, stories, monkeypatch):
    assert "count" not in client.get(LIST).json()
    counted = client.get(f"{LIST}?count=true&limit=1").json()
    assert (counted["count"], counted["at_least"]) == (3, False)
    monkeypatch.setattr("articles.walking.MOST_COUNTED", 2)
    for name in ("articles", "claims", "quotes", "sources", "publishers", "speakers", "treaties"):
        told = client.get(f"/api/v1/{name}/?count=true").json()
        found = len(told["results"])
        assert (told["count"], told["at_least"]) == (min(found, 2), found > 2), name


REFUSED = {
    "articles": [
        *("treaty=", "treaty=%00", "treaty=A", "treaty=-a", "treaty=" + "a" * 81, "tag=a_b", "party=%C5%82"),
        *("source=x'", "language=xx", "language=", "kind=retraction", "kind=", "text=", "text=%20", "text=!"),
        *("text=-noon", "text=" + "a" * 201, "text=%00", "count=1", "count=", "fields=", "fields=nothing"),
        *("fields=slug,slug", "fields=slug,", "fields=" + "slug," * 200, "include=blocks", "exclude=id"),
        *("published_since=", "published_since=yesterday", "published_since=2026-06-31", "published_since=0001-01-01"),
        *("published_since=9999-12-31T23:59:59Z", "published_since=2026-06-01T12:00:00", "changed_since=2026-02-29"),
        *("changed_since=2026-06-01T24:00:00Z", "changed_since=2026-06-01T12:00:00-23:39", "changed_until=%D9%A2026"),
        *("changed_since=2026-06-01T12:00:00+02:00", "changed_since=2026-06-01T12:00:00Z%00", "changed_since=1-1-1"),
        "changed_until=2026-06-01T12:00:00.1234567Z",
    ],
    "statements": ["changed_since=2026-06-01", "include=sources", "count=true", "claim=%27"],
    "editions": ["text=noon", "changed_since=2026-06-01", "exclude=kind", "kind=none"],
    "corrections": ["kind=first", "text=noon"],
    "claims": ["treaty=x", "include=statements"],
    "publishers": ["publisher=x", "exclude=name"],
}  # fmt: skip


@pytest.mark.parametrize("door", REFUSED)
def test_what_means_nothing_is_refused_by_its_name(client, door):
    for query in REFUSED[door]:
        answer = client.get(f"/api/v1/{door}/?{query}")
        assert answer.status_code == 400, (query[:60], answer.content[:200])
        assert [error["parameter"] for error in answer.json()["errors"]] == [query.partition("=")[0]], query[
            :60
        ]
    backwards = client.get(f"{LIST}?published_since=2026-06-02&published_until=2026-06-01")
    assert backwards.json()["errors"][0]["parameter"] == "published_until"


@pytest.mark.parametrize("record", ["x/y", "aaaaaaaaaaaa/" + "b" * 5000, "%00/aaaaaaaaaa", "a/b/c", "-/-"])
def test_a_strange_statement_or_edition_that_waits_is_not_there(client, record):
    for door in ("statements", "embargoed"):
        assert client.get(f"/api/v1/{door}/{record}/").status_code == 404


def test_what_takes_too_long_is_a_problem_and_no_hang(client, stories, monkeypatch):
    monkeypatch.setattr(bounded, "MILLISECONDS", 20)
    sleep = Func(Value(10), function="pg_sleep", output_field=TextField())
    sleeping = Edition.objects.annotate(slept=Cast(sleep, TextField()))
    monkeypatch.setattr(filtering, "_meeting", lambda *_: sleeping.exclude(slept="x"))
    for query in ("tag=middle", "count=true", "changed_since=2026-06-01"):
        with transaction.atomic():
            answer = client.get(f"{LIST}?{query}")
            transaction.set_rollback(True)
        assert (answer.status_code, answer.json()["code"]) == (503, "too_slow"), query


def test_merged_records_are_asked_for_by_either_id(client, stories):
    newest, middle = stories["newest"], stories["middle"]
    type(middle.speaker).objects.filter(pk=middle.speaker.pk).update(merged_into=newest.speaker)
    for speaker in (middle.speaker, newest.speaker):
        assert names(client, f"speaker={speaker.public_id}") == ["newest", "middle"]
    assert [one["id"] for one in client.get("/api/v1/speakers/").json()["results"]] == sorted(
        (newest.speaker.public_id, stories["oldest"].speaker.public_id)
    )
    moved = client.get(f"/api/v1/speakers/{middle.speaker.public_id}/")
    assert (moved.status_code, moved["Location"]) == (301, f"/api/v1/speakers/{newest.speaker.public_id}/")
    one = client.get(moved["Location"]).json()
    assert [article["slug"] for article in one["newest"]] == ["newest", "middle"]
    assert json.loads(json.dumps(one)) == one
