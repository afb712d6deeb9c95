"""Embargoed sources: nothing that cites one shows before its moment, and what waits moves with it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from articles.access import raise_if_may_not
from articles.draft_locks import lock
from articles.holding import arrange
from articles.models import Article, Edition
from articles.rules.kinds import UNLISTED
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.merged import lock_standing, rows_of
from sources.models import Source

# Releases of one article do not overlap; this is as near as two can begin.
_NEXT = timedelta(microseconds=1)


@transaction.atomic
def embargo_source(source: Source, *, until: datetime | None, by, now: datetime) -> Source:
    """Let nothing that cites ``source`` show before ``until`` (aware, to come); None lifts the embargo.

    A waiting edition that cites it and would show earlier moves to ``until``, and what waits behind it is not
    overtaken. An edition that waited for exactly the old moment moves to an earlier one too, at the earliest to
    ``now``, but neither before the embargo of another source nor past an edition that waits before it. What is public
    stays. Raises DomainError ``not_allowed``, ``moment_without_offset``, ``moment_passed``.
    """
    raise_if_may_not(by, "embargo_source")
    if until is not None and until.tzinfo is None:
        raise DomainError("moment_without_offset", "Say the moment's offset from UTC.", "until")
    now = while_nothing_is_published(now)
    if until is not None and until <= now:
        raise DomainError(
            "moment_passed", "This moment has passed; leave it empty to lift the embargo.", "until"
        )
    source = lock_standing(source)
    before, source.embargoed_until = source.embargoed_until, until
    # With what was merged into it: editions that name that one wait for the same moment.
    itself = rows_of(source)
    Source.objects.filter(pk__in=itself).update(embargoed_until=until)
    citing = Edition.objects.waiting(now).filter(statements__citations__source__in=itself)
    # One order for all: whoever locks articles one after another never waits in a circle.
    for article in Article.objects.filter(pk__in=citing.values("article")).order_by("pk"):
        _move(lock(article), source, before, now=now, by=by)
    record(
        "source.embargoed",
        source,
        by=by,
        now=now,
        until=until.isoformat() if until else None,
        before=before.isoformat() if before else None,
    )
    return source


def _move(article: Article, source: Source, before: datetime | None, *, now: datetime, by) -> None:
    """Let the article's waiting editions show when they may now; ``before`` is when the embargo was to end."""
    waiting = list(
        Edition.objects.waiting(now)
        .filter(article=article)
        .annotate(free_from=Max("statements__citations__source__embargoed_until"))
        .select_related("release")
        .order_by("number")
    )
    citing = set(
        Edition.objects.filter(
            pk__in=[edition.pk for edition in waiting], statements__citations__source__in=rows_of(source)
        ).values_list("pk", flat=True)
    )
    shown = Edition.objects.current(now).filter(article=article).select_related("release").first()
    last = shown.release.showing.lower if shown else None
    moments: dict[int, datetime | None] = {}
    stood_before = None
    for edition in waiting:
        stood = moment = edition.release.showing.lower
        # Right behind the one before it, where an earlier embargo put it, it goes with that one.
        goes_along, stood_before = stood_before is not None and stood == stood_before + _NEXT, stood
        if edition.kind in UNLISTED:
            # It is built on none, and is not put off; what would show behind it by now never does.
            moments |= {pk: None for pk, other in moments.items() if other is not None and other >= stood}
            moments[edition.pk] = last = stood
            continue
        if edition.pk in citing:
            free_from = max(edition.free_from or now, now)
            if goes_along and last is not None:
                moment = last + _NEXT
            elif stood == before and (last is None or free_from > last):
                moment = free_from
            moment = max(moment, free_from)
        elif goes_along and last is not None:
            moment = last + _NEXT
        # Built on the edition before it, it never shows before that: at the same moment, right behind it.
        moments[edition.pk] = last = moment if last is None else max(moment, last + _NEXT)
    _arrange(article, waiting, moments, source, now=now, by=by)


def _arrange(article, waiting: list[Edition], moments: dict, source: Source, *, now: datetime, by) -> None:
    changed = [edition for edition in waiting if moments[edition.pk] != edition.release.showing.lower]
    if not changed:
        return
    arrange(article, moments, why="embargoed", now=now, by=by)
    for edition in changed:
        if moments[edition.pk] is None:
            continue
        record(
            "edition.moved",
            article,
            by=by,
            now=now,
            edition=edition.number,
            source=source.public_id,
            was=edition.release.showing.lower.isoformat(),
            shows_from=moments[edition.pk].isoformat(),
        )
