"""What an edition's document says of its evidence, in numbers (N24)."""

from collections import Counter

# Kinds of source (sources.models.Source.Kind) that say something at first hand, unless they copy from another.
PRIMARY = frozenset({"statement", "document", "treaty_text", "transcript", "interview", "data"})
# In days: how old a check may be to stand in a column of its own; what is older stands in the last.
AGES = (30, 90, 365)


def waived_places(document: dict) -> set[str]:
    """What went out by a waiver and is to be repaired; what was released as archive needed none."""
    return set() if document["archive"] else set(document["not_yet_checked"])


def figures_of(document: dict) -> Counter:
    """How many statements the document has, and of them those that are ``supported``, that have a ``primary`` source,
    rest on a ``single_origin``, are exempt by which reason (``exempt_*``), and went out ``not_yet_checked``."""
    content = document["content"]
    kinds = {s["number"]: None if s["origin"] else s["kind"] for s in content["sources"]}
    unchecked = waived_places(document)
    figures: Counter = Counter()
    for statement in content["statements"]:
        figures["statements"] += 1
        if statement["key"] in unchecked:
            figures["not_yet_checked"] += 1
        if reason := statement["exemption"]:
            figures[f"exempt_{reason}"] += 1
        support = {entry["source"] for entry in statement["evidence"] if entry["stance"] == "supports"}
        if not support:
            continue
        figures["supported"] += 1
        figures["primary"] += any(kinds[number] in PRIMARY for number in support)
        figures["single_origin"] += statement["origins"] == 1
    return figures


def age_column(days: float) -> str:
    """The column in which a check of this age is counted."""
    return next((f"checked_{most}" for most in AGES if days < most), "checked_older")
