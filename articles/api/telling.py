"""Finish what is told for who asks: on their terms, with the members they want and no others.

Finished bytes are taken apart only where something of them must go or change.
"""

import json
from collections.abc import Iterable, Mapping

from articles.rendering.entries import USAGE_TERMS
from articles.rules.entitlements import EVERYBODYS, Terms
from articles.usage import usage_terms
from articles.uses import editions_of
from newsroom.core.answering import as_json
from newsroom.core.members import joined, members_of

# Said where pictures were left out, for which the reader's products are not.
LEFT_OUT = {"images_left_out": True}


def told(
    body: bytes,
    terms: Terms = EVERYBODYS,
    *,
    fields=(),
    exclude=(),
    include: Mapping[str, bytes] | None = None,
) -> bytes:
    """``body``, the JSON of an article or of its entry in lists, on ``terms``.

    With ``fields`` those members alone, without what is in ``exclude``, and with ``include``, members as JSON.
    """
    if terms == EVERYBODYS and not (fields or exclude or include):
        return body
    entry = members_of(body) | {USAGE_TERMS: as_json(usage_terms(terms))} | (include or {})
    if not terms.pictures or "images" in exclude:
        entry |= _less_pictures(entry)
    return joined({name: entry[name] for name in entry if _wanted(name, fields, exclude)})


def chosen(entry: dict, *, fields=(), exclude=()) -> dict:
    """Of ``entry`` the members asked for (none: all), less what is in ``exclude``."""
    return {name: value for name, value in entry.items() if _wanted(name, fields, exclude)}


def _wanted(name: str, fields, exclude) -> bool:
    return (not fields or name in fields) and name not in exclude


def _less_pictures(entry: dict[str, bytes]) -> dict[str, bytes]:
    """The members of ``entry`` that tell of pictures, without them, and that they were left out."""
    shown = {name: json.loads(entry[name]) for name in ("picture", "images", "blocks") if name in entry}
    return {name: as_json(value) for name, value in (with_no_pictures(shown) | LEFT_OUT).items()}


def pictures_in(article: Mapping[str, bytes]) -> bytes:
    """The pictures of an article, in the order of its figures, as JSON."""
    figures = [block["figure"] for block in json.loads(article["blocks"]) if block.get("figure")]
    return as_json([figure["image"] for figure in figures if figure["image"]])


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


def fetched_by(request, statements: Iterable[dict]) -> list[int]:
    """The row ids of the editions whose sentences are told to who asks with a key; at most one query."""
    return editions_of(statements) if request.user else []
