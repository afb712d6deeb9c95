"""Keep a capture: the archived file, its text, and the snapshot that names both. Snapshots are never changed."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from sources.capture.archive import store_file
from sources.capture.extraction import Extracted, extract
from sources.capture.fetching import Fetched
from sources.capture.media import PLAIN, media_type_of
from sources.capture.reading.form import FOUND, LONGEST, tidy
from sources.capture.signals import captured
from sources.capture.walls import obstacle_of
from sources.capture.warc import Handed, write_warc
from sources.models import Snapshot, SnapshotText, Source

LARGEST_FILE = 10 * 1024 * 1024
LONGEST_TEXT = LONGEST
LONGEST_REASON = 500
LONGEST_NAME = 200

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """A capture of which the text is read and the file archived, but no row is stored yet."""

    snapshot: Snapshot
    extracted: Extracted


def read_fetched(source: Source, fetched: Fetched, *, by) -> Read:
    """Read what the source's address answered with, and archive its file: seconds of work, done in no transaction.

    An error page or a wall is marked (``obstacle``), and so is what no text could be read of. ``by`` is None for the
    schedule. Raises DomainError ``source_confidential``, and what the access table says.
    """
    if by is not None:
        raise_if_may_not(by, "capture")
    _raise_if_confidential(source)
    extracted = _text_of(
        fetched.body, fetched.media_type, url=fetched.final_url, charset=_charset(fetched.headers)
    )
    snapshot = Snapshot(
        source=source,
        way=Snapshot.Way.FETCHED,
        requested_url=fetched.requested_url,
        final_url=fetched.final_url,
        status=fetched.status,
        media_type=fetched.media_type,
        obstacle=obstacle_of(fetched, extracted.text),
        captured_by=by,
    )
    _archive(snapshot, fetched, fetched.raw, extracted)
    return Read(snapshot, extracted)


def keep_read(read: Read, *, now: datetime) -> Snapshot:
    """Keep what was read as a further snapshot, whatever it is.

    The audit event is that of the capture it belongs to (:mod:`~sources.capture.requesting`).
    """
    return _save(read.snapshot, read.extracted, now=now)


def keep_upload(source: Source, *, data: bytes, name: str, reason: str, by, now: datetime) -> Snapshot:
    """Keep a file that a person hands in because it could not be fetched, which ``reason`` explains.

    ``name`` is what the file was called; it is noted in the archive and believed in nothing. Raises DomainError
    ``source_confidential``, ``too_large`` (10 MB), ``media_type_refused``, ``reason_missing``, ``text_too_long`` (the
    reason), and what the access table says.
    """
    raise_if_may_not(by, "capture")
    _raise_if_confidential(source)
    reason = _checked(reason)
    if len(data) > LARGEST_FILE:
        raise DomainError(
            "too_large",
            "A file of more than %(most)s bytes is not kept.",
            "file",
            most=LARGEST_FILE,
        )
    media_type = media_type_of(data)
    return _keep_handed(
        source, data, media_type, Snapshot.Way.UPLOADED, name=name, reason=reason, by=by, now=now
    )


def keep_text(source: Source, *, text: str, reason: str, by, now: datetime) -> Snapshot:
    """Keep a text that a person pastes: a transcript, a letter, an interview. ``reason`` says why it was not fetched.

    Raises DomainError ``source_confidential``, ``text_missing``, ``text_unreadable`` (half a character), ``too_large``
    (2,000,000 characters), ``reason_missing``, ``text_too_long`` (the reason), and what the access table says.
    """
    raise_if_may_not(by, "capture")
    _raise_if_confidential(source)
    reason = _checked(reason)
    if not text.strip():
        raise DomainError("text_missing", "There is no text to keep.", "text")
    if len(text) > LONGEST_TEXT:
        raise DomainError(
            "too_large",
            "A text of more than %(most)s characters is not kept.",
            "text",
            most=LONGEST_TEXT,
        )
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise DomainError("text_unreadable", "There is half a character in this text.", "text") from error
    return _keep_handed(source, data, PLAIN, Snapshot.Way.PASTED, reason=reason, by=by, now=now)


def _keep_handed(source, data, media_type, way, *, name="", reason, by, now) -> Snapshot:
    extracted = _text_of(data, media_type)
    snapshot = Snapshot(
        source=source,
        way=way,
        reason=reason,
        media_type=media_type,
        obstacle="" if any(map(str.isalnum, extracted.text)) else Snapshot.Obstacle.NO_TEXT,
        captured_by=by,
    )
    _archive(snapshot, Handed(data, media_type, now), data, extracted, name)
    with transaction.atomic():
        _save(snapshot, extracted, now=now)
        record(
            "source.captured",
            source,
            by=by,
            now=now,
            snapshot=snapshot.public_id,
            sha256=snapshot.sha256,
            way=way,
            reason=reason,
        )
    return snapshot


def _archive(
    snapshot: Snapshot, capture: Fetched | Handed, payload: bytes, extracted: Extracted, name: str = ""
) -> None:
    """Store the WARC and write on ``snapshot`` what stands in it.

    Done before the transaction, which need not wait for a disk: a file that no snapshot names does no harm.
    """
    by = snapshot.captured_by
    about = {
        "source": snapshot.source.public_id,
        "way": snapshot.way,
        "reason": snapshot.reason,
        "file-name": tidy(name[:LONGEST_NAME]),
        "captured-by": by.public_id if by else "schedule",
        "extractor": extracted.extractor,
    }
    warc = write_warc(capture, text=extracted.text, about=about)
    snapshot.sha256 = hashlib.sha256(payload).hexdigest()
    snapshot.size = len(payload)
    snapshot.warc_sha256 = store_file(warc)
    snapshot.warc_size = len(warc)
    snapshot.extractor = extracted.extractor
    snapshot.found = extracted.found
    snapshot.captured_at = capture.captured_at


@transaction.atomic
def _save(snapshot: Snapshot, extracted: Extracted, *, now: datetime) -> Snapshot:
    snapshot.save(force_insert=True)
    SnapshotText.objects.create(snapshot=snapshot, text=extracted.text, pages=extracted.pages)
    captured.send(Snapshot, source=snapshot.source, snapshot=snapshot, now=now)
    return snapshot


def _text_of(data: bytes, media_type: str, **known) -> Extracted:
    """Its text; none where none can be read: the original is evidence also for a person's eyes alone."""
    try:
        return extract(data, media_type, **known)
    except DomainError as error:
        return Extracted("", [], dict.fromkeys(FOUND, "") | {"failure": error.code}, "")


def _charset(headers: list[tuple[str, str]]) -> str:
    """The encoding that the server declared, empty if none."""
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    found = _CHARSET.search(declared)
    return found[1] if found else ""


def _checked(reason: str) -> str:
    reason = typed(reason, "reason", limit=LONGEST_REASON, lines=False)
    if not reason:
        raise DomainError("reason_missing", "Say why it could not be fetched.", "reason")
    return reason


def _raise_if_confidential(source: Source) -> None:
    # A document of somebody who must not be known can tell who they are, in its text or in its properties.
    if source.confidential:
        raise DomainError("source_confidential", "Nothing is kept of a confidential source.")
