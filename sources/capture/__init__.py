"""Archived copies of sources: fetched with care, uploaded or pasted, kept as WARC with their text."""
