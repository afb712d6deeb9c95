"""Corrections as readers are told: note and receipt, the same in a page, a list and the API."""

from collections.abc import Container
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.receipts import Told
from articles.rendering.dates import moment
from articles.rules.exemptions import Reason
from articles.rules.kinds import NEEDS_NOTE, SET_RIGHT, Kind

# What an article goes on telling after its next edition.
LASTING = SET_RIGHT | {Kind.REINSTATEMENT}


def lasting(corrections: tuple[Told, ...]) -> list[Told]:
    """Those that every later page of the article tells, newest first."""
    return [told for told in reversed(corrections) if told.kind in LASTING]


def heading(kind: str) -> str:
    """What stands above a note, in the active language."""
    match kind:
        case Kind.FIRST:
            return _("First published")
        case Kind.CORRECTION:
            return _("Correction")
        case Kind.CLARIFICATION:
            return _("Clarification")
        case Kind.RETRACTION:
            return _("Retraction")
        case Kind.REINSTATEMENT:
            return _("Available again")
        case Kind.UPDATE:
            return _("What is new")
        case Kind.UNPUBLICATION | Kind.TAKE_DOWN:
            return _("No longer available")
    return _("Note to readers")


def notice(told: Told, *, base: str = "", keys: Container[str] | None = None) -> dict:
    """The context of ``articles/correction.html``: a correction, in the active language.

    A sentence is linked at ``base`` + its anchor; ``keys`` are those of the sentences that stand there (None: all that
    the receipt says stand in its edition).
    """
    return {
        "id": told.id,
        "kind": told.kind,
        "number": told.number,
        "heading": heading(told.kind),
        "grave": told.kind in NEEDS_NOTE,
        "at": moment(told.at),
        "note": told.note,
        "approved_by": told.approved_by,
        "receipt": receipt(told, base=base, keys=keys),
    }


def changed_to(kind: str, number: int, at: datetime, told: Told | None = None) -> dict:
    """The edition after which something is gone: ``number``, ``kind`` in words, ``at``, and its ``note`` and
    ``receipt`` where ``told`` has them; in the active language."""
    return {
        "number": number,
        "kind": _("Small edit") if kind == Kind.MINOR else heading(kind),
        "grave": kind in NEEDS_NOTE,
        "at": moment(at),
        "note": told.note if told else "",
        "receipt": receipt(told, base="", keys=()) if told else None,
    }


def receipt(told: Told, *, base: str, keys: Container[str] | None) -> dict | None:
    """What was changed: ``texts`` and ``statements`` to be printed, and their count; None if nothing was."""
    if not (told.texts or told.statements):
        return None
    changed = len(told.texts) + len(told.statements)
    return {
        "count": ngettext("%(count)d change", "%(count)d changes", changed) % {"count": changed},
        "texts": [{**text, "place": _place(text["place"])} for text in told.texts],
        "statements": [_statement(statement, base, keys) for statement in told.statements],
    }


def _statement(statement: dict, base: str, keys: Container[str] | None) -> dict:
    stands = statement["is"] is not None and (keys is None or statement["key"] in keys)
    return {
        "was": statement["was"] if statement["was"] != statement["is"] else None,
        "is": statement["is"],
        "same": statement["was"] == statement["is"],
        "address": f"{base}#s-{statement['key']}" if stands else "",
        "added": [_evidence(entry) for entry in statement["evidence_added"]],
        "removed": [_evidence(entry) for entry in statement["evidence_removed"]],
        "facts": [changed_fact(fact) for fact in statement["facts"]],
    }


def changed_fact(fact: dict) -> dict:
    """A fact of a receipt in words: ``{"fact": which, "was", "is"}``, in the active language."""
    told = {"fact": _fact(fact["fact"]), "was": fact["was"], "is": fact["is"]}
    if fact["fact"] == "exemption":
        told |= {side: str(Reason(fact[side]).label) if fact[side] else "" for side in ("was", "is")}
    return told


def _evidence(entry: dict) -> dict:
    stances = {"contradicts": _("contradicts it"), "context": _("context")}
    carries = {"words": _("has the words"), "report": _("reports it")}
    about = [
        entry["locator"],
        stances.get(entry["stance"], ""),
        carries.get(entry["carries"], ""),
    ]
    return {
        "title": entry["title"] or _("Source not yet identified"),
        "passage": entry["passage"],
        "about": ", ".join(filter(None, about)),
    }


def _place(place: str) -> str:
    return {
        "headline": _("Headline"),
        "standfirst": _("Summary"),
        "bylines": _("Written by"),
        "treaties": _("Treaties"),
        "headings": _("Headings"),
        "figure": _("Picture"),
    }[place]


def _fact(fact: str) -> str:
    return {
        "exemption": _("Why it needs no citation"),
        "speaker": _("Who said it"),
        "words": _("Words quoted"),
        "language": _("Language of the words"),
        "role": _("Role of the speaker"),
        "occasion": _("Occasion"),
        "said_on": _("Said on"),
        "original": _("Original words"),
        "original_language": _("Language of the original"),
        "translator": _("Translated by"),
    }[fact]
