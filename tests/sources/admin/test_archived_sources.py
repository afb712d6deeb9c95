"""The form and the list of sources know of the archive: an entered address is captured, the list says since when."""

import pytest
from django.urls import reverse

from newsroom.audit.models import AuditEvent
from sources.models import Capture
from tests.articles.admin.pages import html_of, signed_in
from tests.making import make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db


def test_entering_an_address_by_hand_asks_for_its_capture(reporter):
    to = reverse("admin:sources_source_add")
    reporter.post(to, {"title": "New", "url": "https://gov.example/new", "kind": "document"}, follow=True)
    assert Capture.objects.get().source.title == "New"
    assert AuditEvent.objects.filter(act="source.capture_requested").exists()


def test_a_changed_address_is_captured_and_one_that_waits_serves(reporter, source):
    to = reverse("admin:sources_source_change", args=[source.pk])
    for number in range(2):
        typed = {"title": "T", "url": f"https://gov.example/{number}", "kind": "document"}
        assert reporter.post(to, typed).status_code == 302
    assert Capture.objects.count() == 1
    typed["title"] = "Another title"
    Capture.objects.update(state="done")
    assert reporter.post(to, typed).status_code == 302
    assert Capture.objects.count() == 1


def test_what_may_be_printed_is_edited_by_hand_and_audited(source):
    editor = signed_in(make_user("editor"))
    to = reverse("admin:sources_source_change", args=[source.pk])
    typed = {"title": "T", "url": source.url, "kind": "document", "usage_terms": "Quote at most 400 words."}
    typed |= {
        "quotation_allowance": "400",
        "archive_shown": "on",
        "derives_from": "1",
        "embargoed_until": "x",
    }
    assert editor.post(to, typed).status_code == 302
    source.refresh_from_db()
    assert (source.usage_terms, source.quotation_allowance, source.archive_shown) == (
        "Quote at most 400 words.",
        400,
        True,
    )
    assert (source.derives_from, source.embargoed_until) == (None, None)
    fields = AuditEvent.objects.get(act="source.changed").data["fields"]
    assert {"usage_terms", "quotation_allowance", "archive_shown"} <= set(fields)


def test_the_list_shows_state_and_last_capture_and_filters_by_them(reporter, source, rita):
    make_snapshot(source, "Words.")
    bare = make_source(rita, title="", url="")
    listed = reverse("admin:sources_source_changelist")
    assert str(bare) in html_of(reporter, f"{listed}?state=unidentified")
    assert str(source) not in html_of(reporter, f"{listed}?state=unidentified")
    assert str(source) in html_of(reporter, f"{listed}?state=identified&archive=yes")
    assert str(source) not in html_of(reporter, f"{listed}?archive=no")
    assert "1 Jun 2026" in html_of(reporter, listed)
