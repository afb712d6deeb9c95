"""The one live fact that finished bytes carry besides their document: that a cited source was withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from articles.rendering.dates import day_of
from sources.models import Source


@dataclass(frozen=True)
class Withdrawal:
    """When (aware), by whom (a :class:`Source.WithdrawnBy` value) and why, in the newsroom's words to readers."""

    at: datetime
    by: str
    reason: str


# By the public id of the source.
Withdrawals = Mapping[str, Withdrawal]
NONE: Withdrawals = MappingProxyType({})


def told_at(at: datetime, *, confidential: bool) -> datetime:
    """The moment (aware) of a withdrawal as machines are told: of a confidential source the day alone, as midnight UTC.

    The minute at which somebody stopped speaking to us could tell who it was. The day is the newsroom's, which pages
    print as well: two different days would narrow the moment down.
    """
    return datetime.fromisoformat(day_of(at)["iso"]).replace(tzinfo=UTC) if confidential else at


def withdrawals_of(sources: Iterable[Source]) -> dict[str, Withdrawal]:
    """Those of ``sources`` that are withdrawn; asks the database nothing."""
    return {
        source.public_id: Withdrawal(source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason)
        for source in sources
        if source.withdrawn_at
    }


def withdrawn_in(documents: Iterable[dict]) -> dict[str, Withdrawal]:
    """The sources of these editions' documents that are withdrawn: one query."""
    cited = {source["id"] for document in documents for source in document["content"]["sources"]}
    return withdrawals_of(Source.objects.filter(withdrawn_at__isnull=False, public_id__in=cited))
