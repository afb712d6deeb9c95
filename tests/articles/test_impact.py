"""From a source, everything that rests on it; what rests on it only, apart."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import impact
from articles.dossier import open_dossier
from articles.impact import derived_from, impact_of
from articles.importing.storing import import_text
from articles.withdrawing import withdraw_source
from sources.models import Source
from tests.articles.public.people import People
from tests.journeys.test_seed_story import SEED
from tests.making import NOW, Desk, cite, make_source

pytestmark = pytest.mark.django_db
CLAIM, QUOTE = Desk.KEYS


def later(**delta):
    return NOW + timedelta(**delta)


def derive(source, origin):
    Source.objects.filter(pk=source.pk).update(derives_from=origin, derivation="wire_copy")


def told(found):
    return [(r.article.slug, r.edition, r.shows, r.key, r.only, r.only_by_origin) for r in found]


def test_it_tells_every_statement_of_what_shows_and_waits():
    desk = Desk(slug="a-treaty")
    desk.publish()
    desk.save(headline="A treaty was signed")
    desk.publish(at=later(hours=2))
    found = impact_of(desk.second, now=later(hours=1))

    assert told(found.statements) == [
        ("a-treaty", 2, False, QUOTE, True, True),
        ("a-treaty", 1, True, QUOTE, True, True),
        ("a-treaty", 2, False, CLAIM, False, False),
        ("a-treaty", 1, True, CLAIM, False, False),
    ]
    assert found.statements[0].wording == "Ada Sample called it “a good day”"
    assert {r.stances for r in found.statements} == {frozenset({"supports"})}
    assert (found.statement_count, found.only_count, found.only_by_origin_count, found.article_count) == (
        4,
        2,
        2,
        1,
    )
    assert [(a.article, a.statements, a.only, a.shows) for a in found.articles] == [
        (desk.article, 4, 2, True)
    ]
    assert {r.key for r in found.only} == {QUOTE}
    assert {r.key for r in found.shared} == {CLAIM}


def test_what_is_superseded_is_no_longer_there():
    desk = Desk()
    desk.publish()
    desk.claim.citations.filter(source=desk.first).delete()
    desk.save(headline="A treaty was signed")
    desk.publish(now=later(minutes=1))
    assert impact_of(desk.first, now=later(hours=1)).statements == []


def test_drafts_stand_apart():
    desk, unlike = Desk(slug="a-treaty"), Desk()
    found = impact_of(desk.second, now=NOW)
    assert found.statements == found.articles == []
    assert told(found.drafts) == [
        ("a-treaty", None, False, CLAIM, False, False),
        ("a-treaty", None, False, QUOTE, True, True),
    ]
    assert told(impact_of(unlike.first, now=NOW).drafts)[0][0] == unlike.article.slug
    desk.save(body="<p>Nothing is known.</p>")
    assert impact_of(desk.second, now=NOW).drafts == []


def test_what_only_contradicts_supports_nothing():
    desk = Desk()
    against = make_source(desk.reporter)
    cite(desk.claim, against, by=desk.reporter, stance="contradicts")
    desk.publish()
    (resting,) = impact_of(against, now=NOW).statements
    assert (resting.key, resting.stances, resting.only) == (CLAIM, frozenset({"contradicts"}), False)


def test_what_derives_from_it_is_no_other_support():
    desk = Desk()
    derive(desk.first, desk.second)
    desk.publish()
    found = impact_of(desk.second, now=NOW)
    assert [(r.key, r.only, r.only_by_origin) for r in found.statements] == [
        (QUOTE, True, True),
        (CLAIM, False, True),
    ]
    assert [(r.key, r.only, r.only_by_origin) for r in found.drafts] == [
        (CLAIM, False, True),
        (QUOTE, True, True),
    ]
    # A copy that falls leaves what it copied.
    assert [(r.only, r.only_by_origin) for r in impact_of(desk.first, now=NOW).statements] == [(False, False)]


def test_what_rests_on_its_copies_only_rests_on_it():
    desk = Desk()
    wire = make_source(desk.reporter)
    derive(desk.first, wire)
    derive(desk.second, desk.first)
    desk.publish()
    found = impact_of(wire, now=NOW)
    assert [(r.key, r.stances, r.only, r.only_by_origin) for r in found.statements] == [
        (CLAIM, frozenset(), False, True),
        (QUOTE, frozenset(), False, True),
    ]
    assert len(found.drafts) == 2


def test_following_what_derives_ends_also_in_a_circle():
    desk = Desk()
    derive(desk.first, desk.second)
    derive(desk.second, desk.first)
    assert set(derived_from(desk.first)) == {desk.first.pk, desk.second.pk}


def test_pages_hold_a_bounded_part_each_and_tell_everything_once(monkeypatch):
    monkeypatch.setattr(impact, "PAGE", 2)
    monkeypatch.setattr(impact, "DRAFTS", 1)
    desk = Desk()
    others = [Desk() for _ in range(3)]
    for other in others:
        cite(other.claim, desk.first, by=other.reporter)
    for each in (desk, *others):
        each.publish()
    pages = [impact_of(desk.first, now=NOW, page=page) for page in (1, 2, 3, 4, 5)]

    assert [page.more for page in pages] == [True, True, True, False, False]
    assert [len(page.statements) for page in pages] == [2, 2, 0, 0, 0]
    assert [len(page.drafts) for page in pages] == [1, 1, 1, 1, 0]
    expected = {each.article.pk for each in (desk, *others)}
    for part in ("statements", "articles", "drafts"):
        assert {entry.article.pk for page in pages for entry in getattr(page, part)} == expected
    for page in (-1, 0, 10**30):
        assert impact_of(desk.first, now=NOW, page=page).statement_count == 4


def test_however_much_rests_on_it_takes_the_same_number_of_queries():
    desk = Desk()
    desk.publish()
    with CaptureQueriesContext(connection) as few:
        impact_of(desk.first, now=NOW)
    for _ in range(8):
        other = Desk()
        cite(other.claim, desk.first, by=other.reporter)
        other.publish()
    with CaptureQueriesContext(connection) as many:
        assert impact_of(desk.first, now=NOW).statement_count == 9
    assert len(many) == len(few) <= 8


@pytest.fixture
def seed() -> bytes:
    if not SEED.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the seed story is not here (../shared)")
    return SEED.read_bytes()


def test_withdrawing_source_5_of_the_seed_story_names_the_sentences_that_cite_it(seed):
    """N6: the list is the sentences that cite 5; those that rest on it only stand apart."""
    people = People()
    article = import_text(
        seed, language="en", by=people.reporter, now=NOW, headline="A treaty", name="seed.txt"
    )[0]
    people.byline(article, "Rita Reporter")
    people.publish(people.put_in_order(article))
    dossier = open_dossier(article)
    source = dossier.sources()[4]
    assert dossier.numbers[source.pk] == 5

    withdraw_source(source, by=people.editor, now=later(hours=1), withdrawn_by="publisher", reason="A draft.")
    found = impact_of(source, now=later(hours=1))
    groups = {seen.key: dossier.group(seen) for seen in dossier.segments}
    cites = {key for key, group in groups.items() if 5 in group}
    only = {key for key, group in groups.items() if group == [5]}
    assert cites > only > set()
    assert sorted(statement.key for statement in found.statements) == sorted(cites)
    assert {statement.key for statement in found.only} == only
    assert {statement.key for statement in found.shared} == cites - only
    assert {draft.key for draft in found.drafts} == cites
