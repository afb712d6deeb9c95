"""Say of a source what its document says of itself, where nobody has said it yet."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.functions import Lower

from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.merged import standing_for
from newsroom.core.slugs import free_slug
from newsroom.core.typed import typed
from sources.models import Publisher, Snapshot, Source

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


def fill_in(source: Source, found: dict, *, by, now: datetime) -> list[str]:
    """Set on ``source``, locked and unsaved, what it lacks and ``found`` has; return the names of the fields set.

    ``found`` is as of :attr:`sources.models.Snapshot.found`. What a person typed is never replaced; a publisher is
    found by its name, whatever the case, or made. ``by`` is who asked for the capture, None for the schedule. What an
    edition has printed is left to an editor.
    """
    if source.is_printed:
        return []
    said = {
        "title": _line(found, "title", 500),
        "creators": _line(found, "authors", 500),
        "published_on": _day(found, now),
        "language": _language(found),
    }
    filled = [field for field, value in said.items() if value and not getattr(source, field)]
    for field in filled:
        setattr(source, field, said[field])
    if source.publisher_id is None and (name := _line(found, "publisher", 200)):
        source.publisher = _publisher(name, by=by, now=now)
        filled.append("publisher")
    return filled


def moments_told(sources: Iterable[Source]) -> dict[int, datetime]:
    """By row id, the moment (UTC) at which each source was published, where a capture of it tells one of the very day
    that stands in ``published_on``. One query.

    The day is what is kept of a source and printed; the time is read from what the document said of itself, so that
    it goes as soon as a person gives another day. Midnight is how many pages write a day without a time, and a
    time without an offset is nobody knows when: neither tells a moment. Of a confidential source nothing is told.
    """
    days = {source.pk: source.published_on for source in sources if source.published_on}
    told = Snapshot.objects.filter(source__in=days, obstacle="", source__confidential=False)
    told = told.annotate(published=KT("found__published")).filter(published__contains="T")
    found = {}
    for pk, published in told.order_by("source", "-pk").values_list("source", "published"):
        try:
            moment = datetime.fromisoformat(published)
        except ValueError:
            continue
        if moment.date() == days[pk] and moment.utcoffset() is not None and moment.time() != time.min:
            found.setdefault(pk, moment.astimezone(UTC))
    return found


def _line(found: dict, key: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut if need be; empty for what could not be typed at the desk."""
    value = found.get(key)
    if not isinstance(value, str):
        return ""
    value = " ".join(value.split())
    try:
        return typed(
            value if len(value) <= limit else value[: limit - 1] + "…", key, limit=limit, lines=False
        )
    except DomainError:
        return ""


def _day(found: dict, now: datetime) -> date | None:
    """The day of publishing as the page writes it, in its own time zone; None for one that has not come."""
    try:
        day = date.fromisoformat(str(found.get("published"))[:10])
    except ValueError:
        return None
    # A day's grace: it may be tomorrow there.
    return day if date(1400, 1, 1) < day <= now.date() + timedelta(days=1) else None


def _language(found: dict) -> str:
    language = str(found.get("language")).strip().replace("_", "-")
    language = language[:3].lower() + language[3:]
    return language if _LANGUAGE.fullmatch(language) and len(language) <= 12 else ""


def _publisher(name: str, *, by, now: datetime) -> Publisher:
    # Folded by the database, whose constraint says which names are the same.
    known = Publisher.objects.alias(folded=Lower("name")).filter(folded=Lower(Value(name))).first()
    if known:
        return standing_for(known)
    publisher, made = Publisher.objects.get_or_create(
        name=name, defaults={"slug": free_slug(Publisher, name)}
    )
    if made:
        record("publisher.entered", publisher, by=by, now=now)
    return publisher
