"""Put waiting editions on hold, and let them wait for another moment; what shows already never changes here.

A release that was put on hold is an empty range: nothing makes it show again. What it held goes out by publishing on
top of it, when a person has put right what was wrong.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise, takewhile

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from articles.draft_locks import lock
from articles.models import (
    Article,
    ArticleSubject,
    ChangedMoment,
    Edition,
    EditionSubject,
    Release,
    Removal,
    Rendering,
    SearchedEdition,
)
from articles.models.removal import CONFIRMED_WITHIN
from articles.noticing import those_who_may
from articles.rendering.rebuilding import rebuild
from articles.rules.kinds import UNLISTED
from articles.taking_turns import behind_what_shows, while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from newsroom.notices.telling import tell

# Why an edition can be on hold, for the desk.
WHY = {
    "source_withdrawn": _("a source it cites was withdrawn"),
    "embargoed": _("a source it cites is under embargo until the article is gone"),
    "cancelled": _("its schedule was cancelled"),
    "legal_hold": _("the article is under legal hold"),
    "recalled": _("what it says was found wrong"),
    "retraction": _("the article was retracted"),
    "unpublication": _("the article was unpublished"),
    "take_down": _("the article was taken down"),
}

_NEVER = DateTimeTZRange(empty=True)


@transaction.atomic
def hold(edition: Edition, *, why: str, now: datetime, by) -> list[Edition]:
    """Put a waiting ``edition`` on hold, and what waits on top of it; ``why`` is a key of :data:`WHY`.

    The edition before shows on. What was built on it would tell readers what it changed of a text that they never saw;
    a notice that waits to take the article away is built on none, and keeps its moment. A step of other acts: it asks
    nobody, for whoever calls has asked, and has called :func:`articles.taking_turns.while_nothing_is_published` before
    it locked any row. ``by`` is None for the system. Returns what was put on hold. Raises DomainError ``not_waiting``
    if the edition shows, has shown or is on hold already.
    """
    now = while_nothing_is_published(now)
    article = lock(edition.article)
    now = behind_what_shows(article, now)
    waiting = list(Edition.objects.waiting(now).filter(article=article).order_by("number"))
    if edition not in waiting:
        raise DomainError("not_waiting", "This edition does not wait for its moment.", "edition")
    behind = waiting[waiting.index(edition) + 1 :]
    held = [edition, *takewhile(lambda other: other.kind not in UNLISTED, behind)]
    arrange(article, dict.fromkeys(other.pk for other in held), why=why, now=now, by=by)
    return held


def hold_each(editions: Iterable[Edition], *, why: str, now: datetime, by) -> list[Edition]:
    """As :func:`hold`, for waiting editions of any articles, some of which may stand on others; returns all held.

    What turns out to show already is left out.
    """
    held: list[Edition] = []
    # One order for all: whoever locks articles one after another never waits in a circle.
    for edition in sorted(editions, key=lambda edition: (edition.article_id, edition.number)):
        if edition in held:
            continue
        try:
            held += hold(edition, why=why, now=now, by=by)
        except DomainError as refused:
            # Another process, whose clock is ahead, has announced it: it shows.
            if refused.code != "not_waiting":
                raise
    return held


def arrange(
    article: Article, moments: Mapping[int, datetime | None], *, now: datetime, by, why: str = ""
) -> None:
    """Let waiting editions of ``article``, whose row is locked, show from other ``moments`` (aware; by row key).

    None puts the edition on hold for ``why``; editions not named keep theirs. Each shows until the next one does. The
    moments must ascend with the editions' numbers, and no edition may move before one that has shown at ``now``; the
    database refuses what overlaps.
    """
    releases = [r for r in article.releases.select_related("edition") if not r.showing.isempty]
    releases.sort(key=lambda release: release.showing.lower)
    waiting = [release for release in releases if release.showing.lower > now]
    starts = {release: moments.get(release.edition_id, release.showing.lower) for release in waiting}
    held = [release for release, start in starts.items() if start is None]
    _note_changed(starts, now=now)
    shown = releases[-len(waiting) - 1 : -len(waiting)]
    chain = [(release, release.showing.lower) for release in shown]
    chain += [(release, start) for release, start in starts.items() if start is not None]
    end = releases[-1].showing.upper

    # Out of each other's way first: the constraint is checked row by row.
    Release.objects.filter(pk__in=[release.pk for release in waiting]).update(showing=_NEVER)
    Release.objects.filter(pk__in=[release.pk for release in held]).update(held_for=why)
    for (release, start), (_next, until) in pairwise([*chain, (None, end)]):
        if until is not None and start >= until:
            raise ValueError(f"{release.edition} would never show")
        Release.objects.filter(pk=release.pk).update(showing=DateTimeTZRange(start, until))
        if release in starts and release.edition.kind in UNLISTED:
            Removal.objects.filter(edition=release.edition).update(confirm_by=start + CONFIRMED_WITHIN)
    for release in held:
        record("edition.held", article, by=by, now=now, edition=release.edition.number, why=why)
        concerned = article.owners() | those_who_may("publish", article)
        tell(concerned, "edition.held", article, by=by, now=now, edition=release.edition.number)
    for model in (Rendering, EditionSubject, SearchedEdition):
        model.objects.filter(edition__in=[release.edition_id for release in held]).delete()
    ArticleSubject.objects.settle(article, now=now)
    # Dates stand in the finished bytes, also when the article will first have shown.
    rebuild([release.edition_id for release, start in starts.items() if start is not None])


def _note_changed(starts: Mapping[Release, datetime | None], *, now: datetime) -> None:
    """Have partners told which editions under embargo, of these in their order, are about to have another moment, or
    none: whoever has read one would show it at the old one. One query, and one more where any has."""
    embargoed = {release: start for release, start in starts.items() if release.embargoed}
    if not embargoed:
        return
    own = ChangedMoment.subjects_of(release.edition_id for release in embargoed)
    about: set[str] = set()
    changed = []
    for release, start in embargoed.items():
        about |= own.get(release.edition_id, set())
        if start != (was := release.showing.lower):
            its = {"article_id": release.article_id, "edition_id": release.edition_id, "about": sorted(about)}
            changed.append(ChangedMoment(was=was, until=start, at=now, **its))
    if changed:
        ChangedMoment.objects.bulk_create(changed)
        # By name: who is told of it is known above.
        defer("newsroom.partners.tasks.make_deliveries")
