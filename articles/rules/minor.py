"""What a minor edit may not touch: a number, a name, a quotation, or the evidence.

A name is taken to be any capitalised word, so a changed first word of a sentence is refused too: better an update too
many than a changed name that nobody is told of.
"""

import re

from articles.body.quotations import find_quotations

_NUMBER = re.compile(r"\w*\d\w*")
_CAPITALISED = re.compile(r"\b(?=[^\W\d_])\w+")


def touched(before: dict, after: dict) -> str | None:
    """What differs between two contents of editions that a minor edit may not touch, or None.

    One of ``evidence``, ``section``, ``tags``, ``structure``, ``sentences``, ``quotation``, ``number``, ``name``.
    """
    for name in ("quotes", "sources", "bylines", "treaties", "language"):
        if before[name] != after[name]:
            return "evidence"
    for name in ("section", "tags"):
        if before.get(name) != after.get(name):
            return name
    if any(before[name]["rests_on"] != after[name]["rests_on"] for name in ("headline", "standfirst")):
        return "evidence"
    if _structure(before) != _structure(after):
        return "structure"
    old, new = ([_resting(s) for s in content["statements"]] for content in (before, after))
    if [s["key"] for s in old] != [s["key"] for s in new]:
        return "sentences"
    if old != new:
        return "evidence"
    for what, found in (("quotation", _quotations), ("number", _numbers), ("name", _names)):
        if found(before) != found(after):
            return what
    return None


def _resting(statement: dict) -> dict:
    return {
        name: statement.get(name)
        for name in ("key", "claim", "quotes", "exemption", "group", "origins", "evidence")
    }


def _structure(content: dict) -> list:
    """The kinds of the blocks, where links lead, and which pictures stand under which sentences."""
    return [
        (block["kind"], [mark["href"] for mark in block["marks"] if "href" in mark], _shown(block))
        for block in content["blocks"]
    ]


def _shown(block: dict) -> list | None:
    if "figure" not in block:
        return None
    figure, image = block["figure"], block["figure"]["image"] or {}
    told = [image.get(name) for name in ("id", "credit", "usage_terms", "renditions")]
    return [figure["key"], figure["rests_on"], *told]


def _texts(content: dict) -> list[str]:
    return [
        content["headline"]["text"],
        content["standfirst"]["text"],
        *(b["text"] for b in content["blocks"]),
        *((b["figure"]["image"] or {}).get("alt", "") for b in content["blocks"] if "figure" in b),
    ]


def _quotations(content: dict) -> list[str]:
    language = content["language"]
    return [
        text[q.inner_start : q.inner_end] for text in _texts(content) for q in find_quotations(text, language)
    ]


def _numbers(content: dict) -> list[str]:
    return [number for text in _texts(content) for number in _NUMBER.findall(text)]


def _names(content: dict) -> list[str]:
    return [word for text in _texts(content) for word in _CAPITALISED.findall(text) if word[0].isupper()]
