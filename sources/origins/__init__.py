"""Which sources copy which: likeness of their texts is found and proposed, a person decides, chains are counted.

May import ``sources.models``, ``sources.passages`` and ``newsroom``; doors and ``articles`` may import it.
"""

from sources.origins.chains import roots_of, tree_of
from sources.origins.deciding import clear_origin, confirm_origin, reject_likeness
from sources.origins.finding import look_for_likeness, proposals_for
from sources.origins.picture import outline_of, picture_of
from sources.origins.sketching import sketch
from sources.origins.suggesting import suggestions_for

__all__ = [
    "clear_origin",
    "confirm_origin",
    "look_for_likeness",
    "outline_of",
    "picture_of",
    "proposals_for",
    "reject_likeness",
    "roots_of",
    "sketch",
    "suggestions_for",
    "tree_of",
]
