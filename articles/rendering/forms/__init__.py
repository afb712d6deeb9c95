"""The forms of an article besides our own JSON: worked out from it, for whoever asks for one.

Each takes what the API tells of an article (``articles.rendering.entries.detail``) and the origin of the site, which
stands before every address of ours that has none.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from articles.receipts import Told
from articles.rendering.entries import USAGE_TERMS, Shown, detail, gone_problem, is_gone
from articles.rendering.forms.annotations import annotations
from articles.rendering.forms.ninjs import ninjs, ninjs_gone
from articles.rendering.references import references
from articles.rendering.structured_data import graph
from newsroom.core.answering import as_json

__all__ = ["FORMS", "edition_told", "gone", "made"]


def linked_data(told: dict, origin: str) -> dict:
    """schema.org's NewsArticle as JSON-LD, as in the data block of its page."""
    names = ("language", "bylines", "treaties", "blocks", "statements", "sources")
    document = {
        "article": {"slug": told["slug"]},
        "edition": {"number": told["number"]},
        "content": {name: told[name] for name in names}
        | {
            "headline": {"text": told["headline"]},
            "standfirst": {"text": told["standfirst"]},
            "quotes": {quote["id"]: quote for quote in told["quotes"]},
        },
    }
    corrections = tuple(Told(**entry | {"at": _moment(entry["at"])}) for entry in told["corrections"])
    shown = Shown(_moment(told["changed_at"]), _moment(told["first_published_at"]), corrections)
    return {"@context": "https://schema.org", "@graph": graph(document, shown)}


def sources(told: dict, origin: str) -> list[dict]:
    """The sources that can be looked up, as CSL-JSON."""
    return references(told)


FORMS: dict[str, Callable[[dict, str], dict | list]] = {
    "ninjs": ninjs,
    "jsonld": linked_data,
    "annotations": annotations,
    "csl": sources,
}


def made(form: str, told: bytes, origin: str) -> bytes:
    """One of :data:`FORMS`, made from the article as JSON."""
    return as_json(FORMS[form](json.loads(told), origin))


def gone(form: str, problem: bytes, origin: str) -> bytes:
    """That an article is no more, made from the problem that the API answers with; ``form`` is ninjs."""
    return as_json(ninjs_gone(json.loads(problem), origin))


def edition_told(edition: dict, first: datetime) -> dict:
    """What the API tells of an edition by its number, as it tells of an article: as it was frozen, with nothing of what
    was withdrawn or corrected since. ``first`` is since when the article has been public.

    Of an edition that took the article away it is the problem, which has a status.
    """
    document, shown = edition["document"], Shown(_moment(edition["shown_from"]), first)
    if is_gone(document):
        return gone_problem(document, shown)
    return detail(document, shown, edition["digest"]) | {USAGE_TERMS: edition[USAGE_TERMS]}


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(UTC)
