"""The kinds of edition, and what each means for the article's public state."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    FIRST = "first", _("first edition")
    UPDATE = "update", _("update")
    MINOR = "minor", _("minor edit")
    CORRECTION = "correction", _("correction")
    CLARIFICATION = "clarification", _("clarification")
    RETRACTION = "retraction", _("retraction")
    UNPUBLICATION = "unpublication", _("unpublished")
    TAKE_DOWN = "take_down", _("taken down")
    REINSTATEMENT = "reinstatement", _("reinstatement")


# An article whose current edition is of such a kind is in no list, feed or search.
UNLISTED = frozenset({Kind.RETRACTION, Kind.UNPUBLICATION, Kind.TAKE_DOWN})

# What ``publish`` makes from a draft; the others are acts of their own.
PUBLISHABLE = frozenset(
    {Kind.FIRST, Kind.UPDATE, Kind.MINOR, Kind.CORRECTION, Kind.CLARIFICATION, Kind.REINSTATEMENT}
)

# The reader must be told what was wrong and what is right, or why it is back.
NEEDS_NOTE = frozenset({Kind.CORRECTION, Kind.CLARIFICATION, Kind.RETRACTION, Kind.REINSTATEMENT})

# What the public log of corrections lists: everything that set right what readers had been told.
SET_RIGHT = frozenset({Kind.CORRECTION, Kind.CLARIFICATION, Kind.RETRACTION})
