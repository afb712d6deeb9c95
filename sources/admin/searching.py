"""Search the archived texts (EV22): which sources have the words, and where they first stand."""

from dataclasses import dataclass

from django.db.models.functions import Left

from newsroom.core.excerpts import Excerpt, excerpt
from newsroom.core.finding import Asked, asked, newest
from sources.models import Snapshot, SnapshotText
from sources.models.snapshot import SEARCHED_LENGTH

# Hits that are shown with their words.
SHOWN_HITS = 8
# Texts whose sources the list shows, and that are looked through for hits.
MOST_SOURCES = 300
MOST_TEXTS = 60


@dataclass(frozen=True)
class Hit:
    """A snapshot that has the words, and what stands there."""

    snapshot: Snapshot
    excerpt: Excerpt


def texts_with(sought: Asked, *, most: int) -> list[tuple[int, int]]:
    """The newest texts that have all of the words, as row ids of the text and of its source.

    Of a long text only the beginning is searched (``SEARCHED_LENGTH``).
    """
    found = newest(SnapshotText.objects.all(), sought, most=most).ids
    return list(Snapshot.objects.filter(pk__in=found).order_by("-pk").values_list("pk", "source"))


def sources_with(words: str) -> list[int]:
    """The row ids of sources whose archived text has ``words``: of the newest texts that do."""
    sought = asked(words)
    return [source for _pk, source in texts_with(sought, most=MOST_SOURCES)] if sought else []


def hits(words: str, *, most: int = SHOWN_HITS) -> tuple[list[Hit], bool]:
    """The newest snapshot of each source whose text has ``words``, ``most`` of them, and whether there are more."""
    sought = asked(words)
    return hits_of(sought, most=most) if sought else ([], False)


def hits_of(sought: Asked, *, most: int = SHOWN_HITS) -> tuple[list[Hit], bool]:
    """As :func:`hits`, for what has been asked already."""
    latest: dict[int, int] = {}
    for pk, source in texts_with(sought, most=MOST_TEXTS):
        latest.setdefault(source, pk)
    chosen = list(latest.values())
    shown = SnapshotText.objects.filter(pk__in=chosen[:most]).select_related("snapshot__source")
    rows = shown.annotate(beginning=Left("text", SEARCHED_LENGTH)).defer("text", "snapshot__found")
    words = " ".join(sought.words)
    found = [Hit(row.snapshot, excerpt(words, row.beginning)) for row in rows.order_by("-pk")]
    return found, len(chosen) > most
