"""Suggest which of two sources that look alike copies the other. It is only shown: a person decides."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.db.models.functions import Left, Right
from django.utils.translation import gettext as _

from sources.capture.describing import moments_told
from sources.models import Likeness, Snapshot, SnapshotText, Source

# Where a text says from whom it was taken over: in its dateline and first sentences, or in its last. Characters.
_EDGE = 600

# Agencies by their short names, and how a text names them.
_AGENCIES = {
    name: re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for name, words in {
        "AFP": r"AFP|Agence France-Presse",
        "ANSA": r"ANSA",
        "AP": r"\(AP\)|AP(?=\s[–—-])|(?:The )?Associated Press",
        "dpa": r"dpa|Deutsche Presse-Agentur",
        "EFE": r"EFE",
        "Interfax": r"Interfax",
        "Kyodo": r"Kyodo(?: News)?",
        "PA": r"PA Media|Press Association",
        "PAP": r"PAP|Polska Agencja Prasowa|Polskiej Agencji Prasowej|Polish Press Agency",
        "Reuters": r"Reuters|REUTERS",
        "Ukrinform": r"Ukrinform",
        "Xinhua": r"Xinhua",
    }.items()
}
_RELEASE = re.compile(r"\b(?:press|news|media) (?:release|statement)\b|\bkomunika\w+ prasow", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """That ``source`` may derive from ``of``, with the reasons as sentences, the strongest first.

    ``how`` is a Source.Derivation, or empty where nothing speaks for one of them.
    """

    source: Source
    of: Source
    how: str
    reasons: list[str]


@dataclass(frozen=True)
class _Seen:
    """What speaks for or against a source: when it came, and whom its text names."""

    source: Source
    captured_at: datetime | None
    published_at: datetime | None
    names: list[str]
    release: bool

    @property
    def is_agency(self) -> bool:
        """Whether an agency put it out."""
        name = self.source.publisher.name if self.source.publisher else ""
        return any(name == agency or words.search(name) for agency, words in _AGENCIES.items())

    @property
    def way(self) -> str:
        if self.names:
            return Source.Derivation.WIRE_COPY
        return Source.Derivation.PRESS_RELEASE if self.release else ""


def suggestions_for(likenesses: Iterable[Likeness]) -> dict[int, Suggestion]:
    """A suggestion for each pair, by the row id of the likeness. Three queries, which read the edges of texts only,
    if ``left`` and ``right`` came with their publishers."""
    likenesses = list(likenesses)
    seen = _see({source for pair in likenesses for source in (pair.left, pair.right)})
    return {pair.pk: _suggest(seen[pair.left_id], seen[pair.right_id]) for pair in likenesses}


def _see(sources: set[Source]) -> dict[int, _Seen]:
    usable = Snapshot.objects.filter(source__in=sources, obstacle="")
    first = dict(usable.order_by().values_list("source").annotate(Min("captured_at")))
    latest = SnapshotText.objects.filter(snapshot__in=usable).order_by("snapshot__source_id", "-pk")
    edges = latest.distinct("snapshot__source_id").values_list(
        "snapshot__source_id", Left("text", _EDGE), Right("text", _EDGE)
    )
    published = moments_told(sources)
    read = {pk: f"{beginning}\n{end}" for pk, beginning, end in edges}
    return {
        source.pk: _Seen(
            source=source,
            captured_at=first.get(source.pk),
            published_at=published.get(source.pk),
            names=[name for name, words in _AGENCIES.items() if words.search(read.get(source.pk, ""))],
            release=bool(_RELEASE.search(read.get(source.pk, ""))),
        )
        for source in sources
    }


def _suggest(one: _Seen, other: _Seen) -> Suggestion:
    for judge in (_by_agency, _by_release, _by_time):
        if found := judge(one, other) or judge(other, one):
            return found
    # Nothing tells them apart: the one that was entered later is as good as the other.
    origin, copy = sorted((one, other), key=lambda seen: seen.source.pk)
    return _of(copy, origin, copy.way)


def _by_agency(copy: _Seen, origin: _Seen) -> Suggestion | None:
    if not origin.is_agency or copy.is_agency:
        return None
    reason = _("“%(source)s” is the text of an agency.") % {"source": origin.source}
    return _of(copy, origin, Source.Derivation.WIRE_COPY, reason)


def _by_release(copy: _Seen, origin: _Seen) -> Suggestion | None:
    statement = Source.Kind.STATEMENT
    if origin.source.kind != statement or copy.source.kind == statement:
        return None
    reason = _("“%(source)s” is a statement or press release.") % {"source": origin.source}
    return _of(copy, origin, Source.Derivation.PRESS_RELEASE, reason)


def _by_time(copy: _Seen, origin: _Seen) -> Suggestion | None:
    earlier, later = _times(origin, copy)
    if earlier is None or later is None or earlier >= later:
        return None
    reason = _("“%(source)s” is the earlier of the two.") % {"source": origin.source}
    return _of(copy, origin, copy.way, reason)


def _times(one: _Seen, other: _Seen) -> tuple[date | datetime | None, date | datetime | None]:
    """The days of publication if both are known and differ, else the moments if both are told, else those of the first
    captures."""
    days = one.source.published_on, other.source.published_on
    if None not in days and days[0] != days[1]:
        return days
    if one.published_at and other.published_at and one.published_at != other.published_at:
        return one.published_at, other.published_at
    return one.captured_at, other.captured_at


def _of(copy: _Seen, origin: _Seen, how: str, *reasons: str) -> Suggestion:
    told = {"source": copy.source, "agencies": ", ".join(copy.names)}
    if copy.names:
        reasons += (_("“%(source)s” names %(agencies)s.") % told,)
    if copy.release:
        reasons += (_("“%(source)s” speaks of a press release.") % told,)
    return Suggestion(copy.source, origin.source, how, list(reasons))
