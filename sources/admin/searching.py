"""Search the archived texts (EV22): which sources have the words, and where they first stand."""

import re
from dataclasses import dataclass
from itertools import islice

from django.contrib.postgres.search import Lexeme, SearchQuery
from django.db.models import QuerySet
from django.db.models.functions import Left

from sources.models import Snapshot, SnapshotText
from sources.models.snapshot import SEARCHED, SEARCHED_LENGTH

# Words of a search that count, and hits that are shown with their words.
MOST_WORDS = 8
SHOWN_HITS = 8
# Texts whose sources the list shows, and that are looked through for hits.
MOST_SOURCES = 300
MOST_TEXTS = 60
# Of a word in one text.
MOST_PLACES = 50
# Characters before and after the words of a hit.
AROUND = 90
# PostgreSQL refuses a word of more than 2046 bytes.
_WORD = re.compile(r"\w{1,200}")


@dataclass(frozen=True)
class Hit:
    """A snapshot that has the words: ``before``, ``found`` and ``after`` are what stands there."""

    snapshot: Snapshot
    before: str
    found: str
    after: str


def texts_with(words: str) -> QuerySet[SnapshotText] | None:
    """The texts that have all of ``words``, each as the beginning of a word; None where there is no word to search.

    Of a long text only the beginning is searched (``SEARCHED_LENGTH``), by its index.
    """
    tokens = _WORD.findall(words)[:MOST_WORDS]
    if not tokens:
        return None
    asked = Lexeme(tokens[0], prefix=True)
    for token in tokens[1:]:
        asked &= Lexeme(token, prefix=True)
    return SnapshotText.objects.annotate(words=SEARCHED).filter(words=SearchQuery(asked, config="simple"))


def sources_with(words: str) -> list[int]:
    """The row ids of sources whose archived text has ``words``: of the newest texts that do. One query at most."""
    texts = texts_with(words)
    if texts is None:
        return []
    return list(texts.order_by("-pk").values_list("snapshot__source", flat=True)[:MOST_SOURCES])


def hits(words: str) -> tuple[list[Hit], bool]:
    """The newest snapshot of each source whose text has ``words``, and whether there are more. Two queries at most."""
    texts = texts_with(words)
    if texts is None:
        return [], False
    newest: dict[int, int] = {}
    for pk, source in texts.order_by("-pk").values_list("pk", "snapshot__source")[:MOST_TEXTS]:
        newest.setdefault(source, pk)
    chosen = list(newest.values())
    shown = SnapshotText.objects.filter(pk__in=chosen[:SHOWN_HITS]).select_related("snapshot__source")
    rows = shown.annotate(beginning=Left("text", SEARCHED_LENGTH)).defer("text", "snapshot__found")
    found = []
    for row in rows.order_by("-pk"):
        span = first_place(words, row.beginning) or (0, 0)
        found.append(_hit(row.snapshot, row.beginning, *span))
    return found, len(chosen) > SHOWN_HITS


def first_place(words: str, text: str) -> tuple[int, int] | None:
    """Where ``words`` first stand in ``text``, whatever their case and what parts them; else the rarest of them."""
    tokens = [re.escape(token) for token in _WORD.findall(words)[:MOST_WORDS]]
    if not tokens:
        return None
    if found := re.search(r"\b" + r"\W+".join(tokens), text, re.IGNORECASE):
        return found.span()
    spans = []
    for token in tokens:
        places = islice(re.finditer(rf"\b{token}", text, re.IGNORECASE), MOST_PLACES)
        spans.append([found.span() for found in places])
    rarest = min(filter(None, spans), key=len, default=None)
    return rarest[0] if rarest else None


def _hit(snapshot: Snapshot, text: str, start: int, end: int) -> Hit:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return Hit(snapshot, before, text[start:end], after)
