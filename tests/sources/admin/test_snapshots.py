"""The snapshots of a source: asked for, uploaded, pasted, read; and never rendered."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sources.capture.keeping import LARGEST_FILE
from sources.confidentiality import confide
from sources.models import Capture, Snapshot
from tests.articles.admin.pages import done, html_of, offered_acts, press_on, queries, refusals_on
from tests.making import NOW, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

PAGE = (
    b"<html><head><title>Treaty</title><script>alert(1)</script></head>"
    b"<body><p>Two states signed a treaty.</p></body></html>"
)


def at(source, name="snapshots", *more):
    return reverse(f"admin:sources_source_{name}", args=[source.pk, *more])


def test_a_capture_is_asked_for_and_shown_to_be_waiting(reporter, source):
    assert done(press_on(reporter, at(source), "capture"))
    capture = Capture.objects.get()
    assert (capture.source, capture.requested_by.username, capture.state) == (source, "rita", "waiting")
    assert ProcrastinateJob.objects.filter(task_name="sources.tasks.capture_source").count() == 1
    html = html_of(reporter, at(source))
    assert 'data-state="waiting"' in html
    assert "capture" not in offered_acts(html)


def test_a_second_request_at_once_is_refused_with_its_code(reporter, source):
    press_on(reporter, at(source), "capture")
    answer = reporter.post(at(source), {"act": "capture"})
    assert refusals_on(answer.content.decode()) == {"capture_waiting"}
    assert Capture.objects.count() == 1


def failed(source, **facts):
    facts = {
        "failure": "timed_out",
        "failure_detail": "The server did not answer in time.",
        "tries": 5,
    } | facts
    return Capture.objects.create(source=source, url=source.url, state="failed", requested_at=NOW, **facts)


def test_a_failed_capture_says_why_and_how_often_and_is_tried_again(reporter, source):
    failed(source)
    html = html_of(reporter, at(source))
    assert "The server did not answer in time." in html
    assert "5 tries" in html
    assert 'data-code="timed_out"' in html
    assert done(press_on(reporter, at(source), "retry"))
    assert Capture.objects.latest("pk").state == "waiting"
    assert Capture.objects.count() == 2


def test_a_failure_before_the_last_success_is_no_news(reporter, source, rita):
    failed(source)
    snapshot = make_snapshot(source, "Two states signed.")
    Capture.objects.create(source=source, url=source.url, state="done", snapshot=snapshot, requested_at=NOW)
    html = html_of(reporter, at(source))
    assert "The server did not answer" not in html
    assert offered_acts(html) == {"capture", "upload", "paste"}


@pytest.mark.parametrize("number", ["999999", "x", "-1", ""])
def test_a_forged_retry_is_refused(reporter, source, number):
    failed(make_source(make_user("reporter")))
    answer = reporter.post(at(source), {"act": "retry", "capture": number})
    assert refusals_on(answer.content.decode())
    assert Capture.objects.filter(state="waiting").count() == 0


def test_the_capture_of_another_source_is_not_tried_from_here(reporter, source):
    other = failed(make_source(make_user("reporter")))
    answer = reporter.post(at(source), {"act": "retry", "capture": other.pk})
    assert refusals_on(answer.content.decode()) == {"record_unknown"}


def test_a_text_is_pasted_with_its_reason(reporter, source):
    typed = {"text": "Two states\r\nsigned a treaty. 🤝", "reason": "An interview"}
    assert done(press_on(reporter, at(source), "paste", **typed))
    snapshot = Snapshot.objects.get()
    assert (snapshot.way, snapshot.reason, snapshot.captured_by.username) == (
        "pasted",
        "An interview",
        "rita",
    )
    assert "signed a treaty. 🤝" in snapshot.extracted.text
    assert "An interview" in html_of(reporter, at(source))


def test_a_file_is_uploaded_with_its_reason(reporter, source):
    file = SimpleUploadedFile("treaty.html", PAGE)
    assert done(press_on(reporter, at(source), "upload", file=file, reason="The site is down"))
    snapshot = Snapshot.objects.get()
    assert (snapshot.way, snapshot.media_type) == ("uploaded", "text/html")
    assert "Two states signed a treaty." in snapshot.extracted.text


REFUSED = [
    ("paste", {"text": "   ", "reason": "x"}, "required"),
    ("paste", {"text": "Words", "reason": ""}, "required"),
    ("paste", {"text": "Words\x00", "reason": "x"}, "null_characters_not_allowed"),
    ("paste", {"text": "Words", "reason": "x" * 501}, "max_length"),
    ("upload", {"reason": "x"}, "required"),
    ("upload", {"file": SimpleUploadedFile("a.html", b""), "reason": "x"}, "empty"),
    (
        "upload",
        {"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00\x03" * 50), "reason": "x"},
        "media_type_refused",
    ),
    ("upload", {"file": SimpleUploadedFile("a.txt", b"Words"), "reason": " "}, "required"),
    ("upload", {"file": SimpleUploadedFile("a.txt", b"x" * (LARGEST_FILE + 1)), "reason": "x"}, "too_large"),
]


@pytest.mark.parametrize(("act", "typed", "code"), REFUSED)
def test_what_cannot_be_kept_is_refused_in_its_place(reporter, source, act, typed, code):
    for file in typed.values():
        if hasattr(file, "seek"):
            file.seek(0)
    answer = press_on(reporter, at(source), act, **typed)
    assert code in refusals_on(answer.content.decode())
    assert not Snapshot.objects.exists()


def test_an_unknown_act_is_a_bad_request(reporter, source):
    assert reporter.post(at(source), {"act": "burn"}).status_code == 400


def test_a_source_without_address_is_not_captured_but_takes_a_text(reporter, rita):
    source = make_source(rita, url="")
    assert offered_acts(html_of(reporter, at(source))) == {"upload", "paste"}


def test_of_a_confidential_source_nothing_is_taken(reporter, rita):
    source = confide(
        public_label="a diplomat", name="X Y", contact="", kind="interview", language="", by=rita, now=NOW
    )
    assert offered_acts(html_of(reporter, at(source))) == set()
    answer = reporter.post(at(source), {"act": "paste", "text": "Words", "reason": "Handed over"})
    assert refusals_on(answer.content.decode()) == {"source_confidential"}
    assert not Snapshot.objects.exists()


def test_the_list_says_what_each_capture_was(reporter, source):
    make_snapshot(source, "Two states signed.", captured_at=NOW - timedelta(days=2))
    make_snapshot(source, "Two states signed.", captured_at=NOW - timedelta(days=1))
    make_snapshot(source, "Please log in.", way="fetched", reason="", status=403, obstacle="login_wall")
    html = html_of(reporter, at(source))
    assert 'data-code="login_wall"' in html
    assert "HTTP 403" in html
    assert html.count("as before") == 1
    assert html.count("What changed") == 1


def test_the_page_costs_the_same_with_one_capture_and_with_ten(reporter, source):
    make_snapshot(source, "Two states signed.")
    html_of(reporter, at(source))
    few = queries(reporter, at(source))
    for number in range(9):
        make_snapshot(source, f"Two states signed {number}.")
        failed(source)
    assert queries(reporter, at(source)) == few
