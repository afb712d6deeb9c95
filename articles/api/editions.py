"""Editions as partners have them: all that can be read, those of one article, and each as it was frozen.

What waits under embargo has a door of its own (:mod:`articles.api.waiting`).
"""

import json
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from articles.api.telling import LEFT_OUT, with_no_pictures
from articles.filtering import Filters
from articles.models import Edition
from articles.rendering.entries import utc
from articles.rendering.pages import address
from articles.rules.after_publication import Shows, shows
from articles.rules.entitlements import Entitlement
from articles.usage import columns_of_terms, terms_of, usage_terms, with_terms
from newsroom.core.answering import as_json
from newsroom.core.cursors import dated, key_at

_COLUMNS = (
    "number",
    "kind",
    "digest",
    "previous_digest",
    "release__showing__startswith",
    "correction__public_id",
)


def current(public_id: str, *, now: datetime, by: Entitlement | None = None) -> tuple[int, str, Shows] | None:
    """Number and kind of the article's edition that shows, and what that is for readers; None: nothing that is open to
    ``by``. One query."""
    found = Edition.objects.current(now, by=by).filter(article__public_id=public_id)
    row = found.values_list("number", "kind", "closes_history").first()
    return row and (row[0], row[1], shows(row[1], closes_history=row[2]))


def newest(
    filters: Filters, *, now: datetime, by: Entitlement | None, before: str | None, limit: int
) -> list[tuple[str, dict]]:
    """At most ``limit`` editions of all articles that ``by`` can read and that meet ``filters``, newest first, behind
    the one with key ``before``, each with its key. One query."""
    readable = narrowed(Edition.objects.readable(now, by=by), filters)
    found = readable.newest_shown(None if before is None else dated(before))
    columns = ("public_id", "article__public_id", *_COLUMNS, *columns_of_terms(by))
    rows = with_terms(found, by, now).values_list(*columns)[:limit]
    return [
        (
            f"{key_at(row[6])} {row[0]}",
            _entry(*row[1:8]) | _usage(by, row[8:]) | {"article": named(row[1])},
        )
        for row in rows
    ]


def narrowed(found, filters: Filters):
    """Those of the editions ``found`` that meet ``filters``; ``published`` is when each began to show."""
    for kind, values in filters.about:
        found = found.about(kind, *values)
    if filters.kind:
        found = found.of_kind(filters.kind)
    return found.shown_within(filters.published.since, filters.published.until)


def of_articles_meeting(filters: Filters, *, now: datetime, by: Entitlement | None):
    """The editions that ``by`` can read and that meet ``filters``, by what the editions of their articles are or were
    about: a notice is about nothing itself."""
    found = Edition.objects.readable(now, by=by)
    for kind, values in filters.about:
        found = found.of_articles_about(kind, *values, now=now)
    return narrowed(found, replace(filters, about=()))


def entries(
    public_id: str, *, now: datetime, after: int, limit: int, by: Entitlement | None = None
) -> list[dict]:
    """At most ``limit`` editions of the article that ``by`` can read, in their order behind number ``after``. One
    query."""
    found = Edition.objects.readable(now, by=by).filter(article__public_id=public_id, number__gt=after)
    columns = (*_COLUMNS, *columns_of_terms(by))
    rows = with_terms(found, by, now).order_by("number").values_list(*columns)[:limit]
    return [_entry(public_id, *row[:6]) | _usage(by, row[6:]) for row in rows]


def edition(
    public_id: str,
    number: int,
    *,
    showing: tuple[int, str],
    now: datetime,
    by: Entitlement | None = None,
) -> tuple[int, bytes] | None:
    """Row key of the edition, and its JSON, its document as stored; ``showing`` are number and kind of the one that
    shows. One query.

    Where ``by`` is told of no pictures they are left out of the document, which then says so. None if it cannot be
    read.
    """
    found = Edition.objects.readable(now, by=by).filter(article__public_id=public_id, number=number)
    columns = (*_COLUMNS, "content__document", "pk", *columns_of_terms(by))
    row = with_terms(found, by, now).values_list(*columns).first()
    if row is None or row[6] is None:  # Sealed: the content is gone.
        return None
    document, key, terms = row[6], row[7], terms_of(by, row[8:])
    entry = _entry(public_id, *row[:6]) | {"usage_terms": usage_terms(terms)}
    entry |= {"current": dict(zip(("number", "kind"), showing, strict=True))}
    if not terms.pictures:
        left = with_no_pictures(json.loads(document))
        return key, as_json(entry | LEFT_OUT | {"document": left})
    # The stored text is JSON already, and its digest is that of these very bytes.
    return key, as_json(entry)[:-1] + b',"document":' + document.encode() + b"}"


def first_shown(public_id: str) -> datetime:
    """Since when the article, which can be read, has been public. One query."""
    return Edition.objects.filter(article__public_id=public_id).began()


def was_released(public_id: str, number: int, *, now: datetime) -> bool:
    """Whether the edition could ever be read. One query."""
    return Edition.objects.released(now).filter(article__public_id=public_id, number=number).exists()


def _usage(by: Entitlement | None, opening) -> dict:
    return {"usage_terms": usage_terms(terms_of(by, opening))}


def named(public_id: str) -> dict:
    """Which article it is: nothing of its words."""
    return {"id": public_id, "api": address(reverse("api-article", args=[public_id]))}


def _entry(public_id, number, kind, digest, previous_digest, shown_from, correction) -> dict:
    return {
        "number": number,
        "kind": kind,
        "digest": digest,
        "previous_digest": previous_digest,
        "shown_from": utc(shown_from),
        "correction": correction,
        "api": address(reverse("api-edition", args=[public_id, number])),
    }
