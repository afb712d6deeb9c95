"""Every archived file is hashed anew; each that is bad or missing is named."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from sources.capture import verifying
from sources.capture.archive import name_of, open_file
from sources.capture.keeping import keep_text
from sources.capture.verifying import faults
from tests.making import NOW, make_source, make_user
from tests.sources.capture.documents import fetched, keep_fetched

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshots():
    reporter = make_user("reporter")
    kept = [
        keep_text(make_source(reporter), text=f"Some words {number}", reason="A letter", by=reporter, now=NOW)
        for number in range(3)
    ]
    return [*kept, keep_fetched(make_source(reporter), fetched(b"<html><p>page"), by=None, now=NOW)]


def remove(snapshot):
    default_storage.delete(name_of(snapshot.warc_sha256))


def put(snapshot, data: bytes):
    remove(snapshot)
    default_storage.save(name_of(snapshot.warc_sha256), ContentFile(data))


def bytes_of(snapshot) -> bytes:
    with open_file(snapshot) as file:
        return file.read()


def change_a_byte(snapshot):
    data = bytearray(bytes_of(snapshot))
    data[len(data) // 2] ^= 1
    put(snapshot, bytes(data))


def cut(snapshot):
    put(snapshot, bytes_of(snapshot)[:-1])


def past_all_triggers(statement):
    def change(snapshot):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, [snapshot.pk])
            cursor.execute("SET LOCAL session_replication_role = origin")

    return change


FAULTS = {
    "no file": (remove, "snapshot_missing"),
    "a byte changed": (change_a_byte, "file_differs"),
    "cut short": (cut, "file_differs"),
    "the row's digest changed": (
        past_all_triggers("UPDATE sources_snapshot SET sha256 = repeat('0', 64) WHERE id = %s"),
        "payload_differs",
    ),
    "the row's size changed": (
        past_all_triggers("UPDATE sources_snapshot SET size = size + 1 WHERE id = %s"),
        "payload_differs",
    ),
    "the text changed": (
        past_all_triggers("UPDATE sources_snapshottext SET text = text || '!' WHERE snapshot_id = %s"),
        "text_differs",
    ),
    "the text gone": (
        past_all_triggers("DELETE FROM sources_snapshottext WHERE snapshot_id = %s"),
        "text_differs",
    ),
}


def test_a_whole_archive_verifies(snapshots, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 2)
    out = StringIO()
    call_command("verify_snapshots", stdout=out, stderr=StringIO())
    assert out.getvalue() == "4 snapshots verified\n"


@pytest.mark.parametrize(("damage", "code"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("place", [0, 3])
def test_a_fault_is_named_with_its_snapshot_and_nothing_else_is(snapshots, monkeypatch, place, damage, code):
    monkeypatch.setattr(verifying, "BATCH", 2)
    bad = snapshots[place]
    damage(bad)
    (fault,) = faults()
    assert (fault.code, fault.snapshot, fault.source) == (code, bad.public_id, bad.source.public_id)


def test_the_command_names_each_and_fails(snapshots):
    remove(snapshots[1])
    cut(snapshots[2])
    told = StringIO()
    with pytest.raises(CommandError, match="2 of 4 snapshots"):
        call_command("verify_snapshots", stderr=told)
    lines = [line for line in told.getvalue().splitlines() if "snapshot " in line]
    assert [line.split(":")[0] for line in lines] == ["snapshot_missing", "file_differs"]
    assert snapshots[1].public_id in lines[0]
    assert snapshots[2].public_id in lines[1]


def test_a_file_that_is_no_warc_under_its_right_digest_is_named(snapshots):
    data = b"\x1f\x8b no archive"
    default_storage.save(name_of(verifying.hashlib.sha256(data).hexdigest()), ContentFile(data))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE sources_snapshot SET warc_sha256 = encode(sha256(%s), 'hex'), warc_size = %s WHERE id = %s",
            [data, len(data), snapshots[0].pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    (fault,) = faults()
    assert fault.code == "snapshot_damaged"
