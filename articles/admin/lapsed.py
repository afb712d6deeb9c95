"""What has changed since a statement was checked: the sentence as it was and as it is, and its evidence."""

from dataclasses import dataclass, field

from articles.models import Check
from articles.seen import Seen
from sources.passages.differing import Run, difference


@dataclass(frozen=True)
class Since:
    """``wording`` are runs of a difference, empty where the sentence is the same; ``gone`` and ``new`` are what it
    rested on and rests on, as in :meth:`articles.seen.Seen.as_checked`; ``kept``: whether it is known what was seen."""

    check: Check
    kept: bool
    wording: list[Run] = field(default_factory=list)
    gone: list[dict] = field(default_factory=list)
    new: list[dict] = field(default_factory=list)


def since(check: Check, seen: Seen) -> Since:
    """How ``seen`` differs from what ``check`` was of."""
    was, now = check.seen, seen.as_checked()
    if not was:
        return Since(check, kept=False)
    reworded = was["sentence"] != now["sentence"]
    return Since(
        check,
        kept=True,
        wording=difference(was["sentence"], now["sentence"]) if reworded else [],
        gone=[entry for entry in was["rests_on"] if entry not in now["rests_on"]],
        new=[entry for entry in now["rests_on"] if entry not in was["rests_on"]],
    )
