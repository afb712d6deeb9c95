"""Where a draft can be, and which acts move it.

The table is read by the acts (``articles.review``, ``articles.publishing``), by the buttons, and by the
database trigger that refuses any other move.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    DRAFT = "draft", _("draft")
    FACT_CHECK = "fact_check", _("fact check")
    REVIEW = "review", _("review")
    APPROVED = "approved", _("approved")


# act → (stages it may start from, stage it leads to)
MOVES: dict[str, tuple[frozenset[Stage], Stage]] = {
    "submit": (frozenset({Stage.DRAFT}), Stage.FACT_CHECK),
    "send_to_review": (frozenset({Stage.FACT_CHECK}), Stage.REVIEW),
    "send_back": (frozenset({Stage.FACT_CHECK, Stage.REVIEW, Stage.APPROVED}), Stage.DRAFT),
    "approve": (frozenset({Stage.FACT_CHECK, Stage.REVIEW}), Stage.APPROVED),
    "withdraw_approval": (frozenset({Stage.APPROVED}), Stage.REVIEW),
    # A change of what was approved needs a new approval (WF3).
    "save": (frozenset({Stage.APPROVED}), Stage.REVIEW),
    # The next edition starts from a draft again.
    "publish": (frozenset({Stage.APPROVED}), Stage.DRAFT),
    # What is approved and must be written anew (articles.recalling).
    "recall": (frozenset({Stage.APPROVED}), Stage.DRAFT),
    "release_as_archive": (frozenset({Stage.DRAFT}), Stage.DRAFT),
}


def transitions() -> list[tuple[str, str]]:
    """Every allowed (from, to) pair, for the database trigger."""
    return sorted(
        {(start.value, end.value) for starts, end in MOVES.values() for start in starts if start != end}
    )
