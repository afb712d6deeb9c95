"""A person's own notices: how many are unread, a page of them, and that they were read."""

import re
from dataclasses import dataclass
from datetime import datetime

from newsroom.core.errors import DomainError
from newsroom.notices.models import Notice

PAGE = 50
# No more are counted.
COUNTED = 100
_CURSOR = re.compile(r"([ur])(\d{1,18})")


@dataclass(frozen=True)
class Page:
    """``after`` is the cursor of the page behind, "" if there is none."""

    notices: list[Notice]
    after: str


def unread(user) -> int:
    """How many notices ``user`` has not read, at most :data:`COUNTED`. One indexed query."""
    return len(Notice.objects.filter(to=user, read_at=None).values_list("pk")[:COUNTED])


def page_of(user, cursor: str = "") -> Page:
    """A page of the notices to ``user``: first the unread ones, then the others, the newest of each first.

    Raises DomainError ``cursor_malformed``.
    """
    part, before = "u", None
    if cursor:
        found = _CURSOR.fullmatch(cursor) if cursor.isascii() else None
        if not found:
            raise DomainError("cursor_malformed", "Start from the first page of the notices.", "cursor")
        part, before = found[1], int(found[2])
    rows: list[Notice] = []
    if part == "u":
        rows = _some(user, before, PAGE + 1, read_at=None)
        before = None
    if len(rows) <= PAGE:
        rows += _some(user, before, PAGE + 1 - len(rows), read_at__isnull=False)
    if len(rows) <= PAGE:
        return Page(rows, "")
    last = rows[PAGE - 1]
    # Where the next page begins with the first that was read, there is nothing to go on behind yet.
    after = f"u{last.pk}" if last.read_at is None else f"r{last.pk}"
    return Page(rows[:PAGE], after)


def mark_read(user, notice: int, *, now: datetime) -> Notice | None:
    """That ``user`` has read their notice with this key; None if they have none such."""
    found = Notice.objects.filter(to=user, pk=notice).first()
    if found and found.read_at is None:
        found.read_at = now
        found.save(update_fields=["read_at"])
    return found


def mark_all_read(user, *, up_to: int, now: datetime) -> int:
    """That ``user`` has read all notices up to the one with the key ``up_to``, the newest they saw; how many."""
    return Notice.objects.filter(to=user, read_at=None, pk__lte=up_to).update(read_at=now)


def _some(user, before: int | None, limit: int, **which) -> list[Notice]:
    rows = Notice.objects.filter(to=user, **which).select_related("by")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])
