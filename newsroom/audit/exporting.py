"""Give the audit log out as a file: CSV for a spreadsheet, or a JSON object a line."""

import csv
import json
from collections.abc import Callable, Iterator

from newsroom.audit.models import AuditEvent
from newsroom.audit.reading import Asked, all_of

COLUMNS = ("at", "person", "person_id", "through", "act", "object_type", "object_id", "label", "data")
# What a spreadsheet may take for a formula where a cell begins with it, also in their wide forms.
_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def row_of(event: AuditEvent) -> dict:
    """One event as it is given out; the moment in UTC."""
    return {
        "at": event.at.isoformat(),
        "person": str(event.by) if event.by else "",
        "person_id": event.by.public_id if event.by else "",
        "through": event.through,
        "act": event.act,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "label": event.label,
        "data": event.data,
    }


def as_csv(asked: Asked) -> Iterator[str]:
    """Rows of CSV (RFC 4180), every cell in quotes, none of which a spreadsheet takes for a formula."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield writer.writerow(COLUMNS)
    for event in all_of(asked):
        row = row_of(event) | {"data": json.dumps(event.data, ensure_ascii=False, sort_keys=True)}
        yield writer.writerow([harmless(row[name]) for name in COLUMNS])


def as_lines(asked: Asked) -> Iterator[str]:
    """A JSON object a line."""
    for event in all_of(asked):
        yield json.dumps(row_of(event), ensure_ascii=False, sort_keys=True) + "\n"


def harmless(cell: str) -> str:
    """``cell`` with an apostrophe before what a spreadsheet would work out."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULAS) else cell


class _Echo:
    """A file that hands back what is written, for a writer of rows."""

    def write(self, text: str) -> str:
        return text


# format: (what writes it, media type)
FORMATS: dict[str, tuple[Callable[[Asked], Iterator[str]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "jsonl": (as_lines, "application/x-ndjson"),
}
