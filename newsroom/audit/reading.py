"""Read the audit log: by person, act, object and days, a page at a time from the latest back.

Every question is answered from an index and never counts: the log only grows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from newsroom.accounts.asking import hidden_from
from newsroom.audit.models import AuditEvent

# Of a name that is looked for: an index of trigrams knows nothing shorter.
SHORTEST = 3
# Rows that are read at once, for a page and while exporting.
BATCH = 1000


class Place(NamedTuple):
    """Where in the log: the moment of an event and, among those of one moment, its number."""

    at: datetime
    pk: int


@dataclass(frozen=True)
class Asked:
    """What ``reader`` wants to read; None is everything. ``since`` is within, ``until`` is not."""

    reader: object
    person: int | None = None
    act: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def events(self) -> QuerySet[AuditEvent]:
        """These events, the latest first."""
        found = told_to(self.reader, AuditEvent.objects.order_by("-at", "-pk").select_related("by"))
        if self.person is not None:
            found = found.filter(by=self.person)
        if self.act:
            found = found.filter(act=self.act)
        if self.about:
            named = Q(object_id=self.about)
            if len(self.about) >= SHORTEST:
                named |= Q(label__icontains=self.about)
            found = found.filter(named)
        if self.since:
            found = found.filter(at__gte=self.since)
        if self.until:
            found = found.filter(at__lt=self.until)
        return found


def told_to(user, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """Those of ``events`` that are not about what ``user`` may not see."""
    for kind, hidden in hidden_from(user).items():
        about = Exists(hidden.filter(public_id=OuterRef("object_id")))
        events = events.exclude(Q(about, object_type=kind))
    return events


def page_of(asked: Asked, *, after: Place | None, size: int) -> tuple[list[AuditEvent], Place | None]:
    """The events behind ``after``, at most ``size``, and the place to go on from, None at the end."""
    found = list(_behind(asked.events(), after)[: size + 1])
    rows = found[:size]
    return rows, _place(rows[-1]) if len(found) > size else None


def all_of(asked: Asked) -> Iterator[AuditEvent]:
    """All of them, in batches: as many as there are cost no more memory than a few."""
    after = None
    while batch := list(_behind(asked.events(), after)[:BATCH]):
        yield from batch
        after = _place(batch[-1])


def person_called(name: str):
    """Who has this user name, or this first and last name; None if nobody has."""
    users = get_user_model().objects.annotate(full=Concat("first_name", Value(" "), "last_name"))
    return users.filter(Q(username__iexact=name) | Q(full__iexact=name)).order_by("pk").first()


def _behind(events: QuerySet[AuditEvent], after: Place | None) -> QuerySet[AuditEvent]:
    if after is None:
        return events
    return events.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.pk))


def _place(event: AuditEvent) -> Place:
    return Place(event.at, event.pk)
