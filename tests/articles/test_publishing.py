"""Publishing: what goes out, when it shows, and what a refused or broken publish leaves."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from articles import publishing
from articles.models import Change, Edition, Release, Statement, StatementCitation, StatementQuote
from articles.publishing import announce_due, publish
from articles.readiness import NotReady
from articles.verifying import first_break
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def later(**delta):
    return NOW + timedelta(**delta)


def test_a_checked_and_approved_story_becomes_edition_one(desk):
    edition = desk.publish()

    assert (edition.number, edition.kind, edition.previous_digest) == (1, "first", "")
    assert list(Edition.objects.listed(NOW)) == [edition]
    assert Change.objects.get().edition == edition
    assert AuditEvent.objects.filter(act="article.published", by=desk.duty, at=NOW).exists()
    assert desk.reload().stage == "draft"


def test_statements_index_claims_quotes_and_sources_of_the_edition(desk):
    edition = desk.publish()

    first, second = edition.statements.all()
    assert (first.claim, first.wording) == (desk.claim, "Two states signed a treaty on 27 May 2026")
    assert StatementQuote.objects.get().statement == second
    assert StatementQuote.objects.get().printed["speaker"]["name"] == "Ada Sample"
    cited = StatementCitation.objects.values_list("statement__key", "source", "number")
    assert set(cited) == {
        (desk.KEYS[0], desk.first.pk, 1),
        (desk.KEYS[0], desk.second.pk, 2),
        (desk.KEYS[1], desk.second.pk, 2),
    }


def test_a_later_edition_is_chained_and_takes_over_at_its_moment(desk):
    first = desk.publish()
    desk.save(body=desk.body(signed="Two states signed a treaty in London on 27 May 2026"))
    second = desk.publish(now=later(hours=1))

    assert (second.number, second.kind, second.previous_digest) == (2, "update", first.digest)
    assert Edition.objects.current(later(minutes=59)).get() == first
    assert Edition.objects.current(later(hours=1)).get() == second
    assert set(Edition.objects.released(later(hours=1))) == {first, second}
    assert first_break() is None


def test_a_scheduled_edition_shows_to_the_second_and_is_announced_then(desk):
    moment = later(hours=2)
    edition = desk.publish(at=moment)

    assert not Edition.objects.readable(moment - timedelta(seconds=1)).exists()
    assert Edition.objects.current(moment).get() == edition
    assert announce_due(now=moment - timedelta(seconds=1)) == 0
    assert announce_due(now=moment + timedelta(seconds=3)) == 1
    assert Change.objects.get().at == moment
    assert announce_due(now=moment + timedelta(seconds=5)) == 0


def test_nothing_may_show_before_an_edition_that_waits(desk):
    desk.publish(at=later(hours=2))
    desk.save(body=desk.body(signed="Two states signed on 27 May 2026"))
    for moment in (None, later(hours=1), later(hours=2)):
        with pytest.raises(DomainError) as refused:
            desk.publish(at=moment)
        assert refused.value.code == "edition_waiting"
    assert desk.publish(at=later(hours=3)).number == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"at": NOW}, "moment_passed"),
        ({"at": NOW - timedelta(days=1)}, "moment_passed"),
        ({"kind": "update"}, "kind_not_first"),
        ({"kind": "retraction"}, "kind_unknown"),
        ({"kind": "nonsense"}, "kind_unknown"),
        ({"note": "x" * 2001}, "text_too_long"),
        ({"note": "a\x00b"}, "text_unreadable"),
        ({"at": NOW.replace(tzinfo=None)}, "moment_without_offset"),
    ],
)
def test_a_first_edition_is_refused_with_a_code(desk, options, code):
    with pytest.raises(DomainError) as refused:
        desk.publish(**options)
    assert refused.value.code == code
    assert not Edition.objects.exists()


@pytest.mark.parametrize("kind", ["correction", "clarification"])
def test_a_correction_tells_readers_what_was_wrong(desk, kind):
    desk.publish()
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    with pytest.raises(DomainError) as refused:
        desk.publish(kind=kind, note=" ", now=later(hours=1))
    assert refused.value.code == "note_missing"

    edition = desk.publish(kind=kind, note="The day was wrong.", now=later(hours=1))
    assert json.loads(edition.content.document)["edition"]["note"] == "The day was wrong."


def test_the_same_content_is_not_published_twice(desk):
    desk.publish()
    with pytest.raises(DomainError) as refused:
        desk.publish(now=later(hours=1))
    assert refused.value.code == "nothing_changed"


@pytest.mark.parametrize("who", ["reporter", "checker", "editor"])
def test_only_a_duty_editor_publishes(desk, who):
    desk.check_all()
    desk.approve()
    with pytest.raises(DomainError) as refused:
        publish(desk.article, by=getattr(desk, who), now=NOW)
    assert refused.value.code == "not_allowed"


def test_a_superuser_without_a_role_publishes_nothing(desk):
    desk.check_all()
    desk.approve()
    desk.checker.is_superuser = True
    with pytest.raises(DomainError, match="duty editor"):
        publish(desk.article, by=desk.checker, now=NOW)


def test_an_unchecked_story_is_refused_with_every_blocker_and_nothing_is_stored(desk):
    with pytest.raises(NotReady) as refused:
        publish(desk.article, by=desk.duty, now=NOW)
    assert [b.code for b in refused.value.blockers] == [
        "claim_not_checked",
        "quote_not_checked",
        "not_approved",
    ]
    assert not Edition.objects.exists()


@pytest.mark.parametrize("stop_at", range(1, 40))
def test_a_publish_broken_at_any_statement_leaves_nothing(desk, stop_at):
    """The fault is raised at the n-th statement; past the last one publish goes through, which ends the table."""
    desk.check_all()
    desk.approve()
    made = 0

    def fault(execute, sql, params, many, context):
        nonlocal made
        made += 1
        if made == stop_at:
            raise OperationalError("killed")
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(fault), transaction.atomic():
            publish(desk.article, by=desk.duty, now=NOW)
    except OperationalError:
        for model in (Edition, Release, Statement, Change):
            assert not model.objects.exists()
        assert desk.reload().stage == "approved"
    else:
        assert Edition.objects.count() == Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_at_once_make_one_edition():
    desk = Desk()
    desk.check_all()
    desk.approve()
    barrier, codes = threading.Barrier(2, timeout=20), []

    def press():
        try:
            barrier.wait()
            publish(desk.article, by=desk.duty, now=NOW)
            codes.append("published")
        except DomainError as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    people = [threading.Thread(target=press) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(codes) == ["not_ready", "published"]
    assert Edition.objects.count() == Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_changes_are_numbered_without_gaps_by_concurrent_publishers():
    desks = [Desk() for _ in range(6)]
    for desk in desks:
        desk.check_all()
        desk.approve()

    def press(desk):
        try:
            publish(desk.article, by=desk.duty, now=NOW)
        finally:
            connection.close()

    people = [threading.Thread(target=press, args=[desk]) for desk in desks]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert list(Change.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_an_approval_covers_exactly_what_was_seen(desk):
    desk.check_all()
    desk.approve()
    type(desk.first).objects.filter(pk=desk.first.pk).update(title="Another title")
    with pytest.raises(NotReady) as refused:
        publishing.publish(desk.article, by=desk.duty, now=NOW)
    assert [b.code for b in refused.value.blockers] == ["approval_lapsed"]


@pytest.mark.parametrize(
    ("signed", "said", "code"),
    [
        ("Two states have signed a treaty on 27 May 2026", "a good day", None),
        ("Two states signed a treaty on 28 May 2026", "a good day", "not_minor"),
        ("Two states signed a Treaty on 27 May 2026", "a good day", "not_minor"),
        ("Three states signed a treaty on 27 May 2026", "a good day", "not_minor"),
        ("Two states signed a “treaty” on 27 May 2026", "a good day", "not_minor"),
    ],
)
def test_a_minor_edit_changes_no_number_name_or_quotation(desk, signed, said, code):
    desk.publish()
    body = desk.body(signed=signed, said=said).replace(
        "“treaty”", '“<span data-dismissed="term">treaty</span>”'
    )
    desk.save(body=body)
    if code:
        with pytest.raises(DomainError) as refused:
            desk.publish(kind="minor", now=later(hours=1))
        assert refused.value.code == code
    else:
        assert desk.publish(kind="minor", now=later(hours=1)).kind == "minor"


def test_a_minor_edit_changes_no_evidence(desk):
    desk.publish()
    desk.save(body=desk.body(signed="Two states have signed a treaty on 27 May 2026"))
    desk.claim.citations.filter(source=desk.first).delete()
    with pytest.raises(DomainError) as refused:
        desk.publish(kind="minor", now=later(hours=1))
    assert refused.value.code == "not_minor"


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: {"headline_rests_on": []},
        lambda desk: {
            "body": desk.body().replace("a treaty", '<a href="https://elsewhere.example/">a treaty</a>')
        },
        lambda desk: {"body": desk.body().replace("<p><span", "<h2><span", 1).replace(".</p>", ".</h2>", 1)},
    ],
    ids=["what the headline rests on", "a link", "a heading"],
)
def test_a_minor_edit_changes_nothing_but_spelling(desk, change):
    desk.save(headline_rests_on=list(desk.KEYS))
    desk.publish()
    desk.save(**change(desk))
    desk.waive_all()
    with pytest.raises(DomainError) as refused:
        desk.publish(kind="minor", now=later(hours=1))
    assert refused.value.code == "not_minor"
