"""The desk's pages of sources, publishers and speakers. Pages that join them with their uses live in ``articles``."""

from sources.admin import source, speaker

__all__ = ["source", "speaker"]
