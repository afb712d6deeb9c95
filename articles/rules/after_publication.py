"""State × kind × embargo × act, as data: what may be done with a published article, what results, what is shown.

The acts ask :func:`result_of`; tests are generated from the tables, and a public address that :data:`SURFACES` does
not name fails one. An article's state is what its address shows and whether a further edition waits (:class:`Shows`,
:class:`Waits`); nothing else decides.
"""

from enum import StrEnum

from articles.rules.kinds import Kind
from newsroom.core.errors import DomainError


class Shows(StrEnum):
    """What the article's address shows at a moment."""

    NOTHING = "nothing"
    TEXT = "text"
    RETRACTED = "retracted"  # The notice; earlier editions can still be opened, under a banner.
    RETRACTED_CLOSED = "retracted_closed"  # The notice alone.
    UNPUBLISHED = "unpublished"
    TAKEN_DOWN = "taken_down"


class Waits(StrEnum):
    """Whether an edition waits for its moment, and whether entitled partners may read it."""

    NONE = "none"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"


def shows(kind: str | None, *, closes_history: bool = False) -> Shows:
    """What an address shows whose current edition is of ``kind``; None: there is no current edition."""
    match kind:
        case None:
            return Shows.NOTHING
        case Kind.RETRACTION:
            return Shows.RETRACTED_CLOSED if closes_history else Shows.RETRACTED
        case Kind.UNPUBLICATION:
            return Shows.UNPUBLISHED
        case Kind.TAKE_DOWN:
            return Shows.TAKEN_DOWN
    return Shows.TEXT


NOTHING, TEXT, RETRACTED, CLOSED, UNPUBLISHED, TAKEN_DOWN = Shows
_RETRACTED = {RETRACTED, CLOSED}
GONE = _RETRACTED | {UNPUBLISHED, TAKEN_DOWN}
# What shows a notice alone: no edition can be opened beside it.
CLOSING = GONE - {RETRACTED}

# Why an act is refused.
REFUSALS = {
    "not_public": "Readers have never seen this article.",
    "kind_not_first": "The first edition, and only that, is of kind first.",
    "kind_not_reinstatement": "What readers can no longer read, and only that, is reinstated.",
    "retracted_already": "This article is retracted already.",
    "unpublished_already": "This article is unpublished already.",
    "taken_down_already": "This article is taken down already.",
    "not_gone": "Readers can read this article.",
    "not_taken_down": "This article is not taken down.",
    "not_waiting": "No edition waits for its moment.",
    "edition_waiting": "An edition is waiting to show later: withdraw it or publish on top.",
}

# What becomes of an edition that waits: it stays, it is put on hold, or the act is refused while there is one.
KEPT, HELD, REFUSED = "kept", "held", "refused"


def _same(*states: Shows) -> dict[Shows, Shows]:
    return {state: state for state in states}


_TO_FIRST = {NOTHING: TEXT, **dict.fromkeys({TEXT} | GONE, "kind_not_first")}
_TO_NEXT = {NOTHING: "kind_not_first", TEXT: TEXT, **dict.fromkeys(GONE, "kind_not_reinstatement")}
_RETRACT = {
    NOTHING: "not_public",
    **dict.fromkeys(_RETRACTED, "retracted_already"),
    TAKEN_DOWN: "taken_down_already",
}

# act → (what the address shows → what it shows then, or the code of the refusal), what becomes of what waits.
ACTS: dict[str, tuple[dict[Shows, Shows | str], str]] = {
    Kind.FIRST: (_TO_FIRST, REFUSED),
    **dict.fromkeys((Kind.UPDATE, Kind.MINOR, Kind.CORRECTION, Kind.CLARIFICATION), (_TO_NEXT, REFUSED)),
    Kind.REINSTATEMENT: (
        {**dict.fromkeys([NOTHING, TEXT], "kind_not_reinstatement"), **dict.fromkeys(GONE, TEXT)},
        REFUSED,
    ),
    # With old text that can still be opened, and without.
    "retract": (_RETRACT | {TEXT: RETRACTED, UNPUBLISHED: RETRACTED}, HELD),
    "retract_closing": (_RETRACT | {TEXT: CLOSED, UNPUBLISHED: CLOSED}, HELD),
    "unpublish": (
        {
            NOTHING: "not_public",
            TEXT: UNPUBLISHED,
            **dict.fromkeys(_RETRACTED, "retracted_already"),
            UNPUBLISHED: "unpublished_already",
            TAKEN_DOWN: "taken_down_already",
        },
        HELD,
    ),
    "take_down": (
        {
            NOTHING: "not_public",
            **dict.fromkeys({TEXT, UNPUBLISHED} | _RETRACTED, TAKEN_DOWN),
            TAKEN_DOWN: "taken_down_already",
        },
        HELD,
    ),
    "confirm_removal": ({**dict.fromkeys([NOTHING, TEXT], "not_gone"), **_same(*GONE)}, KEPT),
    "seal": (
        {**dict.fromkeys(set(Shows) - {TAKEN_DOWN}, "not_taken_down"), TAKEN_DOWN: TAKEN_DOWN},
        REFUSED,
    ),
    "change_address": (_same(*Shows), KEPT),
    "archive": (_same(*Shows), REFUSED),
}
# Acts on the edition that waits: what the address shows at the moment of the act stays as it is.
ON_WHAT_WAITS = {"reschedule": KEPT, "cancel": HELD}


def result_of(act: str, showing: Shows, waiting: Waits) -> tuple[Shows, Waits]:
    """What an article shows, and what waits, after ``act`` (a kind that is published at once, or another act).

    Raises DomainError with a code of :data:`REFUSALS`, KeyError for an unknown act.
    """
    if act in ON_WHAT_WAITS:
        if waiting == Waits.NONE:
            raise _refused("not_waiting")
        return showing, Waits.NONE if ON_WHAT_WAITS[act] == HELD else waiting
    results, what_waits = ACTS[act]
    if results[showing] not in list(Shows):
        raise _refused(results[showing])
    if waiting != Waits.NONE and what_waits == REFUSED:
        raise _refused("edition_waiting")
    return Shows(results[showing]), waiting if what_waits == KEPT else Waits.NONE


def _refused(code: str) -> DomainError:
    return DomainError(code, REFUSALS[code], "kind" if code.startswith("kind_") else None)
