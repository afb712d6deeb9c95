"""The state of every statement of a draft, in one word; the editor's text, its meter and the check page all ask here.

A state is about the draft itself: neither approval nor waiver changes it, for what was waived is still not checked.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.dossier import Dossier
from articles.models import Check
from articles.readiness import Blocker


class State(TextChoices):
    NO_EVIDENCE = "no_evidence", _("no evidence")
    CITED = "cited", _("cited, not checked")
    CHECKED = "checked", _("checked")
    LAPSED = "lapsed", _("lapsed: changed since it was checked")
    BLOCKED = "blocked", _("blocked")
    EXEMPTED = "exempted", _("needs no evidence")


class Checked(TextChoices):
    """What people found who looked at a statement as it stands: one aspect of its state."""

    CHECKED = "checked", _("checked")
    UNCHECKED = "unchecked", _("not checked")
    LAPSED = "lapsed", _("lapsed: changed since")
    NEGATIVE = "negative", _("not supported")


UNCHECKED = frozenset({"claim_not_checked", "quote_not_checked"})
NEGATIVE = "check_negative"
# Nothing that supports it is cited.
BARE = frozenset({"sentence_without_evidence", "claim_without_source", "quote_without_source"})


@dataclass(frozen=True)
class Standing:
    """One statement: its state, and the blockers at it and at the sources it cites."""

    state: State
    blockers: list[Blocker]


def checks_of(dossier: Dossier, blockers: list[Blocker]) -> dict[str, Checked]:
    """By key, what people found of each statement that rests on something; ``blockers`` are the draft's own.

    Lapsed is what was checked when the sentence or its evidence was another. One query.
    """
    codes = _codes_by_place(blockers)
    last = Check.objects.filter(article=dossier.article).order_by("segment", "-pk").distinct("segment")
    covered = dict(last.values_list("segment", "fingerprint"))
    found = {}
    for seen in dossier.segments:
        if seen.rests_on_nothing:
            continue
        here = codes.get(seen.key, set())
        if NEGATIVE in here:
            found[seen.key] = Checked.NEGATIVE
        elif not here & UNCHECKED:
            found[seen.key] = Checked.CHECKED
        else:
            lapsed = covered.get(seen.key, seen.fingerprint) != seen.fingerprint
            found[seen.key] = Checked.LAPSED if lapsed else Checked.UNCHECKED
    return found


def statement_states(dossier: Dossier, blockers: list[Blocker]) -> dict[str, Standing]:
    """By key, how each statement stands; ``blockers`` are the draft's own (:func:`articles.readiness.draft_blockers`).

    What nothing supports has no evidence; what is kept from going out by more than a missing check is blocked.
    """
    at: dict[str, list[Blocker]] = {}
    for blocker in blockers:
        at.setdefault(blocker.place, []).append(blocker)
    checks = checks_of(dossier, blockers)
    found = {}
    for seen in dossier.segments:
        places = [seen.key, *dict.fromkeys(f"source:{c.source.public_id}" for c in seen.citations)]
        here = [blocker for place in places for blocker in at.get(place, ())]
        found[seen.key] = Standing(_state({b.code for b in here}, checks.get(seen.key)), here)
    return found


def _state(codes: set[str], checked: Checked | None) -> State:
    if codes & BARE:
        return State.NO_EVIDENCE
    if codes - UNCHECKED:
        return State.BLOCKED
    if checked is None:
        return State.EXEMPTED
    return {Checked.CHECKED: State.CHECKED, Checked.LAPSED: State.LAPSED}.get(checked, State.CITED)


def _codes_by_place(blockers: list[Blocker]) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for blocker in blockers:
        codes.setdefault(blocker.place, set()).add(blocker.code)
    return codes
