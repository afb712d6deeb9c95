"""The lists of My desk: their rows, and how many are shown."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

# What is further down is found by the list's own page.
SHOWN = 8


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    about: str = ""
    # (class of the tag, words)
    tags: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """One list; ``more`` is where the rest is, empty if this is all."""

    name: str
    title: Promise | str
    rows: list[Row]
    more: str = ""
    urgent: bool = False


def listed(name: str, title, rows: QuerySet, as_row, *, more: str = "", urgent: bool = False) -> Listed:
    found = list(rows[: SHOWN + 1])
    return Listed(
        name, title, [as_row(row) for row in found[:SHOWN]], more if len(found) > SHOWN else "", urgent
    )


def moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H:i")
