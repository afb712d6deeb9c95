"""What is archived can be read back, byte by byte and header by header, by us and by the tools of archives."""

import gzip
import hashlib
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from newsroom.core.errors import DomainError
from sources.capture.archive import name_of, open_file, read_document, read_payload, store_file
from sources.capture.warc import Handed, write_warc
from tests.making import NOW
from tests.sources.capture.documents import ADDRESS, fetched, hop

HEADER_NAMES = st.from_regex(r"X-[A-Za-z0-9-]{1,20}", fullmatch=True)
# As http.client reads them: Latin-1, without ends of lines or white space around.
HEADER_VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40) | st.sampled_from(
    ["", "a  b", "caf\xe9", "Å\x81Ã³dÅº", 'a, b; c="d"', "x" * 5000]
)


def records(warc: bytes) -> list:
    """The records of a WARC with their payloads, in order."""
    return [(record, record.raw_stream.read()) for record in ArchiveIterator(BytesIO(warc))]


def of_kind(warc: bytes, kind: str) -> list:
    return [(record, payload) for record, payload in records(warc) if record.rec_type == kind]


def stored(warc: bytes, payload: bytes):
    """What stands for a snapshot here: it names both digests."""
    return SimpleNamespace(warc_sha256=store_file(warc), sha256=hashlib.sha256(payload).hexdigest())


def fields(payload: bytes) -> dict:
    return dict(line.split(": ", 1) for line in payload.decode().splitlines())


@given(st.binary(max_size=3000), st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=6))
def test_what_was_received_is_read_back_byte_by_byte(body, headers):
    warc = write_warc(fetched(body, headers=headers), text="words", about={})
    ((response, payload),) = of_kind(warc, "response")
    assert payload == body
    kept = [(name, value.encode("latin-1")) for name, value in headers]
    assert [(name, _bytes(value)) for name, value in response.http_headers.headers] == kept
    assert read_payload(stored(warc, body)) == body


def _bytes(value: str) -> bytes:
    """The bytes of a header's value as warcio read it: as UTF-8 if it is that, else as Latin-1."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


def test_each_hop_is_a_pair_of_response_and_request():
    moved = hop(
        "https://press.example/old?a=1",
        b"moved",
        status=301,
        headers=[("Location", ADDRESS)],
        reason="Moved",
        http_version="HTTP/1.0",
    )
    warc = write_warc(fetched(b"<html>", before=[moved]), text="", about={})
    kinds = [record.rec_type for record, _ in records(warc)]
    assert kinds == ["warcinfo", "response", "request", "response", "request", "metadata"]
    first, last = of_kind(warc, "response")
    asked, _ = of_kind(warc, "request")
    assert (first[0].http_headers.protocol, first[0].http_headers.statusline) == ("HTTP/1.0", "301 Moved")
    assert first[1] == b"moved"
    assert asked[0].http_headers.protocol == "GET"
    assert asked[0].http_headers.statusline == "/old?a=1 HTTP/1.1"
    assert asked[0].rec_headers["WARC-Concurrent-To"] == first[0].rec_headers["WARC-Record-ID"]
    assert first[0].rec_headers["WARC-IP-Address"] == "192.0.2.10"
    assert first[0].rec_headers["WARC-Date"] == "2026-06-01T12:00:00.000000Z"
    assert last[0].rec_headers["WARC-Date"] == "2026-06-01T12:00:01.000000Z"
    ((metadata, about),) = of_kind(warc, "metadata")
    assert metadata.rec_headers["WARC-Refers-To"] == last[0].rec_headers["WARC-Record-ID"]
    assert fields(about) == {"via": "https://press.example/old?a=1", "hopsFromSeed": "R"}


def test_every_record_is_a_member_of_its_own_in_warc_1_1_with_sha256(tmp_path):
    warc = write_warc(fetched(b"<html>"), text="words", about={"reason": "two\r\nlines"})
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(warc)
    assert Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0
    assert warc.count(b"\x1f\x8b\x08") >= len(records(warc))
    for record, _ in records(warc):
        assert record.rec_headers.protocol == "WARC/1.1"
        assert record.rec_headers["WARC-Block-Digest"].startswith("sha256:")
        if record.rec_type != "warcinfo":
            assert record.rec_headers["WARC-Payload-Digest"].startswith("sha256:")
            assert record.rec_headers["WARC-Warcinfo-ID"]
    ((_, about),) = of_kind(warc, "metadata")
    assert fields(about)["reason"] == "two lines"


def test_nothing_of_the_one_who_asked_or_of_their_visit_is_kept_and_that_is_said():
    answer = [
        ("Set-Cookie", "visit=1"),
        ("Transfer-Encoding", "chunked"),
        ("Server", "press"),
        ("X-Folded", "a\r\n b"),
    ]
    asked = [("Cookie", "visit=1"), ("Authorization", "Basic secret"), ("User-Agent", "newsroom")]
    warc = write_warc(fetched(b"<html>", headers=answer, asked=asked), text="", about={})
    for hidden in (b"visit=1", b"secret"):
        assert hidden not in gzip.decompress(warc)
    ((response, _),) = of_kind(warc, "response")
    assert response.http_headers.headers == [("Server", "press"), ("X-Folded", "a  b")]
    ((request, _),) = of_kind(warc, "request")
    assert request.http_headers.headers == [("Host", "press.example"), ("User-Agent", "newsroom")]
    ((_, about),) = of_kind(warc, "metadata")
    assert fields(about)["headers-left-out"] == "authorization, cookie, set-cookie, transfer-encoding"


def test_what_was_handed_in_is_a_resource_with_an_address_of_its_own():
    handed = Handed(b"%PDF-1.4", "application/pdf", NOW + timedelta(microseconds=5))
    warcs = [write_warc(handed, text="words", about={}) for _ in range(2)]
    ((resource, payload),) = of_kind(warcs[0], "resource")
    assert payload == b"%PDF-1.4"
    assert resource.rec_headers["Content-Type"] == "application/pdf"
    assert resource.rec_headers["WARC-Date"] == "2026-06-01T12:00:00.000005Z"
    address = resource.rec_headers["WARC-Target-URI"]
    assert address.startswith("urn:uuid:")
    ((conversion, text),) = of_kind(warcs[0], "conversion")
    assert text == b"words"
    assert conversion.rec_headers["WARC-Refers-To"] == resource.rec_headers["WARC-Record-ID"]
    assert of_kind(warcs[1], "resource")[0][0].rec_headers["WARC-Target-URI"] != address
    assert read_payload(stored(warcs[0], payload)) == payload


def test_a_compressed_document_is_stored_as_sent_and_read_decoded():
    page = b"<html>" + b"words " * 5000
    raw = gzip.compress(page, mtime=0)
    warc = write_warc(fetched(raw, body=page, headers=[("Content-Encoding", "gzip")]), text="", about={})
    snapshot = stored(warc, raw)
    assert read_payload(snapshot) == raw
    assert read_document(snapshot) == page
    for coding in ([], [("Content-Encoding", "identity")]):
        plain = stored(write_warc(fetched(page, headers=coding), text="", about={}), page)
        assert read_document(plain) == page
    empty = stored(write_warc(fetched(b"", headers=[("Content-Encoding", "gzip")]), text="", about={}), b"")
    assert read_document(empty) == b""
    twice = [("Content-Encoding", "identity"), ("content-encoding", "GZIP")]
    assert read_document(stored(write_warc(fetched(raw, headers=twice), text="", about={}), raw)) == page


def test_the_same_file_is_stored_once_under_its_digest():
    sha256 = store_file(b"some file")
    assert sha256 == hashlib.sha256(b"some file").hexdigest()
    assert store_file(b"some file") == sha256
    name = f"snapshots/{sha256[:2]}/{sha256}.warc.gz"
    assert name == name_of(sha256)
    beside = default_storage.listdir(f"snapshots/{sha256[:2]}")[1]
    assert [file for file in beside if file.startswith(sha256)] == [f"{sha256}.warc.gz"]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    return tmp_path / "files"


def test_on_a_disk_a_file_is_whole_and_its_owners(folder):
    sha256 = store_file(b"some file")
    path = folder / name_of(sha256)
    assert path.read_bytes() == b"some file"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [found for found in folder.rglob("*") if found.is_file()] == [path]
    path.write_bytes(b"some fi")
    store_file(b"some file")
    assert path.read_bytes() == b"some file"


def test_a_disk_that_fails_leaves_nothing_behind(folder, monkeypatch):
    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr("newsroom.core.kept_files.os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        store_file(b"some file")
    assert [found for found in folder.rglob("*") if found.is_file()] == []


def test_no_address_of_the_site_leads_to_a_file():
    name = name_of(store_file(b"some file"))
    for path in (f"/{name}", f"/files/{name}", f"/media/{name}", f"/static/{name}"):
        with pytest.raises(Resolver404):
            resolve(path)


def test_a_missing_file_is_told_from_a_damaged_one():
    with pytest.raises(DomainError) as missing:
        open_file(SimpleNamespace(warc_sha256="0" * 64))
    assert missing.value.code == "snapshot_missing"
    snapshot = stored(write_warc(fetched(b"<html>"), text="", about={}), b"another document")
    with pytest.raises(DomainError) as damaged:
        read_payload(snapshot)
    assert damaged.value.code == "snapshot_damaged"


@given(st.integers(0), st.integers(1, 255))
@example(9, 1)  # In the head of the compressed file, of which decompressing takes no notice.
def test_a_file_with_any_byte_changed_is_told_as_damaged(place, change):
    body = b"<html>words words"
    warc = bytearray(write_warc(fetched(body), text="words", about={}))
    snapshot = stored(bytes(warc), body)
    warc[place % len(warc)] ^= change
    default_storage.delete(name_of(snapshot.warc_sha256))
    default_storage.save(name_of(snapshot.warc_sha256), ContentFile(bytes(warc)))
    with pytest.raises(DomainError) as damaged:
        read_payload(snapshot)
    assert damaged.value.code == "snapshot_damaged"


def test_a_file_that_is_no_archive_is_told_as_damaged():
    with pytest.raises(DomainError) as damaged:
        read_payload(stored(b"\x1f\x8b no archive", b""))
    assert damaged.value.code == "snapshot_damaged"
