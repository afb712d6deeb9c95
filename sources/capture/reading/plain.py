"""Read plain text: a line is a block."""

from sources.capture.reading.encodings import decode
from sources.capture.reading.form import extracted


def read_plain(data: bytes, *, charset: str = "") -> dict:
    """The text as it is, in the one form; ``charset`` is what the server declared."""
    text = decode(data, charset) or data.decode("utf-8", "replace")
    return extracted([text.splitlines()], by="plain", found={})
