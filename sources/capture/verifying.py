"""Prove that every archived file is what was captured, or name those that are not."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Func, TextField, Value
from warcio.archiveiterator import ArchiveIterator

from newsroom.core.errors import DomainError
from sources.capture.archive import DOCUMENTS, PIECE, damage_told, open_file
from sources.models import Snapshot

BATCH = 200


@dataclass(frozen=True)
class Fault:
    """A snapshot whose file or text is not what was captured: its public id, that of its source, a code and a line."""

    snapshot: str
    source: str
    code: str
    message: str


def faults(*, progress=lambda: None) -> Iterator[Fault]:
    """What is wrong with the archive, in the order of the captures, one fault a snapshot.

    Codes: ``snapshot_missing`` (no file), ``file_unreadable``, ``file_differs`` (not the bytes that were archived),
    ``payload_differs`` (not the document that the row is about), ``text_differs`` (the text in the database is not the
    one archived with it). ``progress`` is called once a snapshot. Memory stays flat.
    """
    after = 0
    while batch := list(_snapshots().filter(pk__gt=after)[:BATCH]):
        for snapshot in batch:
            if fault := _fault(snapshot):
                yield Fault(snapshot.public_id, snapshot.source.public_id, *fault)
            progress()
        after = batch[-1].pk


def _snapshots():
    # The texts stay in the database, which can hash them itself.
    text = Func(F("extracted__text"), Value("UTF8"), function="convert_to")
    digest = Func(Func(text, function="sha256"), Value("hex"), function="encode", output_field=TextField())
    return Snapshot.objects.select_related("source").annotate(text_sha256=digest).order_by("pk")


def _fault(snapshot: Snapshot) -> tuple[str, str] | None:
    try:
        with open_file(snapshot) as file:
            size, sha256 = digest_of(file)
            if (size, sha256) != (snapshot.warc_size, snapshot.warc_sha256):
                return "file_differs", "The archived file was changed."
            file.seek(0)
            return _fault_within(file, snapshot)
    except DomainError as error:
        return error.code, error.message
    except OSError as error:
        return "file_unreadable", error.strerror or type(error).__name__


def _fault_within(file, snapshot: Snapshot) -> tuple[str, str] | None:
    payload, text = None, hashlib.sha256(b"").hexdigest()
    with damage_told():
        for record in ArchiveIterator(file):
            if record.rec_type in DOCUMENTS:
                payload = digest_of(record.raw_stream)
            elif record.rec_type == "conversion":
                _, text = digest_of(record.raw_stream)
    if payload != (snapshot.size, snapshot.sha256):
        return "payload_differs", "The archived file is not of the document that was captured."
    if text != snapshot.text_sha256:
        return "text_differs", "The text is not the one that was read when it was captured."
    return None


def digest_of(stream) -> tuple[int, str]:
    """Size in bytes and SHA-256 of what is left in ``stream``, read piece by piece."""
    size, digest = 0, hashlib.sha256()
    while piece := stream.read(PIECE):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()
