"""The change feed for who follows one thing, or may not read everything: what concerns them, and nothing lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import corrections, following
from articles.amending import KINDS, amend
from articles.models import Section, Treaty
from articles.publishing import announce_opened
from articles.publishing.announcing import announce_amended
from articles.rules.entitlements import Entitlement, Product
from articles.rules.wanted import NAMES, wanted
from articles.withdrawing import withdraw_source
from sources.models import Source, Speaker
from tests.making import NOW, Desk, make_claim, make_publisher, make_source, make_speaker

pytestmark = pytest.mark.django_db
FEED = "/api/v1/changes/"
DAY = timedelta(days=1)
SIGNED = "Two states signed a treaty on 28 May 2026"


def later(**delta):
    return NOW + timedelta(**delta)


def kinds(found) -> list[str]:
    return [entry["kind"] for entry in found.entries]


def told(*, by=None, now=NOW + DAY, after=0, limit=100, **filters) -> list[str]:
    found = following.changes(after=after, limit=limit, now=now, by=by, wanted=wanted(**filters))
    assert found.complete
    return kinds(found)


def entitled(*products: Product) -> Entitlement:
    return Entitlement(products)


def section(slug: str) -> Section:
    return Section.objects.create(slug=slug, name=slug.title())


def test_a_follower_of_a_source_hears_when_a_sentence_that_cites_it_is_new_changed_or_gone():
    """The first sentence rests on both sources, the second (a quote) on the second source and its speaker alone."""
    desk = Desk()
    desk.publish()
    other = Desk()
    other.publish()
    desk.now = later(minutes=1)
    # Words of the quote's sentence around the quotation: of the first source nothing is touched.
    desk.save(body=desk.body().replace("Ada Sample called it", "On Monday Ada Sample called it"))
    desk.publish(kind="update")
    desk.now = later(minutes=2)
    desk.save(body=desk.body(signed=SIGNED), headline="A treaty was signed on 28 May 2026")
    desk.publish(kind="correction", note="On 28 May.")
    third = make_source(desk.reporter)
    replaced = make_claim(desk.reporter, third)
    desk.now = later(minutes=3)
    desk.save(body=desk.body(signed=SIGNED).replace(desk.claim.public_id, replaced.public_id))
    desk.publish(kind="update")
    corrections.retract(desk.reload(), by=desk.duty, now=later(minutes=4), note="Made up.")

    first = [entry["kind"] for entry in told_entries(source=desk.first.public_id)]
    assert first == ["first", "correction", "update", "retraction"]
    for name, value, expected in [
        # The correction takes the words on Monday back.
        ("speaker", desk.speaker.public_id, ["first", "update", "correction", "retraction"]),
        ("source", desk.second.public_id, ["first", "update", "correction", "update", "retraction"]),
        ("claim", desk.claim.public_id, ["first", "correction", "update", "retraction"]),
        ("claim", replaced.public_id, ["update", "retraction"]),
        ("source", third.public_id, ["update", "retraction"]),
        ("source", other.first.public_id, ["first"]),
        ("publisher", "0123456789ab", []),
        ("article", other.article.public_id, ["first"]),
        ("language", "pl", []),
        ("language", "en", ["first", "first", "update", "correction", "update", "retraction"]),
    ]:
        assert told(**{name: value}) == expected, (name, value)
    both = {"source": desk.first.public_id, "speaker": desk.speaker.public_id}
    assert told(**both) == []
    assert told(source=desk.first.public_id, kinds=["correction", "first"]) == ["first", "correction"]


def told_entries(**filters) -> list[dict]:
    return following.changes(after=0, limit=100, now=NOW + DAY, wanted=wanted(**filters)).entries


def test_what_happens_to_a_record_is_told_to_who_follows_it_or_what_rests_on_it():
    desk, other = Desk(), Desk()
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["Poland", "France"])
    desk.save(treaties=[treaty], section=section("defence"))
    desk.publish()
    other.publish()
    withdraw_source(desk.first, by=desk.duty, now=NOW, withdrawn_by="publisher", reason="It was forged.")
    for filters, tells in [
        ({"source": desk.first.public_id}, True),
        ({"claim": desk.claim.public_id}, True),
        ({"speaker": desk.speaker.public_id}, False),
        ({"source": desk.second.public_id}, True),
        ({"source": other.first.public_id}, False),
        ({"treaty": "warsaw"}, True),
        ({"section": "defence"}, True),
        ({"section": "sport"}, False),
        ({"article": desk.article.public_id}, True),
        ({"article": other.article.public_id}, False),
        ({"source": desk.first.public_id, "language": "en"}, True),
        ({"source": desk.first.public_id, "language": "pl"}, False),
    ]:
        assert ("source_withdrawn" in told(**filters)) == tells, filters
    for product, tells in [
        (Product(treaties=("warsaw",)), True),
        (Product(treaties=("lisbon",)), False),
        (Product(languages=("en",)), True),
    ]:
        assert ("source_withdrawn" in told(by=entitled(product))) == tells, product


def test_what_is_followed_is_named_by_id_or_slug_as_in_lists(client):
    desk, other = Desk(), Desk()
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["Poland", "France"])
    publisher = make_publisher("The Gazette")
    Source.objects.filter(pk=desk.first.pk).update(publisher=publisher)
    desk.save(treaties=[treaty], section=section("defence"))
    desk.publish()
    other.publish()
    amend(treaty, by=desk.editor, now=NOW, note="Its name.", title="The Treaty of Warsaw")
    told = ["first", "treaty_amended"]
    for name, record, expected in [
        ("treaty", treaty, told),
        ("section", Section.objects.get(), told),
        ("speaker", desk.speaker, ["first"]),
        ("publisher", publisher, ["first"]),
    ]:
        for named in (record.public_id, record.slug):
            found = client.get(f"{FEED}?{name}={named}").json()["results"]
            assert [entry["kind"] for entry in found] == expected, (name, named)
        for unknown in ("0123456789ab", "nothing-of-ours"):
            assert client.get(f"{FEED}?{name}={unknown}").json()["results"] == [], (name, unknown)


def test_however_many_records_were_amended_it_takes_the_same_number_of_queries():
    """Told to who may read an edition that names one, by the id it has or had before it was merged."""
    desk = Desk()
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["Poland", "France"])
    desk.save(treaties=[treaty], section=section("defence"))
    desk.publish()
    stands = make_speaker()[0]
    Speaker.objects.filter(pk=desk.speaker.pk).update(merged_into=stands)
    printed = [desk.first, desk.second, desk.speaker, stands, treaty, Section.objects.get()]

    def amend_each(records):
        for record in records:
            announce_amended(record, KINDS[type(record)], fields=["name"], note="", now=NOW)

    def measured(**asked) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            found = following.changes(after=1, limit=1_000, now=NOW + DAY, **asked)
        return kinds(found), len(queries)

    everything = [KINDS[type(record)] for record in printed]
    by_sentence = {"speaker": ["source_amended", *["speaker_amended"] * 2], "claim": ["source_amended"] * 2}
    followers = {
        "languages": ({"by": entitled(Product(languages=("en",)))}, everything),
        "others": ({"by": entitled(Product(languages=("pl",)))}, []),
        "section": ({"wanted": wanted(section="defence")}, everything),
        "speaker": ({"wanted": wanted(speaker=desk.speaker.public_id)}, by_sentence["speaker"]),
        "claim": ({"wanted": wanted(claim=desk.claim.public_id)}, by_sentence["claim"]),
    }
    amend_each([*printed, make_source(desk.reporter), make_publisher("A"), make_speaker()[0], section("s")])
    few = {name: measured(**asked) for name, (asked, _told) in followers.items()}
    for name, (_asked, expected) in followers.items():
        assert sorted(few[name][0]) == sorted(expected), name
    for number in range(12):
        source, publisher = make_source(desk.reporter), make_publisher(f"B {number}")
        amend_each([source, publisher, make_speaker()[0], section(f"s-{number}")])
    assert {name: measured(**asked) for name, (asked, _told) in followers.items()} == few


def test_nobody_is_told_of_what_they_are_not_entitled_to_and_everybody_of_what_became_of_what_they_were():
    desk, other = Desk(), Desk()
    desk.save(section=section("defence"))
    other.save(section=section("sport"))
    desk.publish()
    other.publish()
    defence = entitled(Product(sections=("defence",)))
    desk.save(section=Section.objects.get(slug="sport"))
    desk.publish(now=later(minutes=5))
    corrections.take_down(desk.reload(), by=desk.duty, now=later(minutes=6), reason="An order.")
    assert told(by=defence) == ["first", "update", "take_down"]
    assert told(by=entitled()) == []
    assert told(by=entitled(Product(sections=("sport",)))) == ["first", "first", "update", "take_down"]
    assert told(by=entitled(Product())) == told()


def test_a_delay_holds_back_the_whole_article_and_when_it_is_over_an_entry_says_so():
    """Followed from number to number, over the moment at which the article opens: nothing is lost or comes twice."""
    desk, old = Desk(), Desk()
    old.publish(now=NOW - 3 * DAY)
    by = entitled(Product(delay=DAY))
    desk.publish()
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It was signed.", now=later(hours=1))
    now = later(hours=2)
    seen = following.changes(after=0, limit=100, now=now, by=by)
    assert (kinds(seen), seen.last) == (["first"], 3)
    corrections.retract(old.reload(), by=old.duty, now=later(hours=3), note="Made up.")
    now = later(hours=4)
    seen = following.changes(after=seen.last, limit=100, now=now, by=by)
    assert (kinds(seen), seen.last) == (["retraction"], 4)
    opened = {"to": by, "since": later(hours=4), "until": NOW + DAY + timedelta(seconds=1)}
    assert announce_opened(DAY, **opened) == 1
    desk.save(headline="A treaty was signed at last")
    desk.publish(kind="update", now=later(hours=25))
    seen = following.changes(after=seen.last, limit=100, now=later(hours=26), by=by)
    assert kinds(seen) == ["opened", "update"]
    assert seen.entries[0]["article"]["id"] == desk.article.public_id
    assert seen.entries[0]["at"] == "2026-06-02T12:00:00Z"
    late = later(hours=26)
    for others in (
        None,
        entitled(Product()),
        entitled(Product(delay=2 * DAY)),
        entitled(Product(), *by.products),
    ):
        assert "opened" not in told(by=others, now=late)
    assert told(by=by, now=late, source=desk.first.public_id) == ["first", "opened"]


def test_a_poller_gets_on_over_what_is_not_told_page_by_page():
    Desk().publish()
    mine = Desk()
    for _ in range(3):
        Desk().publish()
    mine.publish()
    Desk().publish()
    after, pages, entries, complete = 0, [], [], False
    while not complete:
        found = following.changes(
            after=after, limit=1, now=NOW, wanted=wanted(article=mine.article.public_id), look_ahead=2
        )
        entries += found.entries
        after, complete = found.last, found.complete
        pages.append(after)
    assert [entry["number"] for entry in entries] == [5]
    assert pages[-1] == 6
    assert pages == sorted(set(pages))


def test_filters_go_on_from_page_to_page_and_one_that_means_nothing_is_named(client):
    desks = [Desk() for _ in range(2)]
    for desk in desks:
        desk.publish()
    page = client.get(f"{FEED}?language=en&kind=first,update&limit=1").json()
    assert page["next"] == f"http://testserver{FEED}?limit=1&after=1&language=en&kind=first%2Cupdate"
    assert [entry["number"] for entry in client.get(page["next"]).json()["results"]] == [2]
    assert {
        "kind",
        "article",
        "claim",
        "source",
        "speaker",
        "publisher",
        "treaty",
        "language",
        "section",
    } <= NAMES
    for query, parameter in [
        ("kind=frist", "kind"),
        ("kind=", "kind"),
        ("kind=first," + "x," * 200, "kind"),
        ("language=xx", "language"),
        ("source=", "source"),
        ("source=A%20B", "source"),
        ("source=%00", "source"),
        ("source=a&source=b", "source"),
        ("treaty=" + "x" * 81, "treaty"),
        ("kinds=first", "kinds"),
    ]:
        answer = client.get(f"{FEED}?{query}")
        assert answer.status_code == 400, query
        assert [error["parameter"] for error in answer.json()["errors"]] == [parameter], query
