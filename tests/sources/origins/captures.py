"""Sources with a captured text."""

import hashlib
from datetime import datetime

from sources.models import Snapshot, SnapshotText, Source
from tests.making import NOW, make_source


def capture(source: Source, text: str, *, at: datetime = NOW, **fields) -> Snapshot:
    """A snapshot of ``source`` with ``text`` and ``fields``, as a capture would leave it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    snapshot = Snapshot.objects.create(
        source=source,
        way="fetched",
        requested_url=source.url,
        final_url=source.url,
        status=200,
        media_type="text/html",
        sha256=digest,
        size=len(text),
        warc_sha256=digest,
        warc_size=len(text),
        extractor="test 1",
        captured_at=at,
        **fields,
    )
    SnapshotText.objects.create(snapshot=snapshot, text=text)
    return snapshot


def captured_source(by, text: str, *, at: datetime = NOW, **fields) -> Snapshot:
    return capture(make_source(by, **fields), text, at=at)
