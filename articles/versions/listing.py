"""The versions of a draft, newest first: who saved them, when, and what that changed, in a line each.

What a page saved by itself is kept like any other save. So that it does not hide the rest, a row tells of all that one
person's page saved by itself within minutes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from articles.models import Article
from newsroom.audit.models import AuditEvent

# Saves read for one page, and the longest pause within one row.
READ = 300
PAUSE = timedelta(minutes=10)

_SAVED = ("article.created", "article.imported", "article.saved")
_RESTORED = "article.version_restored"


@dataclass
class Row:
    """Versions ``first`` to ``number``, saved by ``by`` from ``since`` until ``at``.

    ``words`` is how many the body has, ``more_words`` how many that is more than in the version before: None where that
    is not known. ``restored`` is what was brought back, a number or ``aside``.
    """

    number: int
    first: int
    by: object
    since: datetime
    at: datetime
    unattended: bool
    words: int | None
    fields: set[str] = field(default_factory=set)
    more_words: int | None = None
    restored: int | str | None = None

    @property
    def count(self) -> int:
        return self.number - self.first + 1


def versions(article: Article, *, before: int | None = None) -> tuple[list[Row], int | None]:
    """A page of rows behind the audit event ``before``, and the one to go on behind, None at the end. One query."""
    events = AuditEvent.objects.filter(
        object_type="article", object_id=article.public_id, act__in=[*_SAVED, _RESTORED]
    ).select_related("by")
    if before is not None:
        events = events.filter(pk__lt=before)
    found = list(events.order_by("-pk")[: READ + 1])
    rows, restored = [], {}
    for event in found[:READ]:
        if event.act == _RESTORED:
            restored[event.data["version"]] = event.data["of"]
        else:
            _add(rows, event, restored)
    more = len(found) > READ
    if more and rows and "words" in found[READ].data:
        _count_words(rows[-1], found[READ].data["words"])
    return rows, found[READ - 1].pk if more else None


def _add(rows: list[Row], event: AuditEvent, restored: dict) -> None:
    """Put a save, older than what ``rows`` has, into the last of them or behind it."""
    number = event.data.get("version", 1)
    fields, words = set(event.data.get("fields", ())), event.data.get("words")
    unattended = event.data.get("unattended", False)
    last = rows[-1] if rows else None
    if last and unattended and last.unattended and last.by == event.by and last.since - event.at <= PAUSE:
        last.first, last.since = number, event.at
        last.fields |= fields
        return
    if last:
        _count_words(last, words)
    row = Row(number, number, event.by, event.at, event.at, unattended, words, fields)
    row.restored = restored.get(number)
    rows.append(row)


def _count_words(row: Row, before: int | None) -> None:
    if before is not None and row.words is not None:
        row.more_words = row.words - before
