"""A capture becomes a snapshot: file, text and row agree, and nothing of a confidential source is kept."""

import gzip
import hashlib
from io import BytesIO

import pytest
from django.db import connection
from warcio.archiveiterator import ArchiveIterator

from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.capture.archive import open_file, read_document, read_payload
from sources.capture.keeping import LARGEST_FILE, LONGEST_TEXT, keep_text, keep_upload
from sources.capture.media import PDF, PLAIN
from sources.capture.signals import captured
from sources.models import Snapshot
from tests.making import NOW, make_source, make_user
from tests.sources.capture.documents import ADDRESS, PAGE, TEXT, fetched, hop, keep_fetched, locked_pdf, pdf

pytestmark = pytest.mark.django_db

REASON = "She sent it by post"


@pytest.fixture
def reporter():
    return make_user("reporter")


@pytest.fixture
def source(reporter):
    return make_source(reporter, url=ADDRESS)


@pytest.fixture
def heard():
    told = []

    def hear(sender, **facts):
        told.append((facts["source"], facts["snapshot"], facts["now"], connection.in_atomic_block))

    captured.connect(hear)
    yield told
    captured.disconnect(hear)


def keep(source, way, by, **other):
    """A snapshot made in this way of something that can be kept."""
    match way:
        case "fetched":
            return keep_fetched(source, fetched(), by=by, now=NOW)
        case "uploaded":
            facts = {"data": b"Some words", "name": "letter.txt", "reason": REASON} | other
            return keep_upload(source, **facts, by=by, now=NOW)
        case "pasted":
            return keep_text(source, **{"text": "Some words", "reason": REASON} | other, by=by, now=NOW)


WAYS = ["fetched", "uploaded", "pasted"]
HANDED = ["uploaded", "pasted"]


def about(snapshot) -> dict:
    """What the archived file says of the capture."""
    with open_file(snapshot) as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "metadata":
                return dict(line.split(": ", 1) for line in record.raw_stream.read().decode().splitlines())
    raise AssertionError("no metadata")


def test_a_fetched_page_is_kept_with_everything_that_is_known_of_it(source, reporter):
    moved = hop("https://press.example/old", status=302, headers=[("Location", ADDRESS)])
    raw = gzip.compress(PAGE.encode(), mtime=0)
    answer = fetched(raw, body=PAGE.encode(), before=[moved], headers=[("Content-Encoding", "gzip")])
    snapshot = Snapshot.objects.get(pk=keep_fetched(source, answer, by=reporter, now=NOW).pk)
    assert snapshot.source == source
    assert (snapshot.way, snapshot.reason, snapshot.obstacle) == ("fetched", "", "")
    assert (snapshot.requested_url, snapshot.final_url) == ("https://press.example/old", ADDRESS)
    assert (snapshot.status, snapshot.media_type) == (200, "text/html")
    assert (snapshot.sha256, snapshot.size) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert (snapshot.captured_at, snapshot.captured_by) == (NOW, reporter)
    assert snapshot.extractor.startswith("trafilatura ")
    assert snapshot.found["title"] == "Treaty signed"
    assert snapshot.extracted.text == TEXT
    assert read_payload(snapshot) == raw
    assert read_document(snapshot) == PAGE.encode()
    with open_file(snapshot) as file:
        warc = file.read()
    assert (snapshot.warc_sha256, snapshot.warc_size) == (hashlib.sha256(warc).hexdigest(), len(warc))
    assert [r.raw_stream.read() for r in ArchiveIterator(BytesIO(warc)) if r.rec_type == "conversion"] == [
        TEXT.encode()
    ]


def test_the_schedule_fetches_in_nobodys_name(source):
    snapshot = keep_fetched(source, fetched(), by=None, now=NOW)
    assert snapshot.captured_by is None
    assert about(snapshot)["captured-by"] == "schedule"


def test_the_encoding_that_the_server_declared_is_used(source, reporter):
    page = "<html><p>Договор подписан сегодня</p>".encode("cp1251")
    declared = [("content-type", 'text/html; Charset="windows-1251"')]
    snapshot = keep_fetched(source, fetched(page, headers=declared), by=reporter, now=NOW)
    assert snapshot.extracted.text == "Договор подписан сегодня"


def test_what_is_met_in_its_place_is_kept_and_marked(source, reporter):
    snapshot = keep_fetched(source, fetched(b"<html><p>No such page</p>", status=404), by=reporter, now=NOW)
    assert (snapshot.obstacle, snapshot.status) == ("error_page", 404)


def test_an_uploaded_file_is_kept_with_its_reason(source, reporter):
    file = pdf(["The parties shall consult."], ["Page two"])
    snapshot = keep_upload(
        source, data=file, name="a/treaty\r\n.pdf", reason=f" {REASON} ", by=reporter, now=NOW
    )
    assert (snapshot.way, snapshot.reason) == ("uploaded", REASON)
    assert (snapshot.media_type, snapshot.status, snapshot.final_url) == (PDF, None, "")
    assert snapshot.extracted.text == "The parties shall consult.\nPage two"
    assert snapshot.extracted.pages == [0, 27]
    assert snapshot.captured_at == NOW
    assert read_payload(snapshot) == file
    assert about(snapshot) == {
        "source": source.public_id,
        "way": "uploaded",
        "reason": REASON,
        "file-name": "a/treaty .pdf",
        "captured-by": reporter.public_id,
        "extractor": snapshot.extractor,
    }


def test_a_pasted_text_is_kept_as_it_is_and_read_as_text(source, reporter):
    snapshot = keep_text(source, text="<html>is  a\r\ntag", reason=REASON, by=reporter, now=NOW)
    assert (snapshot.way, snapshot.media_type) == ("pasted", PLAIN)
    assert read_payload(snapshot) == b"<html>is  a\r\ntag"
    assert snapshot.extracted.text == "<html>is a\ntag"


@pytest.mark.parametrize("data", [locked_pdf(), pdf([])], ids=["locked", "no words in it"])
def test_a_file_without_readable_text_is_kept_for_a_persons_eyes(source, reporter, data):
    snapshot = keep_upload(source, data=data, name="scan.pdf", reason=REASON, by=reporter, now=NOW)
    assert snapshot.obstacle == "no_text"
    assert snapshot.extracted.text == ""
    assert read_payload(snapshot) == data


@pytest.mark.parametrize("way", WAYS)
def test_a_further_capture_of_the_same_is_a_further_snapshot(source, reporter, way):
    first, second = keep(source, way, reporter), keep(source, way, reporter)
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert source.snapshots.count() == 2


@pytest.mark.parametrize("way", WAYS)
def test_others_are_told_within_the_transaction(source, reporter, heard, way):
    snapshot = keep(source, way, reporter)
    assert heard == [(source, snapshot, NOW, True)]


@pytest.mark.parametrize("way", WAYS)
def test_a_listener_that_fails_undoes_the_snapshot(source, reporter, way):
    def fail(sender, **facts):
        raise RuntimeError("no")

    captured.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="no"):
            keep(source, way, reporter)
    finally:
        captured.disconnect(fail)
    assert not source.snapshots.exists()


@pytest.mark.parametrize("way", HANDED)
def test_what_was_handed_in_is_in_the_audit(source, reporter, way):
    snapshot = keep(source, way, reporter)
    event = AuditEvent.objects.get(act="source.captured")
    assert (event.by, event.at, event.object_id) == (reporter, NOW, source.public_id)
    assert event.data == {
        "snapshot": snapshot.public_id,
        "sha256": snapshot.sha256,
        "way": way,
        "reason": REASON,
    }


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_kept_of_a_confidential_source(reporter, way):
    hidden = make_source(reporter, confidential=True, public_label="An official", title="", url="")
    with pytest.raises(DomainError) as refused:
        keep(hidden, way, reporter)
    assert refused.value.code == "source_confidential"
    assert not hidden.snapshots.exists()


@pytest.mark.parametrize("way", WAYS)
def test_who_is_not_of_the_desk_keeps_nothing(source, way):
    with pytest.raises(DomainError) as refused:
        keep(source, way, make_user("administrator"))
    assert refused.value.code == "not_allowed"


REFUSED = {
    "no reason": ("pasted", {"reason": " \n"}, "reason_missing"),
    "no reason for a file": ("uploaded", {"reason": ""}, "reason_missing"),
    "an endless reason": ("pasted", {"reason": "x" * 501}, "text_too_long"),
    "a reason that cannot be stored": ("pasted", {"reason": "a\0b"}, "text_unreadable"),
    "no text": ("pasted", {"text": " \n"}, "text_missing"),
    "half a character": ("pasted", {"text": "a\ud800"}, "text_unreadable"),
    "an endless text": ("pasted", {"text": "x" * (LONGEST_TEXT + 1)}, "too_large"),
    "a file too large": ("uploaded", {"data": b"x" * (LARGEST_FILE + 1)}, "too_large"),
    "an empty file": ("uploaded", {"data": b""}, "media_type_refused"),
    "a file of another kind": ("uploaded", {"data": b"PK\x03\x04\0"}, "media_type_refused"),
}


@pytest.mark.parametrize(("way", "facts", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(source, reporter, way, facts, code):
    with pytest.raises(DomainError) as refused:
        keep(source, way, reporter, **facts)
    assert refused.value.code == code
    assert not source.snapshots.exists()


def test_a_text_of_zero_characters_alone_is_kept_as_what_it_is(source, reporter):
    snapshot = keep_text(source, text="\0\0", reason=REASON, by=reporter, now=NOW)
    assert (snapshot.obstacle, snapshot.extracted.text) == ("no_text", "")
