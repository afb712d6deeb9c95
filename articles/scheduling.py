"""Change when an edition that waits will show, or let it not show at all; what shows already never changes here."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.draft_locks import lock
from articles.holding import arrange, hold
from articles.models import Edition, Release
from articles.publishing.going_out import raise_if_no_moment
from articles.taking_turns import behind_what_shows, while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.notices.telling import tell


@transaction.atomic
def reschedule(edition: Edition, *, at: datetime, by, now: datetime) -> Release:
    """Let the waiting ``edition`` show from ``at`` (aware) instead.

    It stays between the editions that wait before and after it, and shows no earlier than the latest embargo of its
    sources. Raises DomainError ``not_allowed``, ``not_waiting``, ``moment_passed``, ``moment_without_offset``,
    ``out_of_order``, ``source_embargoed``.
    """
    raise_if_may_not(by, "reschedule", edition.article)
    now, article, waiting = _turn(edition, now)
    raise_if_no_moment(at, now=now)
    raise_if_under_embargo(edition, at)
    for other in waiting:
        starts = other.release.showing.lower
        if (other.number < edition.number and starts >= at) or (
            other.number > edition.number and starts <= at
        ):
            raise DomainError(
                "out_of_order",
                "Edition %(number)s waits to show from %(starts)s UTC.",
                "at",
                number=other.number,
                starts=f"{starts:%Y-%m-%d %H:%M}",
            )
    was = edition.release.showing.lower
    arrange(article, {edition.pk: at}, now=now, by=by)
    facts = {"edition": edition.number, "was": was.isoformat(), "shows_from": at.isoformat()}
    record("edition.rescheduled", article, by=by, now=now, **facts)
    told = {"edition": edition.number, "when": at.isoformat()}
    tell(article.owners(), "edition.rescheduled", article, by=by, now=now, **told)
    return Release.objects.get(edition=edition)


@transaction.atomic
def cancel(edition: Edition, *, by, now: datetime) -> list[Edition]:
    """Put the waiting ``edition`` on hold, and what was built on it; returns them.

    Raises DomainError ``not_allowed``, ``not_waiting``.
    """
    raise_if_may_not(by, "reschedule", edition.article)
    return hold(edition, why="cancelled", now=now, by=by)


def raise_if_under_embargo(edition: Edition, at: datetime) -> None:
    """Raises DomainError ``source_embargoed`` if a source of ``edition`` is embargoed beyond ``at``."""
    cited = edition.statements.filter(citations__source__embargoed_until__gt=at)
    if cited.exists():
        raise DomainError("source_embargoed", "A source it cites is under embargo until later.", "at")


def _turn(edition: Edition, now: datetime):
    """The moment at which the turn came, the locked article, and its editions that wait then."""
    now = while_nothing_is_published(now)
    article = lock(edition.article)
    now = behind_what_shows(article, now)
    waiting = list(
        Edition.objects.waiting(now).filter(article=article).select_related("release").order_by("number")
    )
    if edition not in waiting:
        raise DomainError("not_waiting", "This edition does not wait for its moment.", "edition")
    return now, article, waiting
