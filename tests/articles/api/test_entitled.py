"""What a partner's products open holds on every door, and nothing else is behind any."""

import json
from datetime import timedelta

import pytest

from articles import scheduling
from articles.models import Section, Treaty
from tests.articles.api.partners import reading
from tests.articles.illustrating.shown import figure, keep
from tests.making import NOW, Desk, make_publisher

pytestmark = pytest.mark.django_db
API = "/api/v1/"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
LISTS = ("articles", "statements", "claims", "quotes", "sources", "publishers", "speakers", "treaties")
LISTS += ("corrections", "editions")


class Told(Desk):
    """A story of a treaty, with a publisher of its own, whose second edition corrects the first."""

    def __init__(self, treaty: str, section: str, **options):
        super().__init__(slug=f"on-{treaty}", **options)
        self.publisher = make_publisher(f"Papers of {treaty}")
        self.first.publisher = self.publisher
        self.first.save()
        self.treaty = Treaty.objects.create(slug=treaty, title=f"Treaty of {treaty}", parties=["Here"])
        self.section = Section.objects.create(slug=section, name=section)
        body = self.body(signed=f"They signed at {treaty}")
        self.save(body=body, headline=f"Signed at {treaty}", treaties=[self.treaty], section=self.section)
        self.publish()

    def correct(self, **options):
        self.save(body=self.body(signed=f"They signed in {self.treaty.slug}"))
        return self.publish(kind="correction", note=f"It was in {self.treaty.slug}.", **options)

    def addresses(self) -> dict[str, str]:
        """Everything that names this story and nothing else, by door."""
        article = f"articles/{self.article.public_id}"
        correction = self.article.editions.get(number=2).correction
        return {
            "articles": f"{article}/",
            "editions": f"{article}/editions/",
            "edition": f"{article}/editions/1/",
            "statements": f"statements/{self.article.public_id}/{self.KEYS[0]}/",
            "claims": f"claims/{self.claim.public_id}/",
            "quotes": f"quotes/{self.quote.public_id}/",
            "sources": f"sources/{self.first.public_id}/",
            "publishers": f"publishers/{self.publisher.public_id}/",
            "speakers": f"speakers/{self.speaker.public_id}/",
            "treaties": f"treaties/{self.treaty.public_id}/",
            "corrections": f"corrections/{correction.public_id}/",
        }


@pytest.fixture
def ours(db):
    story = Told("warsaw", "defence")
    story.correct()
    return story


@pytest.fixture
def theirs(db):
    story = Told("lisbon", "trade", now=NOW - DAY)
    story.correct()
    return story


def results(client, path: str, **headers) -> list[dict]:
    answer = client.get(f"{API}{path}", **headers)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()["results"]


def test_every_door_opens_what_a_product_is_cut_to_and_nothing_else(client, ours, theirs, monkeypatch):
    partner = {"headers": reading({"treaties": ["warsaw"]})}
    # Whether the records are found from the few articles there are, or looked through one by one.
    for few in (2_000, 0):
        monkeypatch.setattr("articles.walking.FEW", few)
        for door in LISTS:
            shown = json.dumps(results(client, f"{door}/", **partner))
            assert "lisbon" not in shown, door
            for name, path in theirs.addresses().items():
                assert path not in shown, (door, name)
            everybodys = results(client, f"{door}/")
            assert len(everybodys) == 2 * len(results(client, f"{door}/", **partner)), door
        assert client.get(f"{API}articles/?count=true", **partner).json()["count"] == 1
        assert client.get(f"{API}claims/?count=true", **partner).json()["count"] == 1
        assert client.get(f"{API}publishers/?count=true", **partner).json()["count"] == 1
    for door, path in theirs.addresses().items():
        assert client.get(f"{API}{path}").status_code == 200, door
        assert client.get(f"{API}{path}", **partner).status_code == 404, door
    for door, path in ours.addresses().items():
        assert client.get(f"{API}{path}", **partner).status_code == 200, door


def test_filters_and_searches_find_nothing_that_is_not_open(client, ours, theirs):
    partner = {"headers": reading({"sections": ["defence"], "languages": ["en"]}, {"treaties": ["warsaw"]})}
    asked = ("text=signed", "language=en", "party=here", f"author={theirs.article.bylines.get().slug}")
    asked += ("treaty=lisbon", f"source={theirs.first.public_id}", "published_since=2026-01-01")
    asked += ("changed_since=2026-01-01", "kind=correction", "text=signed&changed_until=2027-01-01")
    for query in asked:
        everybodys = [one["id"] for one in results(client, f"articles/?{query}")]
        found = [one["id"] for one in results(client, f"articles/?{query}", **partner)]
        assert theirs.article.public_id in everybodys, query
        assert found == [one for one in everybodys if one == ours.article.public_id], query
        count = client.get(f"{API}articles/?{query}&count=true", **partner).json()
        assert (count["count"], count["at_least"]) == (len(found), False)


def test_a_waiting_edition_opens_its_article_to_a_product_at_its_moment_and_a_cancelled_one_never(
    client, ours, theirs, clock
):
    """On every door, and on the counts: before that nothing tells that anything waits."""
    lisbon, at, partner = theirs.treaty, NOW + DAY, {"headers": reading({"treaties": ["lisbon"]})}
    anybodys = json.dumps(results(client, f"changes/?treaty={lisbon.slug}"))
    ours.save(treaties=[lisbon])
    waits = ours.publish(kind="update", at=at)
    for moved in (at, at + DAY):
        if moved != at:
            scheduling.reschedule(waits, at=moved, by=ours.duty, now=NOW)
        clock.move_to(moved - SECOND)
        for door, path in ours.addresses().items():
            assert client.get(f"{API}{path}", **partner).status_code == 404, door
        for door in (*LISTS, "changes"):
            assert "warsaw" not in json.dumps(results(client, f"{door}/", **partner)), door
        assert client.get(f"{API}articles/?count=true", **partner).json()["count"] == 1
        assert json.dumps(results(client, f"changes/?treaty={lisbon.slug}")) == anybodys
    clock.move_to(at + DAY + SECOND)
    assert client.get(f"{API}{ours.addresses()['articles']}", **partner).status_code == 200
    assert client.get(f"{API}articles/?count=true", **partner).json()["count"] == 2
    assert json.dumps(results(client, f"changes/?treaty={lisbon.slug}")) != anybodys
    section = Section.objects.create(slug="arms", name="Arms")
    ours.save(section=section)
    scheduling.cancel(ours.publish(kind="update", at=at + 3 * DAY), by=ours.duty, now=at + 2 * DAY)
    clock.move_to(at + 4 * DAY)
    assert results(client, "articles/", headers=reading({"sections": ["arms"]})) == []


PRODUCTS = [
    ([], ""),
    ([{}], "both"),
    ([{"treaties": ["warsaw"]}], "ours"),
    ([{"treaties": ["warsaw"], "sections": ["trade"]}], ""),
    ([{"treaties": ["warsaw"]}, {"sections": ["trade"]}], "both"),
    ([{"treaties": ["warsaw", "lisbon"]}, {"languages": ["en"]}], "both"),
    ([{"languages": ["pl"]}], ""),
    ([{"delay": DAY}], "theirs"),
    ([{"delay": 2 * DAY}], ""),
    ([{"delay": DAY, "languages": ["en"]}, {"treaties": ["warsaw"], "delay": 2 * DAY}], "theirs"),
    ([{"treaties": ["lisbon"], "terms": "One."}, {"terms": "Two."}], "both"),
]


def test_products_are_walked_apart_and_listed_together(client, ours, theirs, django_assert_max_num_queries):
    whole = {"ours": [ours], "theirs": [theirs], "both": [ours, theirs], "": []}
    for products, opened in PRODUCTS:
        partner = {"headers": reading(*products)}
        wanted = [story.article.public_id for story in whole[opened]]
        assert [one["id"] for one in results(client, "articles/", **partner)] == wanted, products
        first = client.get(f"{API}articles/?limit=1", **partner).json()
        pages = first["results"] + (
            client.get(first["next"], **partner).json()["results"] if first["next"] else []
        )
        assert [one["id"] for one in pages] == wanted, products
        assert [one["id"] for one in results(client, "articles/?language=en", **partner)] == wanted, products
        # Four at most are for who asks.
        with django_assert_max_num_queries(5):
            client.get(f"{API}articles/", **partner)


def test_terms_of_use_are_those_of_the_first_product_that_opens_an_item(client, ours, theirs, settings):
    mixed = {"headers": reading({"treaties": ["warsaw"], "terms": "Ours only."}, {"terms": "Anything."})}
    plain = {"headers": reading({"terms": ""})}
    for headers, own, other in [({}, None, None), (mixed, "Ours only.", "Anything."), (plain, None, None)]:
        for story, terms in ((ours, own), (theirs, other)):
            for door in ("articles", "edition", "statements", "corrections"):
                told = client.get(f"{API}{story.addresses()[door]}", **headers).json()
                assert told["usage_terms"] == terms, (door, terms)
            claim = client.get(f"{API}{story.addresses()['claims']}", **headers).json()
            assert [one["usage_terms"] for one in claim["statements"]] == [terms]
            for door in ("articles", "corrections", "statements", "editions"):
                named = {
                    one["article"]["id"] if "article" in one else one["id"]: one["usage_terms"]
                    for one in results(client, f"{door}/", **headers)
                }
                assert named[story.article.public_id] == terms, door
            listed = results(client, f"articles/{story.article.public_id}/editions/", **headers)
            assert {one["usage_terms"] for one in listed} == {terms}
    settings.NEWSROOM_USAGE_TERMS = "Name us."
    anew = Told("nancy", "sea")
    assert client.get(f"{API}articles/{anew.article.public_id}/").json()["usage_terms"] == "Name us."
    listed = {one["id"]: one["usage_terms"] for one in results(client, "articles/")}
    assert listed[anew.article.public_id] == "Name us."
    own = results(client, "articles/", headers=reading({"terms": "Anything."}))
    assert {one["usage_terms"] for one in own} == {"Anything."}


def test_products_without_pictures_tell_of_none_and_say_so(client, ours):
    image = keep(ours)
    ours.save(body=ours.body() + figure(image))
    ours.publish(kind="update")
    bare = {"headers": reading({"media": False})}
    both = {"headers": reading({"media": False}, {"treaties": ["warsaw"]})}
    digest = image.renditions.first().digest
    shown = ("articles", "edition", "list")
    own = f"articles/{ours.article.public_id}/"
    paths = {"articles": own, "edition": f"{own}editions/3/", "list": "articles/?include=images"}
    for door in shown:
        for headers, pictures in (({}, True), (bare, False), (both, True)):
            answer = client.get(f"{API}{paths[door]}", **headers)
            assert (digest in answer.text) == pictures, door
            assert ("images_left_out" in answer.text) == (not pictures), door
    document = client.get(f"{API}{paths['edition']}", **bare).json()["document"]
    assert document["content"]["blocks"][-1]["figure"]["image"] is None


def test_what_waits_shows_at_its_own_door_and_nowhere_else(client, ours, clock):
    at = NOW + DAY
    ours.save(headline="Larkspur at warsaw")
    ours.publish(kind="update", at=at, embargoed=True)
    ours_scheduled = Told("nancy", "sea")
    ours_scheduled.save(headline="Larkspur at nancy")
    ours_scheduled.publish(kind="update", at=at)
    own = f"embargoed/{ours.article.public_id}/3/"
    reads = {"headers": reading({"treaties": ["warsaw"], "embargoed": True, "terms": "Wait."})}
    (entry,) = results(client, "embargoed/", **reads)
    assert (entry["id"], entry["number"], entry["headline"]) == (
        ours.article.public_id,
        3,
        "Larkspur at warsaw",
    )
    assert entry["embargoed_until"] == entry["changed_at"] == "2026-06-02T12:00:00Z"
    answer = client.get(f"{API}{own}", **reads)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    told = answer.json()
    assert (told["headline"], told["embargoed_until"], told["usage_terms"]) == (
        "Larkspur at warsaw",
        "2026-06-02T12:00:00Z",
        "Wait.",
    )
    nobody = [
        {},
        {"headers": reading({"treaties": ["warsaw"]})},
        {"headers": reading({"embargoed": True}, scopes=("read",))},
    ]
    for headers in nobody:
        for path in ("embargoed/", own):
            absent = client.get(f"{API}{path}", **headers)
            assert (absent.status_code, absent["Cache-Control"]) == (404, "private, no-store")
    elsewhere = {"headers": reading({"treaties": ["nancy"], "embargoed": True})}
    assert results(client, "embargoed/", **elsewhere) == []
    assert client.get(f"{API}{own}", **elsewhere).status_code == 404
    for door in LISTS:
        assert "Larkspur" not in json.dumps(results(client, f"{door}/", **reads)), door
    for path in ours.addresses().values():
        assert "Larkspur" not in client.get(f"{API}{path}", **reads).text, path
    assert client.get(f"{API}articles/{ours.article.public_id}/editions/3/", **reads).status_code == 404
    assert "Larkspur" not in client.get(f"{API}articles/?text=larkspur", **reads).text
    clock.move_to(at)
    assert results(client, "embargoed/", **reads) == []
    assert "Larkspur" in client.get(f"{API}articles/", **reads).text
