"""Nothing that cites an embargoed source shows before its moment; what waits moves with it, what is public stays."""

from datetime import timedelta

import pytest
import time_machine

from articles import publishing
from articles.corrections import unpublish
from articles.embargoing import embargo_source
from articles.models import Edition
from articles.publishing import announce_due
from articles.readiness import NotReady
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Source
from tests.making import NOW, Desk, cite, make_source

pytestmark = pytest.mark.django_db
PAGE = "/articles/a-treaty/"
SECOND = timedelta(seconds=1)


def later(hours=0, **delta):
    return NOW + timedelta(hours=hours, **delta)


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def embargo(desk, source, until, *, now=NOW) -> Source:
    return embargo_source(source, until=until, by=desk.editor, now=now)


def read(client, moment, path=PAGE):
    with time_machine.travel(moment, tick=False):
        return client.get(path)


def changed(desk, headline, *, without=(), **options) -> Edition:
    desk.claim.citations.filter(source__in=without).delete()
    desk.quote.citations.filter(source__in=without).delete()
    desk.save(headline=headline)
    return desk.publish(**options)


def moments(desk) -> list:
    """When each edition shows, by its number, in hours after NOW; None for one on hold."""
    releases = desk.article.releases.order_by("edition__number")
    lower = [release.showing.lower for release in releases]
    return [moment and (moment - NOW).total_seconds() / 3600 for moment in lower]


def test_a_waiting_edition_moves_with_the_embargo_to_the_second(desk, client):
    desk.publish(at=later(2))
    embargo(desk, desk.first, later(5))

    assert moments(desk) == [5]
    for path in (PAGE, f"/api/v1/articles/{desk.article.public_id}/"):
        assert read(client, later(2) + SECOND, path).status_code == 404
        assert read(client, later(5) - SECOND, path).status_code == 404
        assert read(client, later(5) + SECOND, path).status_code == 200
    assert 'datetime="2026-06-01T18:00:00+01:00"' in read(client, later(5)).text
    assert announce_due(now=later(5) - SECOND) == 0
    assert announce_due(now=later(5) + SECOND) == 1
    entry = AuditEvent.objects.get(act="edition.moved")
    assert entry.data == {
        "edition": 1,
        "source": desk.first.public_id,
        "was": later(2).isoformat(),
        "shows_from": later(5).isoformat(),
    }
    assert AuditEvent.objects.get(act="source.embargoed").data == {
        "until": later(5).isoformat(),
        "before": None,
    }


def test_the_edition_before_shows_until_then(desk, client):
    desk.publish()
    changed(desk, "A treaty was signed", at=later(2))
    embargo(desk, desk.first, later(5), now=later(1))
    assert "A treaty is signed" in read(client, later(5) - SECOND).text
    assert "A treaty was signed" in read(client, later(5) + SECOND).text


def test_what_is_public_already_is_not_changed(desk, client):
    desk.publish()
    before = read(client, later(1)).content
    embargo(desk, desk.first, later(5), now=later(1))
    assert read(client, later(1) + SECOND).content == before
    assert moments(desk) == [0]


def test_what_waits_for_a_later_moment_or_cites_something_else_stays(desk):
    other = Desk()
    desk.publish(at=later(7))
    other.publish(at=later(2))
    embargo(desk, desk.first, later(5))
    assert (moments(desk), moments(other)) == ([7], [2])


@pytest.mark.parametrize(
    ("until", "expected"),
    [(later(3), 3), (None, 1), (later(8), 8)],
)
def test_what_waited_for_exactly_the_old_moment_moves_with_it(desk, until, expected):
    embargo(desk, desk.first, later(5))
    desk.publish(at=later(5))
    embargo(desk, desk.first, until, now=later(1))
    assert moments(desk) == [expected]


def test_lifted_it_shows_at_once(desk, client):
    embargo(desk, desk.first, later(5))
    desk.publish(at=later(5))
    embargo(desk, desk.first, None, now=later(1))
    assert read(client, later(1) - SECOND).status_code == 404
    assert read(client, later(1)).status_code == 200
    assert announce_due(now=later(1) + SECOND) == 1


def test_what_waited_for_another_moment_keeps_it_when_the_embargo_ends_sooner(desk):
    embargo(desk, desk.first, later(5))
    desk.publish(at=later(6))
    embargo(desk, desk.first, None, now=later(1))
    assert moments(desk) == [6]


def test_it_moves_no_further_than_the_embargo_of_another_source(desk):
    embargo(desk, desk.first, later(5))
    embargo(desk, desk.second, later(4))
    desk.publish(at=later(5))
    embargo(desk, desk.first, None, now=later(1))
    assert moments(desk) == [4]


@pytest.mark.parametrize(
    ("hours", "without_in_second", "until", "expected"),
    [
        # Both cite it: the second shows right behind the first.
        ((2, 3), False, 5, [5, 5]),
        ((2, 6), False, 5, [5, 6]),
        # The second does not, but is built on the first: it never shows earlier.
        ((2, 3), True, 5, [5, 5]),
        ((2, 6), True, 5, [5, 6]),
        ((6, 7), False, 5, [6, 7]),
    ],
)
def test_of_several_that_wait_none_shows_before_the_one_it_was_built_on(
    desk, client, hours, without_in_second, until, expected
):
    first, second = hours
    third = make_source(desk.reporter)
    cite(desk.claim, third, by=desk.reporter)
    desk.publish(at=later(first))
    changed(desk, "A treaty was signed", without=[third] if without_in_second else [], at=later(second))
    embargo(desk, third, later(until))

    assert [int(moment) for moment in moments(desk)] == expected
    assert read(client, later(expected[0]) - SECOND).status_code == 404
    assert "A treaty was signed" in read(client, later(expected[-1]) + SECOND).text
    assert not desk.article.releases.exclude(held_for="").exists()
    assert announce_due(now=later(9)) == 2


def test_it_never_moves_past_an_edition_that_waits_before_it(desk):
    third = make_source(desk.reporter)
    desk.publish(at=later(4))
    cite(desk.claim, third, by=desk.reporter)
    embargo(desk, third, later(5))
    changed(desk, "A treaty was signed", at=later(5))
    embargo(desk, third, None, now=later(1))
    assert moments(desk) == [4, 5]


def test_publishing_asks_for_a_moment_after_the_embargo(desk):
    embargo(desk, desk.first, later(5))
    desk.check_all()
    desk.approve()
    for at in (None, later(5) - SECOND):
        with pytest.raises(NotReady) as refused:
            publishing.publish(desk.article, by=desk.duty, now=NOW, at=at)
        assert [blocker.code for blocker in refused.value.blockers] == ["source_embargoed"]
    publishing.publish(desk.article, by=desk.duty, now=NOW, at=later(5))
    assert moments(desk) == [5]


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (NOW, "moment_passed"),
        (NOW - SECOND, "moment_passed"),
        (NOW.replace(tzinfo=None), "moment_without_offset"),
    ],
)
def test_an_embargo_ends_at_a_moment_to_come(desk, until, code):
    with pytest.raises(DomainError) as refused:
        embargo(desk, desk.first, until)
    assert refused.value.code == code


def test_only_editors_put_a_source_under_embargo(desk):
    with pytest.raises(DomainError) as refused:
        embargo_source(desk.first, until=later(5), by=desk.reporter, now=NOW)
    assert refused.value.code == "not_allowed"


def test_what_was_put_right_behind_another_goes_with_it_when_the_embargo_ends_sooner(desk):
    third = make_source(desk.reporter)
    cite(desk.claim, third, by=desk.reporter)
    desk.publish(at=later(2))
    changed(desk, "A treaty was signed", without=[], at=later(3))
    for until, expected in ((9, [9, 9]), (5, [5, 5]), (30, [30, 30])):
        embargo(desk, third, later(until))
        assert [int(moment) for moment in moments(desk)] == expected
    embargo(desk, third, None, now=later(1))
    assert [int(moment) for moment in moments(desk)] == [1, 1]
    assert announce_due(now=later(1) + SECOND) == 2


def test_what_takes_the_article_away_is_not_put_off(desk, client):
    third = make_source(desk.reporter)
    cite(desk.claim, third, by=desk.reporter)
    desk.publish()
    changed(desk, "A treaty was signed", without=[], at=later(2))
    unpublish(desk.article, by=desk.duty, now=later(1), reason="The licence ends.", at=later(5))
    embargo(desk, third, later(9), now=later(1))
    assert desk.article.releases.get(held_for="embargoed").edition.number == 2
    assert read(client, later(5) - SECOND).status_code == 200
    assert read(client, later(5)).status_code == 410
