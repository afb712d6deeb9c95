"""Two archived texts side by side, word by word: a source's captures over time, or two sources that look alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PUBLIC_ID
from sources.admin.pages import SourcePage, around_source, page_of_source
from sources.admin.reading import without_edges
from sources.models import Snapshot, SnapshotText, Source
from sources.passages.offering import difference

# Code points of unchanged text that stay on either side of a change, and rows that are shown.
CONTEXT = 160
SHOWN_ROWS = 300
# Of each text; where two books differ, the beginning tells how.
COMPARED = 200_000


@dataclass
class Row:
    """What stands side by side: (op, text) of the left and of the right; or ``skipped`` words that are the same."""

    left: list[tuple[str, str]] = field(default_factory=list)
    right: list[tuple[str, str]] = field(default_factory=list)
    skipped: int = 0


@page_of_source
class ComparePage(SourcePage):
    """``?old=&new=``: two snapshots; ``?with=``: the latest of this source and of another."""

    name = "compare"
    under = "snapshots"
    title = _("Compare")
    template = "admin/sources/source/compare.html"

    def around(self, request, source):
        return around_source(source, "origins" if "with" in request.GET else self.under)

    def context(self, request, source, bound):
        if "with" in request.GET:
            pair = _latest(source, _public_id(request, "with"))
        else:
            pair = [_asked(source, _public_id(request, name)) for name in ("old", "new")]
        if None in pair:
            raise Http404
        texts = dict(SnapshotText.objects.filter(snapshot__in=pair).values_list("snapshot", "text"))
        old, new = (texts.get(snapshot.pk, "") for snapshot in pair)
        rows = rows_of(difference(old[:COMPARED], new[:COMPARED]))
        return {
            "pair": pair,
            "rows": rows[:SHOWN_ROWS],
            "more": len(rows) > SHOWN_ROWS or max(len(old), len(new)) > COMPARED,
            "alike": not any(row.left or row.right for row in rows),
        }


def _public_id(request, name: str) -> str:
    """What the address gives for ``name``; raises Http404 where that is no public id."""
    given = request.GET.get(name, "")
    if not PUBLIC_ID.fullmatch(given):
        raise Http404
    return given


def _asked(source: Source, public_id: str) -> Snapshot | None:
    found = Snapshot.objects.filter(source=source, public_id=public_id).select_related("source__publisher")
    return found.defer("found").first()


def _latest(source: Source, other: str) -> list[Snapshot | None]:
    usable = Snapshot.objects.filter(obstacle="").select_related("source__publisher").defer("found")
    return [
        usable.filter(source=source).order_by("-pk").first(),
        usable.filter(source__public_id=other).order_by("-pk").first(),
    ]


def rows_of(changes: Iterable[tuple[str, str]]) -> list[Row]:
    """The ``same``, ``gone`` and ``new`` words of two texts as rows; what is the same for long is left out."""
    rows, row = [], Row()
    changes = list(changes)
    for number, (op, text) in enumerate(changes):
        if op == "gone":
            row.left += without_edges([(op, text)])
        elif op == "new":
            row.right += without_edges([(op, text)])
        else:
            before, skipped, after = _cut(text, first=not number, last=number == len(changes) - 1)
            if skipped:
                _add(row, before)
                rows += [row, Row(skipped=skipped)]
                row = Row()
                _add(row, after.lstrip())
            else:
                _add(row, before)
    return [row for row in (*rows, row) if row.left or row.right or row.skipped]


def _add(row: Row, text: str) -> None:
    if text:
        row.left.append(("same", text))
        row.right.append(("same", text))


def _cut(text: str, *, first: bool, last: bool) -> tuple[str, int, str]:
    """The beginning of unchanged ``text``, how many words are left out, and its end."""
    head, tail = 0 if first else CONTEXT, 0 if last else CONTEXT
    if len(text) <= head + tail + CONTEXT:
        return text, 0, ""
    start = text.find(" ", head) + 1 if head else 0
    end = text.rfind(" ", 0, len(text) - tail) if tail else len(text)
    if start >= end:
        return text, 0, ""
    return text[:start], len(text[start:end].split()), text[end:]
