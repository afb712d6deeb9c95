"""What an edition changed, or a draft would change, as the desk shows it: the receipt, sentence by sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from articles.rules.exemptions import Reason

# Places of a receipt (articles.rules.receipts.PLACES) and facts of a quote.
LABELS = {
    "headline": _("headline"),
    "standfirst": _("standfirst"),
    "bylines": _("byline"),
    "treaties": _("treaties"),
    "headings": _("headings"),
    "figure": _("picture"),
    "speaker": _("speaker"),
    "words": _("words"),
    "language": _("language"),
    "role": _("role"),
    "occasion": _("occasion"),
    "said_on": _("said on"),
    "original": _("original"),
    "original_language": _("original language"),
    "translator": _("translator"),
    "exemption": _("exemption"),
    # What the desk alone compares (articles.versions.comparing).
    "claim": _("claim"),
    "section": _("section"),
    "slug": _("address"),
    "tags": _("tags"),
    "translation_of": _("language version of"),
    "headline_rests_on": _("headline rests on"),
    "standfirst_rests_on": _("standfirst rests on"),
    "order": _("order of the sentences"),
    "quoted": _("words marked as quotes"),
    "dismissed": _("dismissed quotations"),
    "links": _("links"),
}


@dataclass(frozen=True)
class Difference:
    """One text or sentence that differs: None where it was not there, or is no more.

    ``label`` says which text; for a sentence it is empty and ``key`` is its key. ``facts`` are label, was and is.
    """

    label: str
    key: str
    was: str | None
    now: str | None
    added: list[dict] = field(default_factory=list)
    removed: list[dict] = field(default_factory=list)
    facts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def reworded(self) -> bool:
        return self.was != self.now


def differences(texts: Iterable[dict], statements: Iterable[dict]) -> list[Difference]:
    """The parts of :func:`articles.rules.receipts.changes`, in their order: first the texts around the body."""
    told = [Difference(LABELS[text["place"]], "", text["was"], text["is"]) for text in texts]
    told += [
        Difference(
            "",
            statement["key"],
            statement["was"],
            statement["is"],
            statement["evidence_added"],
            statement["evidence_removed"],
            [_fact(fact) for fact in statement["facts"]],
        )
        for statement in statements
    ]
    return told


def _fact(fact: dict) -> tuple[str, str, str]:
    sides = [fact["was"], fact["is"]]
    if fact["fact"] == "exemption":
        sides = [str(Reason(side).label) if side else "" for side in sides]
    return LABELS[fact["fact"]], *sides
