"""What readers find: by words, folded and stemmed, narrowed down, and never more than is listed at the moment."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.corrections import seal
from articles.corrections.confirming import confirm_removal
from articles.models import Edition, SearchedEdition, SearchedStatement, SearchedWord
from articles.publishing import announce_due
from articles.scheduling import cancel
from articles.searching import Search, bounded, finding, learn_words, offers, search, words_of
from newsroom.core.errors import DomainError
from tests.articles.public.followed import Followed
from tests.articles.searching.looking import LATER, found, slugs
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["newest", "index", "newer"])
def test_each_way_to_look_finds_the_same_and_pages_reach_everything_once(monkeypatch, path):
    desks = [Followed(slug=f"story-{number}", now=NOW - timedelta(days=number)) for number in range(5)]
    desks[2].retract()
    expected = [desk.article.slug for desk in desks if desk is not desks[2]]
    newest, common = {"newest": (10, 50), "index": (1, 9), "newer": (1, 1)}[path]
    monkeypatch.setattr(finding, "NEWEST", newest)
    monkeypatch.setattr(finding, "COMMON", common)
    assert slugs("treaty") == expected
    # A lot of two at a time, a page of one.
    monkeypatch.setattr(finding, "RANKED", 2)
    seen, after = [], None
    while True:
        page = search(Search(words_of("treaty", "q")), now=LATER, limit=1, after=after)
        seen += [hit.card["slug"] for hit in page.hits]
        if (after := page.next) is None:
            break
        assert finding.PLACE.fullmatch(after)
        assert len(seen) < 10
    assert seen == expected
    assert search(Search(words_of("treaty", "q")), now=LATER, limit=1).at_least


def test_the_best_of_the_newest_stands_first():
    Desk(slug="newest", now=NOW).publish()
    better = Desk(slug="better", now=NOW - timedelta(days=1))
    better.save(headline="Cables, cables and a treaty")
    better.publish()
    last = Desk(slug="last", now=NOW - timedelta(days=2))
    last.save(body=last.body(signed="Two states signed a treaty on cables on 27 May 2026"))
    last.publish()
    assert slugs("cables") == ["better", "last"]


def test_a_waiting_edition_is_found_from_its_moment_on_and_the_one_before_until_then():
    story, at = Followed(), NOW + timedelta(days=3)
    waiting = story.correct(signed="Two states signed an obsidian treaty", at=at)
    just_before, then = at - timedelta(seconds=1), at
    assert slugs("obsidian", now=just_before) == []
    assert slugs("states", now=just_before) == slugs("27 May", now=just_before) == ["a-treaty"]
    assert slugs("obsidian", now=then) == ["a-treaty"]
    assert slugs("27 May", now=then) == []
    cancel(waiting, by=story.duty, now=NOW + timedelta(days=2))
    assert slugs("obsidian", now=then) == []
    assert slugs("27 May", now=then) == ["a-treaty"]
    assert SearchedEdition.objects.count() == 1


def test_a_long_history_leaves_a_row_for_what_shows_and_one_for_what_showed_just_now():
    story = Followed()
    for day in range(1, 5):
        story.correct(signed=f"Two states signed a treaty on {day} May 2026")
    assert Edition.objects.count() == 5
    now = story.now + timedelta(seconds=1)
    assert [hit.sentences[0].wording.text for hit in found("states may", now=now).hits] == [
        "Two states signed a treaty on 4 May 2026"
    ]
    assert SearchedEdition.objects.count() == 2
    assert SearchedStatement.objects.count() == 4


def test_what_is_gone_is_not_found_and_of_a_take_down_nothing_is_kept():
    retracted, taken_down = Followed(slug="retracted"), Followed(slug="taken-down")
    retracted.retract()
    taken_down.take_down()
    assert slugs("treaty", now=LATER) == []
    assert not SearchedEdition.objects.filter(edition__article=taken_down.article).exists()
    assert not SearchedStatement.objects.filter(statement__edition__article=taken_down.article).exists()


def test_misspelt_words_are_offered_only_if_a_listed_edition_has_them():
    story = Followed()
    story.correct(signed="Two states signed an obsidian treaty")
    for edition in Edition.objects.all():
        learn_words(edition.pk)
        learn_words(edition.pk)
    asked = words_of("obsidain tretay", "q")
    assert offers(asked, now=LATER)[0] == "obsidian treaty"
    assert offers(words_of("treaty obsidian", "q"), now=LATER) == []
    assert offers(words_of("the xylophone", "q"), now=LATER) == []
    assert offers(asked, now=LATER, language="pl") == []
    # Before its moment, and after it is gone, nobody is told the word.
    assert offers(words_of("obsidain", "q"), now=NOW) == []
    story.retract()
    assert offers(words_of("obsidain", "q"), now=story.now) == []


def test_words_are_learnt_when_an_edition_becomes_visible_and_not_before():
    story = Followed()
    waiting = story.correct(signed="Two states signed an obsidian treaty", at=NOW + timedelta(days=3))
    queued = ProcrastinateJob.objects.filter(task_name="articles.tasks.follow_edition").order_by("pk")
    first = Edition.objects.get(number=1)
    assert list(queued.values_list("args", flat=True)) == [{"edition": first.pk}]
    announce_due(now=NOW + timedelta(days=3))
    assert [job.args for job in queued] == [{"edition": first.pk}, {"edition": waiting.pk}]


def test_the_migration_finds_what_was_published_before_and_offers_the_words_of_what_has_shown():
    story = Followed()
    story.correct(signed="Two states signed an obsidian treaty", at=NOW.replace(year=2126))
    places = set(SearchedEdition.objects.values_list("pk", "list_key"))
    SearchedEdition.objects.all().delete()
    import_module("articles.migrations.0026_search").fill(apps, None)
    assert set(SearchedEdition.objects.values_list("pk", "list_key")) == places
    assert SearchedStatement.objects.count() == 4
    assert offers(words_of("tretay", "q"), now=LATER) == ["treaty"]
    assert not SearchedWord.objects.filter(word="obsidian").exists()


def test_what_is_sealed_leaves_no_word_but_those_that_others_have():
    story, other = Followed(), Followed(slug="other")
    story.correct(signed="Two states signed an obsidian treaty")
    for edition in Edition.objects.all():
        learn_words(edition.pk)
    story.take_down()
    confirm_removal(story.article, by=make_user("duty_editor"), now=story.now)
    seal(story.article, by=make_user("administrator", "duty_editor"), now=story.now, legal_basis="An order.")
    words = set(SearchedWord.objects.values_list("word", flat=True))
    assert "obsidian" not in words
    assert {"treaty", "states"} <= words
    assert other.article.slug in slugs("treaty")


def test_nothing_asked_is_refused():
    with pytest.raises(DomainError) as refused:
        search(Search(None, language="en"), now=LATER, limit=10)
    assert refused.value.code == "search_nothing_asked"


def test_a_search_that_takes_too_long_is_given_up_and_nothing_of_its_limit_stays(monkeypatch):
    monkeypatch.setattr(bounded, "MILLISECONDS", 20)
    with pytest.raises(DomainError) as refused, transaction.atomic():
        bounded.rows("SELECT pg_sleep(10)", {})
    assert refused.value.code == "search_too_slow"
    assert bounded.rows("SELECT 1", {}) == [(1,)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
