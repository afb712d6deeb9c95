"""What partners follow: the change feed and the log of corrections, as plain values.

An entry of the feed says what happened; what readers may see now beats it, and of what a take-down has closed off it
tells numbers and digests alone. However long a page is, it takes the same number of queries.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Max, OuterRef, Subquery, TextField, Value, When
from django.urls import reverse

from articles.choosing import AMENDED, Asked, Held, as_seen, asked, chosen, stretch_of, tells_all
from articles.models import Change, Correction, Edition, Rendering, StatementCitation
from articles.publishing import announce_due
from articles.receipts import told
from articles.rendering.entries import correction_json, utc, withdrawal_json
from articles.rendering.pages import address, article_path
from articles.rendering.withdrawals import told_at, withdrawals_of
from articles.rules.after_publication import Shows, shows
from articles.rules.entitlements import EVERYBODYS, Entitlement
from articles.rules.kinds import Kind
from articles.rules.wanted import Wanted
from articles.usage import terms_of_editions, usage_terms
from newsroom.core.cursors import dated, key_at
from sources.models import Source

logger = logging.getLogger(__name__)

# Entries read at a time where not every one is told, and in one go.
STRETCH, LOOK_AHEAD = 500, 1_000
EVERYTHING = Wanted()


def announce_if_due(*, now: datetime) -> None:
    """Enter in the change feed what has become visible, should no worker have done so yet; one query if there is none.

    A failure is logged and goes no further: the worker tries again, and readers of the feed get what there is.
    """
    try:
        if Edition.objects.released(now).filter(release__announced=False).exists():
            announce_due(now=now)
    except Exception:
        logger.exception("What has become visible could not be announced")


@dataclass(frozen=True, slots=True)
class Followed:
    """A stretch of the change feed: the ``entries`` that a reader is told, the number up to which the feed was read,
    whether or not the last entry was told, whether it was read to its end, and as of when it is told."""

    entries: list[dict]
    last: int
    complete: bool
    now: datetime


def last_number() -> int:
    """The number of the newest entry of the change feed; 0 if there is none. One query."""
    return Change.objects.aggregate(last=Max("number"))["last"] or 0


def changes(
    *,
    after: int,
    limit: int,
    now: datetime,
    by: Entitlement | None = None,
    wanted: Wanted = EVERYTHING,
    look_ahead: int = LOOK_AHEAD,
    held: Held | None = None,
) -> Followed:
    """At most ``limit`` entries of the change feed behind number ``after``, in their order, that ``by`` (None: anybody)
    is entitled to and ``wanted`` asks for.

    Reads on over at most ``look_ahead`` entries that are not told: who asks again behind ``last`` gets on, and misses
    nothing. An entry is ``{"number", "kind", "at", "article", "edition", "correction", "source", "amended"}``, with
    None where it has nothing to say. A correction is told while its edition can be read; while an article is taken
    down its slug and address are not told. Entries younger than ``now`` are told as of their own moment, not before.
    Whatever ``by`` opens: that something they have a copy of (``held``) was set right or taken away they are told,
    without any words. A fixed number of queries for each :data:`STRETCH` that is read.
    """
    asking = asked(by=by, wanted=wanted, now=now, held=held)
    stretch = min(limit, look_ahead) if tells_all(asking) else min(STRETCH, look_ahead)
    found: list[Change] = []
    last, complete, read = after, False, 0
    while not complete and len(found) < limit and read < look_ahead:
        rows = stretch_of(last, stretch + 1)
        complete = len(rows) <= stretch
        asking = as_seen(rows[:stretch], asking)
        told = chosen(rows[:stretch], asking)
        if len(found) + len(told) > limit:
            # Only as far as it is told: the next page begins behind that.
            told, complete = told[: limit - len(found)], False
            last = told[-1].number
        elif rows:
            last = rows[:stretch][-1].number
        found += told
        read += stretch
    return Followed(_told(found, asking), last, complete, asking.now)


def _told(entries: list[Change], asking: Asked) -> list[dict]:
    now = asking.now
    wordless = [entry for entry in entries if entry.number in asking.wordless]
    worded = {entry.edition_id for entry in entries if entry.edition_id and entry not in wordless}
    receipts = _receipts(worded, now)
    down = _taken_down({article.pk for entry in entries if (article := _article_of(entry))}, now)
    down |= {_article_of(entry).pk for entry in wordless}
    cited = _cited({entry.source_id for entry in entries if entry.source_id}, now)
    return [_entry(entry, receipts, down, cited) for entry in entries]


def numbers_of_current(articles: set[str], *, now: datetime) -> dict[str, int]:
    """By public id of an article, the number of the edition that shows. At most one query."""
    if not articles:
        return {}
    current = Edition.objects.current(now).filter(article__public_id__in=articles)
    return dict(current.values_list("article__public_id", "number"))


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log of corrections, and its key, by which the log goes on behind it.

    ``entry`` is None where its article went while it was looked up: there is nothing to tell, and the log goes on.
    ``usage_terms`` say for what the reader may use it.
    """

    key: str
    entry: dict | None
    usage_terms: str | None


def corrections(
    *, now: datetime, before: str | None = None, limit: int, by: Entitlement | None = None, among=None
) -> list[Logged]:
    """At most ``limit`` corrections, clarifications and retractions that ``by`` can read, newest first, behind the one
    with key ``before``. Two queries, three where terms depend on the article.

    An entry is the correction with ``article``: its id, slug, language, headline and addresses as of now. ``among``
    are those of the editions that ``by`` can read which they are to be of (a queryset); None: all.
    """
    place = None if before is None else dated(before)
    editions = Edition.objects.readable(now, by=by) if among is None else among
    return _logged(editions.set_right().newest_shown(place)[:limit], now, by)


def correction(public_id: str, *, now: datetime, by: Entitlement | None = None) -> Logged | None:
    """The one with this public id, or None if there is none that ``by`` can read. As many queries."""
    editions = Edition.objects.readable(now, by=by).set_right().filter(correction__public_id=public_id)
    return next((found for found in _logged(editions, now, by) if found.entry), None)


def corrections_gone(*, now: datetime, since: datetime, limit: int) -> list[tuple[str, datetime]]:
    """At most ``limit`` corrections that could be read and no longer can, by public id, each with the moment from
    which: ``since`` or later, the newest first. One query.

    What a take-down closed off stays gone since then, also where the article is back.
    """
    # From the few articles that went, not from every correction there ever was.
    went = Edition.objects.closing_since(since, now=now).order_by().values("article")
    told = Edition.objects.released(now).set_right().filter(article__in=went)
    closed = told.with_closed_at(now).order_by(F("closed_at").desc(nulls_last=True), "-pk")
    newest = closed.values_list("correction__public_id", "closed_at")[:limit]
    # Asked of the server, this would be worked out for every correction before anything else.
    return [(public_id, at) for public_id, at in newest if at and at >= since]


def _receipts(editions: Iterable[int], now: datetime) -> dict[int, dict]:
    """By the row key of an edition that can be read, its correction; a take-down's says nothing and is left out."""
    readable = Edition.objects.readable(now).filter(pk__in=editions)
    rows = Correction.objects.filter(edition__in=readable).select_related("edition__release")
    return {row.edition_id: correction_json(told(row)) for row in rows if row.edition.kind != Kind.TAKE_DOWN}


def _taken_down(articles: Iterable[int], now: datetime) -> set[int]:
    current = Edition.objects.current(now).filter(article__in=articles).values_list("article", "kind")
    return {article for article, kind in current if shows(kind) == Shows.TAKEN_DOWN}


def _cited(sources: set[int], now: datetime) -> set[int]:
    """Those of ``sources`` (row keys) that an edition cites which can be read."""
    if not sources:
        return set()
    rows = StatementCitation.objects.filter(statement__edition__in=Edition.objects.readable(now))
    return set(rows.order_by().filter(source__in=sources).values_list("source", flat=True).distinct())


def _article_of(entry: Change):
    return entry.edition.article if entry.edition else entry.article


def _entry(entry: Change, receipts: dict[int, dict], down: set[int], cited: set[int]) -> dict:
    article, edition, source = _article_of(entry), entry.edition, entry.source
    at = told_at(entry.at, confidential=bool(source and source.confidential))
    return {
        "number": entry.number,
        "kind": entry.kind,
        "at": utc(at),
        "article": article and _named(article.public_id, "" if article.pk in down else article.slug),
        "edition": edition and {"number": edition.number, "digest": edition.digest},
        "correction": receipts.get(entry.edition_id),
        "source": source and _source(source, known=source.pk in cited),
        "amended": _amended(entry),
    }


def _amended(entry: Change) -> dict | None:
    """Which record's public fields were amended, and what readers were told; its fields are told by its own address."""
    if not entry.fields:
        return None
    name = next(name for name in ("source", *AMENDED) if getattr(entry, f"{name}_id"))
    shared = getattr(entry, name)
    return {"type": name, "id": shared.public_id, "fields": entry.fields, "note": entry.note}


def _named(public_id: str, slug: str) -> dict:
    """Who an article is; without ``slug`` nothing of its words."""
    return {
        "id": public_id,
        "slug": slug or None,
        "address": address(article_path(slug)) if slug else None,
        "api": address(reverse("api-article", args=[public_id])),
    }


def _source(source: Source, *, known: bool) -> dict:
    """A source and whether it is withdrawn now; one that nobody can read of any more is an id."""
    withdrawal = withdrawals_of([source]).get(source.public_id) if known else None
    return {
        "id": source.public_id,
        "api": address(reverse("api-source", args=[source.public_id])),
        "withdrawn": withdrawal_json(withdrawal, confidential=source.confidential),
    }


def _logged(editions, now: datetime, by: Entitlement | None = None) -> list[Logged]:
    rows = editions.select_related("correction", "release", "article")
    columns = [
        *("public_id", "number", "release__showing", "article__public_id", "article__slug"),
        *("correction__public_id", "correction__receipt"),
    ]
    found = list(rows.only(*columns))
    headlines = _headlines({edition.article_id for edition in found}, now)
    terms = terms_of_editions({edition.pk for edition in found}, by, now)
    logged = []
    for edition in found:
        correction = edition.correction
        correction.edition = edition
        entry = None
        if headline := headlines.get(edition.article_id):
            named = _named(edition.article.public_id, edition.article.slug)
            entry = correction_json(told(correction)) | {"article": named | headline}
        usage = usage_terms(terms.get(edition.pk, EVERYBODYS))
        logged.append(Logged(f"{key_at(edition.release.showing.lower)} {edition.public_id}", entry, usage))
    return logged


def _headlines(articles: Iterable[int], now: datetime) -> dict[int, dict]:
    """By article, its language and headline as of now: as it is listed, or as the notice in its place says.

    One that is unpublished or taken down, or whose card is gone, is left out: nothing of it is told.
    """
    cards = Rendering.objects.filter(edition=OuterRef("pk"), representation=Rendering.Representation.CARD)
    current = Edition.objects.current(now).with_gone().filter(article__in=articles)
    # The document of a notice is short; any other is long, and its card says it.
    notice = Case(When(gone=True, then=F("content__document")), default=Value("", output_field=TextField()))
    rows = current.values_list("article", "kind", Subquery(cards.values("plain")[:1]), notice)
    found = {article: _headline(kind, card, document) for article, kind, card, document in rows}
    return {article: headline for article, headline in found.items() if headline}


def _headline(kind: str, card: memoryview | None, notice: str | None) -> dict | None:
    if shows(kind) in (Shows.UNPUBLISHED, Shows.TAKEN_DOWN):
        return None
    if notice:
        content = json.loads(notice)["content"]
        return {"language": content["language"], "headline": content["headline"]["text"]}
    if card is None:
        return None
    listed = json.loads(bytes(card))
    return {"language": listed["language"], "headline": listed["headline"]}
