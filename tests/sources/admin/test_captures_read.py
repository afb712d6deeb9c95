"""One capture is read as text and handed out as a file; nothing of it ever runs (design, rule 12)."""

import pytest
from django.urls import reverse

from sources.capture.keeping import keep_text, keep_upload
from tests.articles.admin.pages import html_of, signed_in
from tests.making import NOW, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

PAGE = (
    b"<html><head><title>Treaty</title><script>alert(1)</script></head>"
    b"<body><p>Two states signed a treaty.</p></body></html>"
)


def at(source, name="snapshots", *more):
    return reverse(f"admin:sources_source_{name}", args=[source.pk, *more])


def test_nobody_but_the_desk_opens_the_pages_of_a_source(source):
    snapshot = make_snapshot(source, "Words.")
    client = signed_in(make_user("administrator"))
    for name in ("snapshots", "origins", "cited_by", "compare"):
        assert client.get(at(source, name)).status_code == 403, name
    for name in ("snapshot", "raw", "file", "warc"):
        assert client.get(at(source, name, snapshot.public_id)).status_code == 403, name


def test_the_text_of_a_capture_is_read_and_words_are_found_in_it(reporter, source):
    long = "\n".join(f"Paragraph {n} says nothing." for n in range(2_000))
    snapshot = make_snapshot(source, f"{long}\nTwo states 🤝 signed a treaty.")
    page = at(source, "snapshot", snapshot.public_id)
    assert "signed a treaty" not in html_of(reporter, page)
    found = html_of(reporter, f"{page}?find=states+SIGNED")
    assert 'id="found-' in found
    assert ">states 🤝 signed</mark>" in found
    assert "do not stand" in html_of(reporter, f"{page}?find=nuclear")
    for at_place in ("0", "999999999", "-3", "x", "9" * 40):
        html_of(reporter, f"{page}?at={at_place}&start={at_place}&end=7")


def test_a_snapshot_is_found_under_its_own_source_only(reporter, source, rita):
    snapshot = make_snapshot(make_source(rita), "Words.")
    for name in ("snapshot", "raw", "file", "warc"):
        assert reporter.get(at(source, name, snapshot.public_id)).status_code == 404
        assert reporter.get(at(source, name, "no-such-id")).status_code == 404


def test_markup_of_a_source_stays_text(reporter, source):
    snapshot = make_snapshot(source, '<script>alert(1)</script> <b x-data="alert(2)">Bold</b>')
    html = html_of(reporter, at(source, "snapshot", snapshot.public_id))
    assert "<script>alert(1)" not in html
    assert "<b x-data" not in html


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("raw", "text/plain; charset=utf-8"),
        ("file", "application/octet-stream"),
        ("warc", "application/gzip"),
    ],
)
def test_what_was_captured_is_handed_out_and_runs_nowhere(reporter, source, rita, name, kind):
    snapshot = keep_upload(source, data=PAGE, name="a.html", reason="Down", by=rita, now=NOW)
    answer = reporter.get(at(source, name, snapshot.public_id))
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.get("Content-Disposition", "inline").startswith("inline" if name == "raw" else "attachment")
    body = b"".join(answer) if answer.streaming else answer.content
    assert PAGE in body or name == "warc"


def test_a_pdf_is_only_handed_out_as_a_file(reporter, source, rita):
    snapshot = keep_upload(source, data=b"%PDF-1.4\n%broken", name="a.pdf", reason="Letter", by=rita, now=NOW)
    answer = reporter.get(at(source, "raw", snapshot.public_id))
    assert answer["Content-Disposition"] == f'attachment; filename="{snapshot.public_id}.pdf"'


def test_letters_of_another_encoding_are_read_as_they_are_meant(reporter, source, rita):
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Zażółć gęślą jaźń.</p></body></html>'
    data = page.encode("iso-8859-2")
    snapshot = keep_upload(source, data=data, name="a.html", reason="Down", by=rita, now=NOW)
    assert "Zażółć gęślą jaźń" in reporter.get(at(source, "raw", snapshot.public_id)).content.decode()


def test_an_archived_file_that_is_gone_is_said_to_be_gone(reporter, source):
    snapshot = make_snapshot(source, "Its file was never kept.")
    for name in ("raw", "file", "warc"):
        assert reporter.get(at(source, name, snapshot.public_id)).status_code == 409


def test_keeping_a_text_by_the_act_is_what_the_page_shows(reporter, source, rita):
    snapshot = keep_text(source, text="A letter.", reason="By post", by=rita, now=NOW)
    html = html_of(reporter, at(source, "snapshot", snapshot.public_id))
    assert snapshot.sha256 in html
    assert "By post" in html
