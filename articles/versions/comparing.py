"""How two drafts differ by meaning: texts, sentences, marks, evidence, and what else an article is.

Texts and evidence are compared as a receipt compares two editions (``articles.rules.receipts``); the desk adds what
readers never see.
"""

from articles.rules.receipts import changes
from articles.versions.reading import Stood


def compare(before: Stood, after: Stood) -> dict:
    """As :func:`articles.rules.receipts.changes` of what both say, with the places and facts that the desk alone has.

    Places: ``language``, ``section``, ``tags``, ``slug``, ``translation_of``, ``headline_rests_on``,
    ``standfirst_rests_on``, ``order``, ``quoted``, ``dismissed``, ``links``. Fact of a statement:
    ``claim``, by its label.
    """
    told = changes(before.content, after.content)
    known = {statement["key"]: statement for statement in told["statements"]}
    old, new = _by_key(before), _by_key(after)
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = _claim(before, old.get(key)), _claim(after, new.get(key))
        if was == now:
            continue
        statement = known.get(key) or _unchanged(new[key])
        statement["facts"].append({"quote": "", "fact": "claim", "was": was, "is": now})
        if key not in known:
            told["statements"].append(statement)
    mine, theirs = _texts(before, old), _texts(after, new)
    told["texts"] += [
        {"place": place, "was": mine[place], "is": theirs[place]}
        for place in mine
        if mine[place] != theirs[place]
    ]
    told["texts"] += _order(old, new)
    return told


def _by_key(stood: Stood) -> dict[str, dict]:
    return {statement["key"]: statement for statement in stood.content["statements"]}


def _claim(stood: Stood, statement: dict | None) -> str:
    return stood.claims.get(statement["claim"], "") if statement and statement["claim"] else ""


def _unchanged(statement: dict) -> dict:
    wording = statement["wording"]
    return {
        "key": statement["key"],
        "was": wording,
        "is": wording,
        "evidence_added": [],
        "evidence_removed": [],
        "facts": [],
    }


def _texts(stood: Stood, statements: dict[str, dict]) -> dict[str, str]:
    article, marks = stood.article, _marks(stood)
    told = {"language": stood.language, "section": str(article.section or ""), "slug": article.slug}
    told["tags"] = ", ".join(article.tags)
    told["translation_of"] = article.translation_of.slug if article.translation_of else ""
    for name in ("headline_rests_on", "standfirst_rests_on"):
        keys = [key for key in getattr(article, name) if key in statements]
        told[name] = " / ".join(statements[key]["wording"] for key in keys)
    return told | {
        "quoted": " / ".join(marks["words"]),
        "dismissed": " / ".join(marks["dismissed"]),
        "links": " / ".join(marks["a"]),
    }


def _marks(stood: Stood) -> dict[str, list[str]]:
    """The words under each kind of mark, in reading order: of quotes, of dismissed quotations, of links."""
    found: dict[str, list[str]] = {"words": [], "dismissed": [], "a": []}
    for block in stood.content["blocks"]:
        for mark in block["marks"]:
            if mark["mark"] in found:
                words = block["text"][mark["start"] : mark["end"]]
                more = mark.get("reason") or mark.get("href")
                found[mark["mark"]].append(f"{words} ({more})" if more else words)
    return found


def _order(old: dict[str, dict], new: dict[str, dict]) -> list[dict]:
    """The order of the sentences that both have, where it differs, by their numbers in the one before."""
    numbers = {key: number for number, key in enumerate(old, start=1)}
    was = [str(numbers[key]) for key in old if key in new]
    now = [str(numbers[key]) for key in new if key in old]
    return [{"place": "order", "was": " · ".join(was), "is": " · ".join(now)}] if was != now else []
