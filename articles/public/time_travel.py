"""The article as it stood at a moment (Memento, RFC 7089): TimeGate and TimeMap over its editions.

What a reader may open is all there is: an article that is gone with its history answers with its notice.
"""

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.utils.http import http_date, parse_http_date
from django.views.decorators.http import require_safe

from articles import reading
from articles.public import links
from articles.public.views import at_address
from articles.purging import article_key
from newsroom.core.answering import LIFETIME, NotThere, answer_made, with_keys

VARY = "accept-datetime"
# What one TimeMap lists; the next begins behind it.
EDITIONS = 500


@require_safe
def timegate(request, slug: str):
    """To the newest edition not after ``Accept-Datetime`` (none: now), in one query; before the first, to the first.

    400 for a moment that cannot be read.
    """
    now = timezone.now()
    asked = request.headers.get("Accept-Datetime")
    try:
        moment = now if asked is None else datetime.fromtimestamp(parse_http_date(asked), UTC)
    except (ValueError, OverflowError, OSError):
        refused = HttpResponseBadRequest(
            "Accept-Datetime is not like: Wed, 27 May 2026 18:00:00 GMT\n",
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": LIFETIME, "Vary": VARY},
        )
        return with_keys(refused, [article_key(slug)])
    number = _at(slug, moment, now)
    if number is None:
        response = at_address(request, slug, now=now)
        response.headers["Vary"] = f"{VARY}, {response.get('Vary', '')}".rstrip(", ")
        return response
    response = HttpResponse(status=302)
    response.headers["Location"] = links.edition_address(slug, number)
    response.headers["Vary"] = VARY
    response.headers["Link"] = ", ".join([links.original(slug), links.timemap(slug)])
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [article_key(slug)])


def _at(slug: str, moment: datetime, now: datetime) -> int | None:
    """The number of the edition to show for ``moment``; None if none can be opened."""
    editions = reading.openable(now).filter(article__slug=slug)
    # A date has no fractions of a second: whatever shows within that second counts.
    until = moment.replace(microsecond=0) + timedelta(seconds=1, microseconds=-1) if moment < now else now
    newest = editions.released(until).order_by("-release__showing__startswith", "-number")
    first = editions.order_by("release__showing__startswith", "number")
    for found in (newest, first):
        number = found.values_list("number", flat=True).first()
        if number is not None:
            return number
    return None


@require_safe
def timemap(request, slug: str):
    """Every edition that can be opened, oldest first, in link-format; ``?from=`` goes on where one ended.

    404 for a place behind the last or one that is no number; where nothing can be opened, the answer of the article's
    own address if it is gone or moved.
    """
    now = timezone.now()
    start = request.GET.get("from", "1")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else None
    rows = _openable(slug, number, now) if number is not None else []
    if number is None or not rows:
        instead = at_address(request, slug, now=now)
        if instead.status_code not in (301, 410):
            raise NotThere(article_key(slug))
        return instead
    shown, behind = rows[:EDITIONS], rows[EDITIONS:]
    path = links.address(request.path)
    own = path if number <= 1 else f"{path}?from={number}"
    bounds = {"from": http_date(shown[0][1].timestamp()), "until": http_date(shown[-1][1].timestamp())}
    entries = [
        links.original(slug),
        links.link(own, "self", type=links.LINK_FORMAT, **bounds),
        links.timegate(slug),
        *(
            links.memento(
                slug, *row, rel=_rel(row == shown[0] and number <= 1, row == shown[-1] and not behind)
            )
            for row in shown
        ),
    ]
    if behind:
        following = {"type": links.LINK_FORMAT, "from": http_date(behind[0][1].timestamp())}
        entries.append(links.link(f"{path}?from={behind[0][0]}", "timemap", **following))
    body = ",\n".join(entries) + "\n"
    return answer_made(request, body.encode(), content_type=links.LINK_FORMAT, keys=[article_key(slug)])


def _openable(slug: str, number: int, now: datetime) -> list[tuple[int, datetime]]:
    """Number and moment of the editions from ``number`` on, one more than a TimeMap lists."""
    editions = reading.openable(now).filter(article__slug=slug, number__gte=number).order_by("number")
    return list(editions.values_list("number", "release__showing__startswith")[: EDITIONS + 1])


def _rel(first: bool, last: bool) -> str:
    return " ".join([*(["first"] if first else []), *(["last"] if last else []), "memento"])
