"""Put waiting editions on hold, and let them wait for another moment; what shows already never changes here.

A release that was put on hold is an empty range: nothing makes it show again. What it held goes out by publishing on
top of it, when a person has put right what was wrong.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from articles.drafting import lock
from articles.models import Article, Edition, Release, Rendering
from articles.rendering.rebuilding import rebuild
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

# Why an edition can be on hold, for the desk.
WHY = {
    "source_withdrawn": _("a source it cites was withdrawn"),
    "overtaken": _("a later edition shows at the same moment"),
    "cancelled": _("its schedule was cancelled"),
    "recalled": _("what it says was found wrong"),
    "retraction": _("the article was retracted"),
    "unpublication": _("the article was unpublished"),
    "take_down": _("the article was taken down"),
}

_NEVER = DateTimeTZRange(empty=True)


@transaction.atomic
def hold(edition: Edition, *, why: str, now: datetime, by) -> Release:
    """Put a waiting ``edition`` on hold; ``why`` is a key of :data:`WHY`. The edition before it shows on.

    A step of other acts: it asks nobody, for whoever calls has asked, and has called
    :func:`articles.taking_turns.while_nothing_is_published` before it locked any row. ``by`` is None for the system.
    Raises DomainError ``not_waiting`` if the edition shows, has shown or is on hold already.
    """
    now = while_nothing_is_published(now)
    article = lock(edition.article)
    if not Edition.objects.waiting(now).filter(pk=edition.pk).exists():
        raise DomainError("not_waiting", "This edition does not wait for its moment.", "edition")
    arrange(article, {edition.pk: None}, why=why, now=now, by=by)
    return Release.objects.get(edition=edition)


def arrange(article: Article, moments: Mapping[int, datetime | None], *, why: str, now: datetime, by) -> None:
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
    for release in held:
        record("edition.held", article, by=by, now=now, edition=release.edition.number, why=why)
    Rendering.objects.filter(edition__in=[release.edition_id for release in held]).delete()
    # Dates stand in the finished bytes, also when the article will first have shown.
    rebuild([release.edition_id for release, start in starts.items() if start is not None])
