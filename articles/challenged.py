"""What became of readers' challenges, as everybody may read it: the public side alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from articles.models import ChallengeOutcome, Edition
from newsroom.core.cursors import dated, key_at

_COLUMNS = (
    "public_id",
    "key",
    "wording",
    "doubt",
    "outcome",
    "answer",
    "asked_at",
    "answered_at",
    "told_at",
    "edition__number",
    "edition__article__slug",
    "language",
    "correction__public_id",
    "correction__edition__number",
)

MOST_OF_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome: of which sentence of which edition, and the edition that corrected it (None: none did)."""

    id: str
    key: str
    wording: str
    doubt: str
    outcome: str
    answer: str
    asked_at: datetime
    answered_at: datetime
    told_at: datetime
    number: int
    slug: str
    language: str
    correction: str | None
    corrected_in: int | None

    @property
    def list_key(self) -> str:
        """Its place among all, newest first."""
        return f"{key_at(self.told_at)} {self.id}"


def outcomes(*, now: datetime, before: str | None = None, limit: int) -> list[Told]:
    """At most ``limit`` outcomes that can be read, newest first, behind the one with key ``before``. One query."""
    rows = _readable(now).order_by("-told_at", "-public_id")
    if before is not None:
        at, public_id = dated(before)
        rows = rows.filter(Q(told_at__lt=at) | Q(told_at=at, public_id__lt=public_id))
    return _told(rows[:limit])


def outcomes_of(slug: str, key: str, *, now: datetime) -> list[Told]:
    """The newest outcomes about one sentence of this article, in whatever edition it was read. One query."""
    rows = _readable(now).filter(edition__article__slug=slug, key=key)
    return _told(rows.order_by("-told_at", "-public_id")[:MOST_OF_SENTENCE])


def outcomes_by(corrections: list[str], *, now: datetime) -> dict[str, Told]:
    """By public id of a correction, the newest outcome that it was. One query."""
    rows = _readable(now).filter(correction__public_id__in=corrections).order_by("told_at", "public_id")
    return {told.correction: told for told in _told(rows) if told.correction}


def _readable(now: datetime) -> QuerySet[ChallengeOutcome]:
    return ChallengeOutcome.objects.filter(edition__in=Edition.objects.readable(now))


def _told(rows: QuerySet[ChallengeOutcome]) -> list[Told]:
    return [Told(*row) for row in rows.values_list(*_COLUMNS)]
