"""Statements as partners have them one by one: those of listed editions, by article and key.

A key lasts as long as its sentence: by it the statement is found in whichever edition shows.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from articles.filtering import Filters, editions
from articles.models import Edition, Statement
from articles.rules.entitlements import Entitlement
from articles.rules.subjects import About
from articles.searching.bounded import within_time
from articles.searching.narrowing import meeting
from articles.uses import statements_told
from newsroom.core.cursors import DATED

# Where a list of statements goes on: behind this position in the article that stands there.
PLACE = re.compile(rf"{DATED.pattern} (?P<position>\d{{1,9}})")
LAST = 999_999_999

# By which of its own a statement is about a subject; about all others its article is.
OF_A_STATEMENT = {
    About.CLAIM: "claim__public_id__in",
    About.QUOTE: "quotes__quote__public_id__in",
    About.SPEAKER: "quotes__printed__speaker__id__in",
    About.SOURCE: "citations__source__public_id__in",
    About.PUBLISHER: "citations__source__publisher__public_id__in",
}


def statements(
    filters: Filters, *, now: datetime, by: Entitlement | None, before: str | None, limit: int
) -> tuple[list[dict], str | None]:
    """At most ``limit`` statements of what is listed for ``by`` and meets ``filters``, article by article, newest
    first, each in reading order, behind the place ``before``; and the place behind which there may be more, or None.

    Few articles are looked at: there may be more though fewer were found. Five queries, and one each
    where several subjects are asked for or terms depend on the article.
    """
    place = PLACE.fullmatch(before) if before else None
    # The article in which the page before ended comes once more, for what follows in it.
    until = f"{before.rpartition(' ')[0]}~" if before else None
    looked_at = limit + 1 if place else limit
    found = editions(filters, now=now, by=by, before=until, limit=looked_at + 1)
    keys = {edition: key for key, edition in found[:looked_at]}
    with within_time():
        rows = list(
            _of(keys, filters, place and (before.rpartition(" ")[0], int(place["position"])))[: limit + 1]
        )
        told = statements_told([pk for _key, _position, pk in rows[:limit]], now=now, by=by)
    shown = rows[:limit]
    if len(rows) > limit:
        last = f"{shown[-1][0]} {shown[-1][1]}"
    else:
        last = f"{found[looked_at - 1][0]} {LAST}" if len(found) > looked_at else None
    return [told[pk] for _key, _position, pk in shown if pk in told], last


def statement(article: str, key: str, *, now: datetime, by: Entitlement | None) -> dict | None:
    """The one with this key in the article with this public id as it is listed for ``by``, or None. Three queries."""
    listed = Edition.objects.listed(now, by=by).filter(article__public_id=article)
    found = Statement.objects.filter(edition__in=listed, key=key).order_by().values_list("pk", flat=True)[:1]
    told = statements_told(list(found), now=now, by=by)
    return next(iter(told.values()), None)


def _of(keys: Iterable[int], filters: Filters, behind: tuple[str, int] | None):
    """Place, position and row key of the statements of these editions that meet ``filters``, in the list's order."""
    key = "edition__renderings__list_key"
    on = Q(edition__in=list(keys), edition__renderings__representation="card")
    if behind:
        on &= Q(**{f"{key}__lt": behind[0]}) | Q(**{key: behind[0], "position__gt": behind[1]})
    found = Statement.objects.filter(on)
    for kind, values in filters.about:
        if kind in OF_A_STATEMENT:
            found = found.filter(
                pk__in=Statement.objects.filter(**{OF_A_STATEMENT[kind]: list(values)}).values("pk")
            )
    if filters.words:
        found = found.filter(meeting(filters.words, english="searched__words", plain="searched__words"))
    return found.order_by(f"-{key}", "position").values_list(key, "position", "pk")
