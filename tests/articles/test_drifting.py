"""A further capture is searched for what is cited: what is lost is noted, and nothing moves."""

from datetime import timedelta

import pytest

from articles import evidence, passages
from articles.drifting import drifted
from articles.models import Citation
from sources.capture.signals import captured
from sources.models import Snapshot
from tests.making import NOW, Desk, make_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def cited(desk) -> Citation:
    return desk.quote.citations.get()


def capture(source, text, *, now=NOW, **fields) -> Snapshot:
    """A capture as the keeping of one makes it known."""
    snapshot = make_snapshot(source, text, captured_at=now, **fields)
    captured.send(sender=Snapshot, source=source, snapshot=snapshot, now=now)
    source.refresh_from_db()
    return snapshot


def texts_with_all(desk) -> str:
    """A text that still has everything that is cited of the second source, differently arranged."""
    citations = Citation.objects.filter(source=desk.second)
    return "Updated. " + " ".join(f"{c.prefix}{c.exact}{c.suffix}" for c in citations)


def test_a_capture_that_still_has_the_passages_changes_nothing(desk):
    capture(desk.second, texts_with_all(desk))
    assert desk.second.changed_at is None
    assert drifted(desk.second) == []


def test_a_lost_passage_is_noted_with_the_moment_and_the_citation_stays(desk):
    before = Citation.objects.values().get(pk=cited(desk).pk)
    capture(
        desk.second, texts_with_all(desk).replace("a good day", "a bad day"), now=NOW + timedelta(days=30)
    )
    assert desk.second.changed_at == NOW + timedelta(days=30)
    assert drifted(desk.second) == [cited(desk)]
    assert Citation.objects.values().get(pk=cited(desk).pk) == before


def test_it_is_noted_since_when_and_no_longer_once_the_passages_are_back(desk):
    for days in (30, 60):
        capture(desk.second, "Nothing is left.", now=NOW + timedelta(days=days))
    assert desk.second.changed_at == NOW + timedelta(days=30)
    capture(desk.second, texts_with_all(desk), now=NOW + timedelta(days=90))
    assert desk.second.changed_at is None
    assert drifted(desk.second) == []


def lose_the_quote(desk) -> Snapshot:
    """A capture with "a bad day" instead, and all else."""
    return capture(desk.second, texts_with_all(desk).replace("a good day", "a bad day"))


def choose(desk, snapshot: Snapshot, words: str, **options) -> None:
    start = snapshot.extracted.text.index(words)
    passages.choose_passage(
        cited(desk), snapshot, start=start, end=start + len(words), by=desk.reporter, **options
    )


def give_the_citation_up(desk):
    evidence.withdraw_citation(cited(desk), by=desk.reporter, now=NOW)


def give_the_passage_up(desk):
    passages.clear_passage(cited(desk), by=desk.reporter, now=NOW)


def choose_the_new_words(desk):
    choose(desk, desk.second.snapshots.first(), "a bad day", now=NOW)


@pytest.mark.parametrize("repair", [choose_the_new_words, give_the_passage_up, give_the_citation_up])
def test_a_source_is_as_it_was_once_nothing_is_cited_that_it_lost(desk, repair):
    lose_the_quote(desk)
    repair(desk)
    desk.second.refresh_from_db()
    assert desk.second.changed_at is None


def test_it_stays_changed_while_something_else_is_cited_that_it_lost(desk):
    capture(desk.second, "Nothing is left.")
    give_the_citation_up(desk)
    desk.second.refresh_from_db()
    assert desk.second.changed_at == NOW


def test_who_chooses_what_the_latest_capture_has_lost_finds_the_source_changed(desk):
    first = cited(desk).snapshot
    lose_the_quote(desk)
    choose_the_new_words(desk)
    later = NOW + timedelta(days=1)
    choose(desk, first, "a good day", now=later)
    desk.second.refresh_from_db()
    assert desk.second.changed_at == later


def test_a_passage_that_stands_there_twice_is_lost_too(desk):
    """Exactly once, or orphan (design, "Passage")."""
    text = texts_with_all(desk)
    capture(desk.second, f"{text} {text}")
    assert desk.second.changed_at == NOW


@pytest.mark.parametrize("obstacle", Snapshot.Obstacle.values)
def test_a_wall_or_an_error_page_says_nothing_of_the_source(desk, obstacle):
    capture(desk.second, texts_with_all(desk))
    capture(desk.second, "Please sign in.", obstacle=obstacle)
    assert desk.second.changed_at is None
    assert drifted(desk.second) == []


def test_what_was_an_orphan_in_its_own_snapshot_was_not_lost_by_the_source(desk):
    Citation.objects.filter(source=desk.second).update(exact="words that never stood there")
    capture(desk.second, "Nothing is left.")
    assert desk.second.changed_at is None


def test_a_citation_without_a_snapshot_has_nothing_to_lose(desk):
    Citation.objects.filter(source=desk.second).update(snapshot=None, start=None)
    capture(desk.second, "Nothing is left.")
    assert desk.second.changed_at is None


def test_another_source_is_not_touched(desk):
    capture(desk.second, "Nothing is left.")
    desk.first.refresh_from_db()
    assert desk.first.changed_at is None
    assert drifted(desk.first) == []
