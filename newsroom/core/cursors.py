"""Where a reader of a list has got to, as opaque text in an address."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from re import Pattern

from newsroom.core.errors import DomainError

LONGEST = 200


def cursor_after(key: str) -> str:
    """The cursor that goes on behind the entry with ``key`` (ASCII). It holds public things only and is not secret."""
    return urlsafe_b64encode(key.encode("ascii")).decode().rstrip("=")


def key_of(cursor: str, pattern: Pattern[str], place: str) -> str:
    """The key in ``cursor``, which must match ``pattern`` whole.

    Raises DomainError ``cursor_malformed`` at ``place`` for whatever :func:`cursor_after` did not make.
    """
    try:
        if len(cursor) <= LONGEST and cursor.isascii():
            key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
            if pattern.fullmatch(key) and cursor_after(key) == cursor:
                return key
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise DomainError("cursor_malformed", "This cursor was not made here; start from the first page.", place)
