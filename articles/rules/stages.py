"""Where a draft can be, and which acts move it: by the steps that the article's section asks for.

The table is read by the acts (``articles.review``, ``articles.publishing``), by the buttons, and by the
database trigger that refuses any other move.
"""

from dataclasses import dataclass
from itertools import product

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_APPROVALS = 3


class Stage(TextChoices):
    DRAFT = "draft", _("draft")
    FACT_CHECK = "fact_check", _("fact check")
    REVIEW = "review", _("review")
    APPROVED = "approved", _("approved")


# act → (stages it may start from, stage it leads to)
Moves = dict[str, tuple[frozenset[Stage], Stage]]


@dataclass(frozen=True)
class Steps:
    """What a section asks of its drafts between writing and going out.

    At least one of ``fact_check`` and ``review``; ``in_order``: an editor approves from the last of them alone.
    ``approvals`` is how many different people approve, none of them whose own article it is: never fewer than one.
    """

    fact_check: bool = True
    review: bool = True
    in_order: bool = False
    approvals: int = 1

    def __post_init__(self):
        if not (self.fact_check or self.review):
            raise ValueError("somebody has to look at a draft in a stage of its own")
        if not 1 <= self.approvals <= MOST_APPROVALS:
            raise ValueError("four eyes are the least")

    @property
    def stages(self) -> list[Stage]:
        """The stages a draft goes through, in order."""
        asked = {Stage.FACT_CHECK: self.fact_check, Stage.REVIEW: self.review}
        return [stage for stage in Stage if asked.get(stage, True)]


def moves(steps: Steps = Steps()) -> Moves:
    """What moves the drafts of a section with these ``steps``.

    A draft that stands in a stage its section does not ask for any more can go on from there.
    """
    first = Stage.FACT_CHECK if steps.fact_check else Stage.REVIEW
    last = Stage.REVIEW if steps.review else Stage.FACT_CHECK
    at_the_end = frozenset({Stage.REVIEW} if steps.in_order and steps.review else {*_LOOKED_AT})
    return {
        "submit": (frozenset({Stage.DRAFT}), first),
        "send_to_review": (frozenset({Stage.FACT_CHECK} if steps.review else ()), Stage.REVIEW),
        "send_back": (_LOOKED_AT | {Stage.APPROVED}, Stage.DRAFT),
        "approve": (at_the_end, Stage.APPROVED),
        "withdraw_approval": (frozenset({Stage.APPROVED}), last),
        # A change of what was approved needs a new approval (WF3).
        "save": (frozenset({Stage.APPROVED}), last),
        # The next edition starts from a draft again.
        "publish": (frozenset({Stage.APPROVED}), Stage.DRAFT),
        # What is approved and must be written anew (articles.recalling).
        "recall": (frozenset({Stage.APPROVED}), Stage.DRAFT),
        "release_as_archive": (frozenset({Stage.DRAFT}), Stage.DRAFT),
    }


_LOOKED_AT = frozenset({Stage.FACT_CHECK, Stage.REVIEW})

# Where a section asks for nothing else, or there is none.
MOVES: Moves = moves()


def every_steps() -> list[Steps]:
    """All that a section can ask for."""
    asked = product((True, False), (True, False), (True, False), range(1, MOST_APPROVALS + 1))
    return [Steps(*values) for values in asked if values[0] or values[1]]


def transitions() -> list[tuple[str, str]]:
    """Every (from, to) pair that some section allows, for the database trigger."""
    return sorted(
        {
            (start.value, end.value)
            for steps in every_steps()
            for starts, end in moves(steps).values()
            for start in starts
            if start != end
        }
    )
