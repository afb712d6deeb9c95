"""The archived file of a snapshot: WARC/1.1 (ISO 28500:2017), content-addressed, read back byte by byte.

``Snapshot.sha256`` is of the document's payload as received, its transfer coding undone and its content coding (gzip)
as sent: what :func:`read_payload` gives. Its text is extracted from what :func:`read_document` gives, where the content
coding is undone too.

The files lie in the default storage and nothing serves them: whoever is shown one is shown it by a view that asked.
"""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newsroom.core import kept_files
from newsroom.core.errors import DomainError

FOLDER, ENDING = "snapshots", "warc.gz"
# What a document may come to once its content coding is undone, in bytes; no capture keeps more.
LARGEST_DOCUMENT = 20 * 1024 * 1024
PIECE = 64 * 1024

# The kinds of records that hold what was captured.
DOCUMENTS = ("response", "resource")


def name_of(sha256: str) -> str:
    """Where the WARC with this digest lies in the default storage."""
    return kept_files.name_of(FOLDER, sha256, ENDING)


def store_file(data: bytes) -> str:
    """Keep the WARC ``data`` under its SHA-256, which is returned; the same bytes are kept once."""
    return kept_files.keep_file(FOLDER, data, ENDING)


def open_file(snapshot) -> File:
    """The WARC of ``snapshot``, open for reading; whoever asks closes it. Raises DomainError ``snapshot_missing``."""
    try:
        return default_storage.open(name_of(snapshot.warc_sha256))
    except FileNotFoundError as error:
        raise DomainError("snapshot_missing", "The archived file is not there.") from error


def read_payload(snapshot) -> bytes:
    """The document as received, the bytes whose SHA-256 is ``snapshot.sha256``.

    Raises DomainError ``snapshot_missing``, or ``snapshot_damaged`` if they are not those bytes.
    """
    return _read(snapshot)[1]


def read_document(snapshot) -> bytes:
    """The document itself: as :func:`read_payload`, with the content coding undone."""
    headers, payload = _read(snapshot)
    said = [value for name, value in headers.headers if name.lower() == "content-encoding"] if headers else []
    codings = {coding.strip().lower() for value in said for coding in value.split(",")}
    if codings <= {"", "identity"}:
        return payload
    # gzip or zlib, as the first bytes say: nothing else is captured.
    return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(payload, LARGEST_DOCUMENT)


def _read(snapshot):
    """The document's HTTP headers (None if it was handed in) and its payload."""
    with open_file(snapshot) as file:
        warc = file.read()
    if hashlib.sha256(warc).hexdigest() != snapshot.warc_sha256:
        raise _damaged()
    found = None
    with damage_told():
        for record in documents(BytesIO(warc)):
            found = record.http_headers, record.raw_stream.read()
    if found is None or hashlib.sha256(found[1]).hexdigest() != snapshot.sha256:
        raise _damaged()
    return found


def documents(file) -> Iterator:
    """The records of a WARC that hold what was captured, in order: a redirect's answers first, the document last.

    warcio's records, each to be read before the next is asked for.
    """
    return (record for record in ArchiveIterator(file) if record.rec_type in DOCUMENTS)


@contextmanager
def damage_told():
    """That a file is no WARC, though it has its digest, becomes DomainError ``snapshot_damaged``."""
    try:
        yield
    except ArchiveLoadFailed as error:
        raise _damaged() from error


def _damaged() -> DomainError:
    return DomainError("snapshot_damaged", "The archived file is not what was captured.")
