"""Make editions of drafts, and announce what has become visible."""

from articles.publishing.announcing import announce_due, announce_opened
from articles.publishing.archive import release_as_archive
from articles.publishing.going_out import publish

__all__ = ["announce_due", "announce_opened", "publish", "release_as_archive"]
