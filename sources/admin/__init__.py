"""The desk's pages of sources, publishers and speakers. Pages that join them with their uses live in ``articles``.

May be imported by ``articles.admin``, which hangs its own pages of a source in.
"""

from sources.admin import (
    compare_page,
    origins_page,
    raw_pages,
    snapshot_page,
    snapshots_page,
    source,
    speaker,
)

__all__ = [
    "compare_page",
    "origins_page",
    "raw_pages",
    "snapshot_page",
    "snapshots_page",
    "source",
    "speaker",
]
