"""Finish what is told for who asks: on their terms, with the members they want and no others.

Finished bytes are taken apart only where something of them must go or change.
"""

import json
from collections.abc import Iterable

from articles.rendering.entries import USAGE_TERMS
from articles.rules.entitlements import EVERYBODYS, Terms
from articles.usage import usage_terms
from articles.uses import editions_of
from newsroom.core.answering import as_json

# Said where pictures were left out, for which the reader's products are not.
LEFT_OUT = {"images_left_out": True}


def told(
    body: bytes, terms: Terms = EVERYBODYS, *, fields=(), exclude=(), include: dict | None = None
) -> bytes:
    """``body``, the JSON of an article, of its entry in lists or of another item, on ``terms``.

    With ``fields`` those members alone, without what is in ``exclude``, and with ``include``.
    """
    if terms.pictures and not (fields or exclude or include):
        return _with_usage(body, terms) if terms.usage else body
    entry = json.loads(body) | {USAGE_TERMS: usage_terms(terms)} | (include or {})
    if not terms.pictures:
        entry = without_pictures(entry)
    return as_json(chosen(entry, fields=fields, exclude=exclude))


def chosen(entry: dict, *, fields=(), exclude=()) -> dict:
    """Of ``entry`` the members asked for (none: all), less what is in ``exclude``."""
    if fields:
        entry = {name: value for name, value in entry.items() if name in fields}
    if "images" in exclude:
        entry = without_pictures(entry)
    return {name: value for name, value in entry.items() if name not in exclude}


def without_pictures(entry: dict) -> dict:
    """As :func:`with_no_pictures`, which says so."""
    return with_no_pictures(entry) | LEFT_OUT


def pictures_in(article: dict) -> list[dict]:
    """The pictures of an article, in the order of its figures."""
    figures = [block["figure"] for block in article["blocks"] if block.get("figure")]
    return [figure["image"] for figure in figures if figure["image"]]


def with_no_pictures(entry: dict) -> dict:
    """An article, its entry in lists or the document of an edition, less its pictures."""
    left = dict(entry)
    if left.get("picture"):
        left["picture"] = None
    if left.get("images"):
        left["images"] = []
    if "blocks" in left:
        left["blocks"] = [_block(block) for block in left["blocks"]]
    if isinstance(left.get("content"), dict):
        left["content"] = with_no_pictures(left["content"])
    return left


def _block(block: dict) -> dict:
    return block | {"figure": block["figure"] | {"image": None}} if block.get("figure") else block


def _with_usage(body: bytes, terms: Terms) -> bytes:
    """``body`` with other terms in the place of everybody's, which are its last member."""
    everybodys = _member(usage_terms())
    if not body.endswith(everybodys):
        return as_json(json.loads(body) | {USAGE_TERMS: terms.usage})
    return body[: -len(everybodys)] + _member(terms.usage)


def _member(value: str | None) -> bytes:
    return b',"%s":%s}' % (USAGE_TERMS.encode(), as_json(value))


def fetched_by(request, statements: Iterable[dict]) -> list[int]:
    """The row ids of the editions whose sentences are told to who asks with a key; at most one query."""
    return editions_of(statements) if request.user else []
