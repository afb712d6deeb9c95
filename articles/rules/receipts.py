"""What an edition changed, worked out from the contents of two editions and never typed (design, "Correction").

A receipt says, by the key of each sentence that differs, what was said and what is said, and which evidence was added
and removed; and the same of the texts around the body. The same two contents give the same receipt.
"""

# Of a quote: what readers are told about the words.
_QUOTE_FACTS = (
    "words",
    "language",
    "role",
    "occasion",
    "said_on",
    "original",
    "original_language",
    "translator",
)


def changes(before: dict, after: dict) -> dict:
    """``{"texts": […], "statements": […]}``: how the content ``after`` differs from ``before``.

    A text is ``{"place": one of :data:`PLACES`, "was": str, "is": str}``; a figure that was not there,
    or is no more, is empty on that side. A statement is ``{"key", "was", "is",
    "evidence_added", "evidence_removed", "facts"}``: wordings, None for a sentence that was not there or is no more;
    entries of evidence as :func:`_evidence` tells them; and, as ``{"quote", "fact", "was", "is"}``, what is said of
    its quotes (by id), or why it needs no citation. Statements stand in the order of ``after``, those that are gone
    behind them.
    """
    texts = [
        {"place": place, "was": was, "is": now}
        for place, was, now in zip(_WHOLES, _texts(before), _texts(after), strict=True)
        if was != now
    ]
    old, new = _by_key(before), _by_key(after)
    keys = [*new, *(key for key in old if key not in new)]
    told = [_statement(key, old.get(key), new.get(key), before, after) for key in keys]
    texts += _figures(before, after)
    return {"texts": texts, "statements": [statement for statement in told if statement]}


_WHOLES = ("headline", "standfirst", "bylines", "treaties", "headings")
# Of what is told as a text that differs: one of each, and of figures one for each that differs.
PLACES = (*_WHOLES, "figure")


def _texts(content: dict) -> tuple[str, ...]:
    return (
        content["headline"]["text"],
        content["standfirst"]["text"],
        ", ".join(person["name"] for person in content["bylines"]),
        ", ".join(treaty["title"] for treaty in content["treaties"]),
        " / ".join(block["text"] for block in content["blocks"] if block["kind"] in ("h2", "h3")),
    )


def _figures(before: dict, after: dict) -> list[dict]:
    """Each figure that differs: caption, alternative text, credit, and whether the picture is another."""
    old, new = (
        {block["figure"]["key"]: block for block in content["blocks"] if "figure" in block}
        for content in (before, after)
    )
    told = []
    for key in [*new, *(key for key in old if key not in new)]:
        pair = [old.get(key), new.get(key)]
        was, now = map(_figure, pair)
        if None not in pair and was == now and _picture(pair[0]) != _picture(pair[1]):
            was, now = (f"{said} ({_picture(block)})" for said, block in zip((was, now), pair, strict=True))
        if was != now:
            told.append({"place": "figure", "was": was, "is": now})
    return told


def _figure(block: dict | None) -> str:
    image = (block["figure"]["image"] or {}) if block else {}
    return " · ".join(filter(None, [block["text"] if block else "", image.get("alt"), image.get("credit")]))


def _picture(block: dict) -> str:
    return (block["figure"]["image"] or {}).get("id", "")


def _by_key(content: dict) -> dict[str, dict]:
    return {statement["key"]: statement for statement in content["statements"]}


def _statement(key: str, old: dict | None, new: dict | None, before: dict, after: dict) -> dict | None:
    was, now = (statement["wording"] if statement else None for statement in (old, new))
    had, has = _evidence(old, before), _evidence(new, after)
    added = [entry for entry in has if entry not in had]
    removed = [entry for entry in had if entry not in has]
    facts = _facts(old, new, before, after) if old and new else []
    if was == now and not (added or removed or facts):
        return None
    return {
        "key": key,
        "was": was,
        "is": now,
        "evidence_added": added,
        "evidence_removed": removed,
        "facts": facts,
    }


def _evidence(statement: dict | None, content: dict) -> list[dict]:
    """``{"source", "title", "stance", "carries", "passage", "locator"}`` of each citation, by the source's id: numbers
    may move."""
    if statement is None:
        return []
    sources = {source["number"]: source for source in content["sources"]}
    entries = []
    for cited in statement["evidence"]:
        source, passage = sources[cited["source"]], cited["passage"]
        entry = {
            "source": source["id"],
            "title": source["label"] if source.get("confidential") else source["title"],
            "stance": cited["stance"],
            "carries": cited["carries"],
            "passage": passage["exact"] if passage else None,
            "locator": cited["locator"],
        }
        if entry not in entries:
            entries.append(entry)
    return entries


def _facts(old: dict, new: dict, before: dict, after: dict) -> list[dict]:
    """What is said of the quotes that a sentence carries, and why it needs no citation, where it differs."""
    found = [("", "exemption", old["exemption"] or "", new["exemption"] or "")]
    for quote, was, now in _pairs(old, new, before, after):
        found.append((quote, "speaker", _name(was), _name(now)))
        found += [(quote, fact, was.get(fact) or "", now.get(fact) or "") for fact in _QUOTE_FACTS]
    return [{"quote": q, "fact": fact, "was": a, "is": b} for q, fact, a, b in found if a != b]


def _pairs(old: dict, new: dict, before: dict, after: dict):
    """The quotes of both, each with what was said of it and what is; a record that took the place of another with
    the same words is the same to readers. What came, or went, stands beside nothing."""
    came = [quote for quote in new["quotes"] if quote not in old["quotes"]]
    for quote in old["quotes"]:
        was = before["quotes"][quote]
        now = quote if quote in new["quotes"] else None
        if now is None:
            now = next((each for each in came if after["quotes"][each]["words"] == was["words"]), None)
            if now:
                came.remove(now)
        yield now or quote, was, after["quotes"][now] if now else {}
    for quote in came:
        yield quote, {}, after["quotes"][quote]


def _name(quote: dict) -> str:
    return quote["speaker"]["name"] if quote.get("speaker") else ""
