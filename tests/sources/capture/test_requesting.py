"""A capture is asked for, tried, tried again, and ends as done or failed with a reason; what it brings is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.capture import extraction, keeping, requesting
from sources.capture.requesting import PAUSES, carry_out, next_due, request_capture, retry
from sources.models import Capture, Snapshot, Source
from tests.making import make_source, make_user
from tests.sources.capture.hostile import AMPLE, NOW, PAGE, admitting, answer, hostile, names

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def reporter():
    return make_user("reporter")


def asked_for(server, by, path="/", **fields) -> Capture:
    return request_capture(make_source(by, url=server.url(path), **fields), by=by, now=NOW)


def carried_out(capture, server, now=NOW) -> Capture:
    return carry_out(capture.pk, now=now, guard=admitting(server), limits=AMPLE)


def jobs() -> list[tuple]:
    """The queued captures: row id, moment."""
    queued = ProcrastinateJob.objects.filter(task_name=requesting.TASK).order_by("pk")
    return [(job.args["capture_pk"], job.scheduled_at) for job in queued]


def refusal_of(act, *args, **options) -> str:
    with pytest.raises(DomainError) as caught:
        act(*args, **options)
    return caught.value.code


def test_who_asks_for_a_capture_has_it_queued_and_noted(reporter):
    source = make_source(reporter)
    capture = request_capture(source, by=reporter, now=NOW)
    assert (capture.state, capture.url, capture.requested_by) == ("waiting", source.url, reporter)
    assert jobs() == [(capture.pk, None)]
    assert AuditEvent.objects.get(act="source.capture_requested").by == reporter


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (
            {"title": "", "url": "", "public_label": "An official", "confidential": True},
            "source_confidential",
        ),
        ({"url": ""}, "source_without_address"),
    ],
)
def test_what_cannot_be_fetched_is_refused(reporter, fields, code):
    source = make_source(reporter, **fields)
    assert refusal_of(request_capture, source, by=reporter, now=NOW) == code
    assert not jobs()


def test_only_the_desk_has_sources_captured(reporter):
    source, outsider = make_source(reporter), make_user("administrator")
    assert refusal_of(request_capture, source, by=outsider, now=NOW) == "not_allowed"
    capture = request_capture(source, by=None, now=NOW)
    assert refusal_of(retry, capture, by=outsider, now=NOW) == "not_allowed"


def test_one_capture_of_a_source_waits_at_a_time(reporter):
    capture = request_capture(make_source(reporter), by=reporter, now=NOW)
    assert refusal_of(request_capture, capture.source, by=reporter, now=NOW) == "capture_waiting"
    assert len(jobs()) == 1


def test_the_document_is_kept_and_the_source_is_said_to_be_alive(reporter):
    with hostile() as server:
        capture = asked_for(server, reporter, dead_since=NOW - DAY)
        done = carried_out(capture, server, now=NOW + DAY)
    source, snapshot = Source.objects.get(), Snapshot.objects.get()
    assert (done.state, done.snapshot, done.failure, done.finished_at) == ("done", snapshot, "", NOW + DAY)
    assert (snapshot.status, snapshot.obstacle, snapshot.captured_by) == (200, "", reporter)
    assert "signed a treaty on Tuesday" in snapshot.extracted.text
    assert (source.dead_since, source.capture_due_at) == (None, next_due(source, NOW + DAY))
    event = AuditEvent.objects.get(act="source.captured")
    assert (event.by, event.data["snapshot"]) == (reporter, snapshot.public_id)


def test_a_capture_that_is_run_again_stays_as_it_is(reporter):
    with hostile() as server:
        capture = asked_for(server, reporter)
        carried_out(capture, server)
        again = carried_out(capture, server)
        assert len(server.asked) == 1
    assert (again.state, Snapshot.objects.count()) == ("done", 1)


def test_nothing_is_locked_while_a_page_is_fetched_and_read(reporter, monkeypatch):
    around, while_reading = len(connection.savepoint_ids), []

    def extract(*args, **known):
        while_reading.append(len(connection.savepoint_ids))
        return extraction.extract(*args, **known)

    monkeypatch.setattr(keeping, "extract", extract)
    with hostile() as server:
        assert carried_out(asked_for(server, reporter), server).state == "done"
    assert while_reading == [around]


def test_a_further_capture_makes_a_further_snapshot(reporter):
    with hostile() as server:
        first = asked_for(server, reporter)
        carried_out(first, server)
        second = request_capture(first.source, by=None, now=NOW + DAY)
        carried_out(second, server, now=NOW + DAY)
    assert [snapshot.captured_by for snapshot in Snapshot.objects.all()] == [None, reporter]


def test_what_may_pass_is_tried_again_after_longer_and_longer_pauses(reporter):
    with hostile() as server:
        pass
    capture, moments = asked_for(server, reporter), []
    for attempt in range(5):
        now = NOW + attempt * DAY
        capture = carried_out(capture, server, now=now)
        moments += [at - now for _pk, at in jobs()[attempt + 1 :]]
        assert (capture.tries, capture.failure) == (attempt + 1, "connection_failed")
    assert moments == PAUSES == [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
    assert (capture.state, capture.finished_at) == ("failed", NOW + 4 * DAY)
    source = Source.objects.get()
    # It could not be reached: that does not say that the document is gone.
    assert (source.dead_since, source.capture_due_at) == (None, next_due(source, NOW + 4 * DAY))
    assert AuditEvent.objects.get(act="source.capture_failed").data["failure"] == "connection_failed"


def test_a_later_try_may_succeed_and_forgets_why_the_earlier_ones_failed(reporter):
    with hostile(answer(b"busy", status="503 Busy")) as server:
        capture = asked_for(server, reporter)
        carried_out(capture, server)
        assert (capture.state, Snapshot.objects.count()) == ("waiting", 0)
        server.answers["/"] = answer()
        done = carried_out(capture, server)
    assert (done.state, done.failure, done.failure_detail, done.tries) == ("done", "", "", 2)


def test_a_server_that_stays_overloaded_has_its_last_answer_kept(reporter):
    with hostile(answer(b"busy", status="503 Busy")) as server:
        capture = asked_for(server, reporter)
        for _ in range(5):
            capture = carried_out(capture, server)
    assert (capture.state, capture.failure, capture.snapshot.obstacle) == (
        "failed",
        "error_page",
        "error_page",
    )
    assert Source.objects.get().dead_since is None


@pytest.mark.parametrize("body", [PAGE, b"", b"\x89PNG\r\n\x1a\n"], ids=["page", "nothing", "picture"])
@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_document_that_is_gone_makes_the_link_dead_from_then_on(reporter, status, body):
    with hostile(answer(body, status=status)) as server:
        capture = carried_out(asked_for(server, reporter), server)
        assert (capture.state, capture.failure, capture.tries) == ("failed", "error_page", 1)
        assert status[:3] in capture.failure_detail
        again = request_capture(capture.source, by=reporter, now=NOW + DAY)
        carried_out(again, server, now=NOW + DAY)
    assert Source.objects.get().dead_since == NOW


def test_a_host_that_is_gone_makes_the_link_dead_after_the_last_try(reporter, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", names({}))
    source = make_source(reporter, url="https://gone.example/news")
    capture = request_capture(source, by=reporter, now=NOW)
    for attempt in range(5):
        assert Source.objects.get().dead_since is None
        capture = carry_out(capture.pk, now=NOW + attempt * DAY)
    assert (capture.state, capture.failure) == ("failed", "host_unknown")
    assert Source.objects.get().dead_since == NOW + 4 * DAY


LOGIN = b"""<!doctype html><title>Log in - The Sample</title><form><h1>Log in</h1><p>You must log in to read this.</p>
<input name=user><input type=password></form>"""


@pytest.mark.parametrize(
    ("page", "obstacle"),
    [
        (LOGIN, "login_wall"),
        (b"<!doctype html><title>Page not found</title><p>Nothing here, sorry about that.</p>", "error_page"),
        (b"<!doctype html><title>An article</title><div id=app></div>", "no_text"),
    ],
    ids=["login", "error", "empty"],
)
def test_what_is_met_in_place_of_the_document_is_kept_but_not_taken_for_it(reporter, page, obstacle):
    with hostile(answer(page)) as server:
        capture = carried_out(asked_for(server, reporter, title="", language=""), server)
    source, snapshot = Source.objects.get(), Snapshot.objects.get()
    assert (capture.state, capture.failure, capture.snapshot) == ("failed", obstacle, snapshot)
    assert (snapshot.obstacle, source.title, source.dead_since) == (obstacle, "", None)
    assert not AuditEvent.objects.filter(act="source.captured").exists()


def test_a_failed_capture_is_tried_by_hand_by_a_further_one(reporter):
    with hostile(answer(PAGE, status="404 Not Found")) as server:
        failed = carried_out(asked_for(server, reporter), server)
        server.answers["/"] = answer()
        further = retry(failed, by=reporter, now=NOW + DAY)
        assert carried_out(further, server).state == "done"
    assert [(capture.pk, capture.state) for capture in Capture.objects.all()] == [
        (further.pk, "done"),
        (failed.pk, "failed"),
    ]
    assert Source.objects.get().dead_since is None
    assert refusal_of(retry, further, by=reporter, now=NOW) == "capture_done"


def test_a_capture_that_waits_for_its_next_try_is_tried_by_hand_at_once(reporter):
    with hostile(lambda asker: asker.break_off()) as server:
        capture = asked_for(server, reporter)
        carried_out(capture, server)
        assert retry(capture, by=reporter, now=NOW) == capture
        assert jobs() == [(capture.pk, None), (capture.pk, NOW + PAUSES[0]), (capture.pk, None)]
        server.answers["/"] = answer()
        assert carried_out(capture, server).state == "done"


def test_an_address_that_was_put_right_is_the_one_fetched(reporter):
    with hostile({"/wrong": answer(status="404 Not Found"), "/right": answer()}) as server:
        capture = asked_for(server, reporter, "/wrong")
        Source.objects.update(url=server.url("/right"))
        done = carried_out(capture, server)
    assert (done.state, done.url) == ("done", server.url("/right"))


def test_a_source_that_has_lost_its_address_fails(reporter):
    capture = request_capture(make_source(reporter), by=reporter, now=NOW)
    Source.objects.update(url="")
    assert carry_out(capture.pk, now=NOW).failure == "source_without_address"


def test_who_may_no_longer_capture_has_nothing_kept(reporter):
    with hostile() as server:
        capture = asked_for(server, reporter)
        reporter.groups.clear()
        failed = carried_out(capture, server)
    assert (failed.state, failed.failure, Snapshot.objects.count()) == ("failed", "not_allowed", 0)


def test_captures_fall_due_about_a_month_later_each_at_a_moment_of_its_own(reporter):
    dues = [next_due(make_source(reporter), NOW) for _ in range(50)]
    assert all(NOW + 30 * DAY <= due < NOW + 35 * DAY for due in dues)
    assert len({due.replace(minute=0, second=0, microsecond=0) for due in dues}) > 25
    source = Source.objects.first()
    assert next_due(source, NOW + DAY) == next_due(source, NOW) + DAY
