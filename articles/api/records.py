"""Claims, quotes and sources as the public knows them: through the statements of listed editions.

Of a claim's or a quote's own row nothing is read but its public id; a source gives its public fields and no others.
"""

from datetime import datetime

from articles.models import StatementQuote
from articles.rendering.entries import withdrawal_json
from articles.rendering.withdrawals import withdrawals_of
from articles.rules.entitlements import Entitlement
from articles.uses import CLAIMS, QUOTES, SOURCES, told, uses
from sources.models import Source

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


def claims(ids: list[str], *, now: datetime, by: Entitlement | None = None) -> list[dict]:
    """Those of these claims that are listed for ``by``, in the order of ``ids``."""
    found = uses(CLAIMS, ids, now, by)
    return [{"id": claim, **told(found[claim])} for claim in ids if claim in found]


def quotes(ids: list[str], *, now: datetime, by: Entitlement | None = None) -> list[dict]:
    """Those of these quotes that are listed for ``by``; what was said is as the newest listed statement prints it.

    One that is sealed between two of the queries is left out.
    """
    found = uses(QUOTES, ids, now, by)
    newest = [statements[0]["row"] for statements in found.values()]
    rows = StatementQuote.objects.filter(statement__in=newest, quote__public_id__in=found)
    printed = {
        (quote, row): words
        for quote, row, words in rows.values_list("quote__public_id", "statement", "printed")
    }
    words = {quote: printed.get((quote, uses[0]["row"])) for quote, uses in found.items()}
    return [
        {"id": quote, **{name: words[quote][name] for name in QUOTE_FIELDS}, **told(found[quote])}
        for quote in ids
        if words.get(quote)
    ]


def sources(ids: list[str], *, now: datetime, by: Entitlement | None = None) -> list[dict]:
    """Those of these sources that are listed for ``by``."""
    found = uses(SOURCES, ids, now, by)
    rows = Source.objects.filter(public_id__in=found).select_related("publisher")
    told_of = {row.public_id: row for row in rows}
    withdrawn = withdrawals_of(told_of.values())
    return [
        {
            **told_of[source].public_fields(),
            "withdrawn": withdrawal_json(withdrawn.get(source), confidential=told_of[source].confidential),
            **told(found[source]),
        }
        for source in ids
        if source in found
    ]
