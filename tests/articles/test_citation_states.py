"""What is known of a citation is kept apart: the link works, the page has the words, a person says it supports."""

import pytest

from articles import passages
from articles.citation_states import CitationState, citation_states
from articles.dossier import open_dossier
from articles.models import Citation
from sources.models import Capture, Source
from tests.making import NOW, Desk, archive, cite, make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def capture(source, *, state="done", **fields):
    snapshot = make_snapshot(source, "Some page.", **fields) if state == "done" else None
    Capture.objects.create(
        source=source, url=source.url, state=state, snapshot=snapshot, requested_at=NOW, failure="timed_out"
    )


def state_of(desk, citation):
    return citation_states(open_dossier(desk.reload()))[citation.pk]


def test_a_link_that_works_to_a_page_without_the_words_that_nobody_checked(desk):
    citation = archive(desk.quote.citations.get(), "a fine day")
    capture(desk.second)
    state = state_of(desk, citation)
    assert state == CitationState(reachable="yes", contains="no", supports="unset")
    assert not state.says_not


def test_that_it_was_checked_and_does_not_say_it_is_a_state_of_its_own(desk):
    citation = desk.claim.citations.get(source=desk.first)
    desk.check_all(verdict="does_not")
    state = state_of(desk, citation)
    assert (state.contains, state.supports, state.says_not) == ("yes", "no", True)
    desk.check_all()
    state = state_of(desk, citation)
    assert (state.contains, state.supports, state.says_not) == ("yes", "yes", False)
    desk.check_all(verdict="unsure")
    assert state_of(desk, citation).supports == "unset"


def test_a_check_of_another_wording_says_nothing(desk):
    desk.check_all(verdict="does_not")
    desk.save(body=desk.body(signed="Three states signed a treaty"))
    assert state_of(desk, desk.claim.citations.first()).supports == "unset"
    assert state_of(desk, desk.quote.citations.get()).supports == "no"


def test_a_check_says_nothing_of_what_is_cited_beside_the_support(desk):
    cite(desk.claim, against := make_source(desk.reporter), by=desk.reporter, stance="contradicts")
    desk.check_all()
    assert state_of(desk, desk.claim.citations.get(source=against)).supports == "unset"


def without_address(source):
    pass


def answered(source):
    capture(source)


def answered_with_a_wall(source):
    capture(source, obstacle="login_wall")


def answered_with_an_error(source):
    capture(source)
    capture(source, obstacle="error_page")


def failed(source):
    capture(source)
    capture(source, state="failed")


def waiting(source):
    capture(source)
    Capture.objects.create(source=source, url=source.url, requested_at=NOW)


def dead(source):
    capture(source)
    Source.objects.filter(pk=source.pk).update(dead_since=NOW)


@pytest.mark.parametrize(
    ("happened", "reachable"),
    [
        (without_address, "unknown"),
        (answered, "yes"),
        (answered_with_a_wall, "yes"),
        (answered_with_an_error, "no"),
        (failed, "unknown"),
        (waiting, "yes"),
        (dead, "no"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whether_the_link_works(desk, happened, reachable):
    happened(desk.first)
    assert state_of(desk, desk.claim.citations.get(source=desk.first)).reachable == reachable


def test_whether_the_copy_contains_it(desk):
    claimed, quoted = desk.claim.citations.get(source=desk.first), desk.quote.citations.get()
    assert {state_of(desk, claimed).contains, state_of(desk, quoted).contains} == {"yes"}
    Citation.objects.filter(pk=claimed.pk).update(snapshot=make_snapshot(desk.first, "Nothing alike."))
    assert state_of(desk, claimed).contains == "no"
    passages.record_sighting(
        claimed, note="p. 3", fingerprint=passages.sight_offered(claimed), by=desk.checker, now=NOW
    )
    assert state_of(desk, claimed).contains == "by_eye"
    bare = make_source(desk.reporter)
    cite(desk.claim, bare, by=desk.reporter, archived=False)
    cite(desk.quote, bare, by=desk.reporter, archived=False)
    assert {state_of(desk, citation).contains for citation in bare.citations.all()} == {"unknown"}


def test_the_states_take_the_same_number_of_queries_whatever_the_length(desk, django_assert_num_queries):
    def count():
        with django_assert_num_queries(99, exact=False) as asked:
            citation_states(open_dossier(desk.reload()))
        return len(asked)

    before = count()
    for _ in range(5):
        cite(desk.claim, source := make_source(desk.reporter), by=desk.reporter)
        cite(desk.quote, source, by=desk.reporter)
        capture(source)
    assert count() == before
