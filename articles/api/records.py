"""Claims, quotes and sources as the public knows them: through the statements of listed editions.

Of a claim's or a quote's own row nothing is read but its public id; a source gives the fields listed here and no
others.
"""

import re
from datetime import datetime

from articles.models import StatementQuote
from articles.rendering.entries import utc
from articles.rendering.withdrawals import told_at
from articles.uses import CLAIMS, QUOTES, SOURCES, told, uses
from sources.models import Source

PUBLIC_ID = re.compile(r"[0-9a-z]{12}")

QUOTE_FIELDS = (
    "words",
    "language",
    "speaker",
    "role",
    "occasion",
    "said_on",
    "original",
    "original_language",
    "translator",
)
SOURCE_FIELDS = (
    "title",
    "url",
    "kind",
    "creators",
    "published_on",
    "language",
    "confidential",
)
PUBLISHER_FIELDS = ("public_id", "slug", "name")


def claims(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these claims, in the order of ``ids``."""
    found = uses(CLAIMS, ids, now)
    return [{"id": claim, **told(found[claim])} for claim in ids if claim in found]


def quotes(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these quotes; what was said is as the newest listed statement prints it."""
    found = uses(QUOTES, ids, now)
    newest = [statements[0]["row"] for statements in found.values()]
    rows = StatementQuote.objects.filter(statement__in=newest, quote__public_id__in=found)
    printed = {
        (quote, row): words
        for quote, row, words in rows.values_list("quote__public_id", "statement", "printed")
    }
    return [
        {
            "id": quote,
            **{name: printed[quote, found[quote][0]["row"]][name] for name in QUOTE_FIELDS},
            **told(found[quote]),
        }
        for quote in ids
        if quote in found
    ]


def sources(ids: list[str], *, now: datetime) -> list[dict]:
    """The listed ones of these sources."""
    found = uses(SOURCES, ids, now)
    fields = (
        "public_id",
        *SOURCE_FIELDS,
        "public_label",
        "usage_terms",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
        *(f"publisher__{name}" for name in PUBLISHER_FIELDS),
    )
    rows = {row["public_id"]: row for row in Source.objects.filter(public_id__in=found).values(*fields)}
    return [{**_source(rows[source]), **told(found[source])} for source in ids if source in found]


def _source(row: dict) -> dict:
    publisher = {
        "id": row["publisher__public_id"],
        "slug": row["publisher__slug"],
        "name": row["publisher__name"],
    }
    at = row["withdrawn_at"]
    withdrawn = {
        "at": utc(told_at(at, confidential=row["confidential"])) if at else None,
        "by": row["withdrawn_by"],
        "reason": row["withdrawal_reason"],
    }
    return {
        "id": row["public_id"],
        **{name: row[name] for name in SOURCE_FIELDS},
        "label": row["public_label"] if row["confidential"] else "",
        "usage_terms": "" if row["confidential"] else row["usage_terms"],
        "published_on": row["published_on"].isoformat() if row["published_on"] else None,
        "publisher": publisher if publisher["id"] else None,
        "withdrawn": withdrawn if withdrawn["at"] else None,
    }
