"""Where a reader of a list has got to, as opaque text in an address."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from re import Pattern

from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID

LONGEST = 200
# A moment (UTC) as :func:`key_at` writes it.
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"
# The key of an entry in a list by date: its moment, and its public id.
DATED = re.compile(rf"(?P<moment>{MOMENT}) (?P<public_id>{PUBLIC_ID.pattern})")


def cursor_after(key: str) -> str:
    """The cursor that goes on behind the entry with ``key`` (ASCII). It holds public things only and is not secret."""
    return urlsafe_b64encode(key.encode("ascii")).decode().rstrip("=")


def key_of(cursor: str, pattern: Pattern[str], place: str) -> str:
    """The key in ``cursor``, which must match ``pattern`` whole; a group ``moment`` of it is a moment that exists.

    Raises DomainError ``cursor_malformed`` at ``place`` for whatever :func:`cursor_after` did not make.
    """
    try:
        if len(cursor) <= LONGEST and cursor.isascii():
            key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
            found = pattern.fullmatch(key)
            if found and cursor_after(key) == cursor:
                if "moment" in pattern.groupindex:
                    datetime.fromisoformat(found["moment"])
                return key
    except ValueError:  # Not base64, not ASCII, or in no calendar.
        pass
    raise DomainError("cursor_malformed", "This cursor was not made here; start from the first page.", place)


def key_at(at: datetime) -> str:
    """An aware ``at`` as it stands in a key as :data:`DATED`: sorts before the keys of all from that moment on."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def dated(key: str) -> tuple[datetime, str]:
    """The moment (aware) and the public id in a key as :data:`DATED`, which :func:`key_of` has let through."""
    moment, _, public_id = key.partition(" ")
    return datetime.fromisoformat(moment), public_id
