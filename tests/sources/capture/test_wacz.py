"""The WACZ of several snapshots is valid to the tools of its makers and holds what was archived, byte by byte."""

import gzip
import json
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from newsroom.core.errors import DomainError
from sources.capture.archive import name_of, open_file, read_payload
from sources.capture.keeping import keep_text, keep_upload
from sources.capture.wacz import write_wacz
from sources.models import Snapshot
from tests.making import NOW, make_source, make_user
from tests.sources.capture.documents import ADDRESS, PAGE, fetched, hop, keep_fetched, pdf

pytestmark = pytest.mark.django_db

TITLE = "Dowody: „Zażółć”"


@pytest.fixture
def snapshots():
    reporter = make_user("reporter")
    moved = hop("http://press.example/old", status=301, headers=[("Location", ADDRESS)])
    page = fetched(
        gzip.compress(PAGE.encode(), mtime=0),
        body=PAGE.encode(),
        before=[moved],
        headers=[("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")],
    )
    source = make_source(reporter, url=ADDRESS)
    return [
        keep_fetched(source, page, by=reporter, now=NOW),
        keep_fetched(source, fetched(b"<html><p>later"), by=reporter, now=NOW),
        keep_upload(
            make_source(reporter), data=pdf(["Words"]), name="a.pdf", reason="A letter", by=reporter, now=NOW
        ),
        keep_text(make_source(reporter), text="Łódź", reason="A letter", by=reporter, now=NOW),
    ]


def packed(snapshots) -> ZipFile:
    file = BytesIO()
    write_wacz(snapshots, file, title=TITLE, now=NOW)
    return ZipFile(file)


def lines(text: bytes) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def index_of(archive: ZipFile) -> list[tuple[str, str, dict]]:
    """The entries of the index as (key, 14 digits, values)."""
    entries = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
    split = (entry.split(" ", 2) for entry in entries)
    return [(key, moment, json.loads(values)) for key, moment, values in split]


def test_its_makers_own_program_finds_it_valid(snapshots, tmp_path):
    path = tmp_path / "evidence.wacz"
    with path.open("wb") as file:
        write_wacz(snapshots, file, title=TITLE, now=NOW)
    program = Path(sys.executable).parent / "wacz"
    done = subprocess.run([program, "validate", "-f", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the passed WACZ is valid" in done.stdout


def test_each_archived_file_is_in_it_unchanged_and_uncompressed(snapshots, tmp_path):
    archive = packed(snapshots)
    for snapshot in snapshots:
        member = archive.getinfo(f"archive/{snapshot.warc_sha256}.warc.gz")
        assert member.compress_type == ZIP_STORED
        data = archive.read(member)
        assert sha256(data).hexdigest() == snapshot.warc_sha256
        path = tmp_path / "one.warc.gz"
        path.write_bytes(data)
        assert Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0
    assert archive.getinfo("indexes/index.cdx.gz").compress_type == ZIP_STORED


def test_each_entry_of_the_index_leads_to_its_record(snapshots):
    archive = packed(snapshots)
    index = index_of(archive)
    assert [(key, moment) for key, moment, _ in index] == sorted((key, moment) for key, moment, _ in index)
    kinds = set()
    for _, moment, values in index:
        data = archive.read(f"archive/{values['filename']}")
        piece = data[int(values["offset"]) :][: int(values["length"])]
        (record,) = ArchiveIterator(BytesIO(piece))
        assert record.rec_headers["WARC-Target-URI"] == values["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == values["digest"]
        assert moment == "".join(filter(str.isdigit, record.rec_headers["WARC-Date"]))[:14]
        kinds.add(record.rec_type)
    assert kinds == {"response", "resource"}
    assert len(index) == 5  # The redirect has one of its own.


def test_the_blocks_of_the_index_lie_where_its_lines_say(snapshots):
    archive = packed(snapshots)
    blocks = archive.read("indexes/index.cdx.gz")
    header, *entries = archive.read("indexes/index.idx").decode().splitlines()
    assert json.loads(header.removeprefix("!meta 0 "))["filename"] == "index.cdx.gz"
    for entry in entries:
        place = json.loads(entry[entry.index("{") :])
        piece = blocks[place["offset"] :][: place["length"]]
        assert place["digest"] == f"sha256:{sha256(piece).hexdigest()}"
        assert zlib.decompress(piece, 16 + zlib.MAX_WBITS).decode().startswith(entry[: entry.index("{")])


def test_each_page_is_a_document_that_the_index_has(snapshots):
    archive = packed(snapshots)
    header, *pages = lines(archive.read("pages/pages.jsonl"))
    assert header == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert [page["id"] for page in pages] == [snapshot.public_id for snapshot in snapshots]
    assert [page["url"] for page in pages][:2] == [ADDRESS, ADDRESS]
    assert pages[0]["title"] == "Treaty signed"
    indexed = {(values["url"], moment) for _, moment, values in index_of(archive)}
    for page, snapshot in zip(pages, snapshots, strict=True):
        assert datetime.fromisoformat(page["ts"]).tzinfo == UTC
        assert (page["url"], "".join(filter(str.isdigit, page["ts"]))[:14]) in indexed
        assert page["size"] == len(read_payload(snapshot))


def test_the_list_of_members_is_complete_and_its_digest_right(snapshots):
    archive = packed(snapshots)
    data = archive.read("datapackage.json")
    package = json.loads(data)
    assert package["wacz_version"] == "1.1.1"
    assert package["profile"] == "data-package"
    assert (package["title"], package["created"]) == (TITLE, "2026-06-01T12:00:00Z")
    assert package["mainPageURL"] == ADDRESS
    listed = {entry["path"]: entry for entry in package["resources"]}
    own = {"datapackage.json", "datapackage-digest.json"}
    assert set(listed) == set(archive.namelist()) - own
    for path, entry in listed.items():
        member = archive.read(path)
        assert (entry["bytes"], entry["hash"]) == (len(member), f"sha256:{sha256(member).hexdigest()}")
    digest = json.loads(archive.read("datapackage-digest.json"))
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{sha256(data).hexdigest()}"}


def test_a_snapshot_named_twice_is_in_it_once(snapshots):
    archive = packed([snapshots[0], snapshots[0]])
    assert len([name for name in archive.namelist() if name.startswith("archive/")]) == 1


def refused(snapshots) -> str:
    with pytest.raises(DomainError) as error:
        packed(snapshots)
    return error.value.code


def test_nothing_to_pack_is_refused():
    assert refused([]) == "snapshots_missing"


def test_a_file_that_is_missing_or_was_changed_is_not_packed(snapshots):
    name = name_of(snapshots[3].warc_sha256)
    with open_file(snapshots[3]) as file:
        data = file.read()
    default_storage.delete(name)
    assert refused(snapshots) == "snapshot_missing"
    default_storage.save(name, ContentFile(data[:-1]))
    assert refused(snapshots) == "snapshot_damaged"


def test_nothing_of_a_confidential_source_is_packed(snapshots):
    reporter = make_user("reporter")
    hidden = make_source(reporter, confidential=True, public_label="An official", title="", url="")
    hers = Snapshot(source=hidden, warc_sha256=snapshots[3].warc_sha256)
    assert refused([snapshots[0], hers]) == "source_confidential"
