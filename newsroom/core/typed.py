"""Text that people type outside the body: notes, reasons, headlines."""

import re

from newsroom.core.errors import DomainError

# Control characters, lone surrogates, and the marks that turn the direction of writing, which could hide words.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def typed(text: str, place: str, *, limit: int = 2000, lines: bool = True) -> str:
    """``text`` without white space at its ends, in at most ``limit`` characters; without ``lines`` on one line.

    Raises DomainError ``text_unreadable`` for control characters and ``text_too_long``; ``place`` names the field.
    """
    text = text.strip() if lines else " ".join(text.split())
    if _REFUSED.search(text):
        raise DomainError("text_unreadable", "There is a character in this text that cannot be shown.", place)
    if len(text) > limit:
        raise DomainError("text_too_long", "This has more than %(limit)s characters.", place, limit=limit)
    return text
