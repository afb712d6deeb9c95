"""What a query string may say: known names, each once, with bounded values."""

from re import Pattern

from django.http import QueryDict

from newsroom.core.cursors import key_of
from newsroom.core.errors import DomainError

LIMIT, MOST = 20, 100
# As much of a name that a stranger made up as is repeated to them.
ECHO = 60


def raise_if_unknown(query: QueryDict, known: frozenset[str]) -> None:
    """Refuse a name that means nothing here, or one given twice: an answer that ignored it would mislead.

    Raises DomainError ``parameter_unknown`` or ``parameter_twice`` at the name.
    """
    for name, values in query.lists():
        if name not in known:
            allowed = ", ".join(sorted(known)) or "none"
            raise DomainError(
                "parameter_unknown",
                "Unknown parameter; known here: %(allowed)s.",
                name[:ECHO],
                allowed=allowed,
            )
        if len(values) > 1:
            raise DomainError("parameter_twice", "Give this parameter once.", name)


def limit_in(query: QueryDict) -> int:
    """How many entries a page shall have. Raises DomainError ``parameter_malformed``."""
    return whole_in(query, "limit", least=1, most=MOST, default=LIMIT)


def whole_in(query: QueryDict, name: str, *, least: int, most: int, default: int) -> int:
    """The whole number that parameter ``name`` says, in plain digits. Raises DomainError ``parameter_malformed``."""
    text = query.get(name, str(default))
    # The length first: nobody makes us count a million digits.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise DomainError(
            "parameter_malformed", "A whole number from %(least)s to %(most)s.", name, least=least, most=most
        )
    return int(text)


def key_in(query: QueryDict, pattern: Pattern[str]) -> str | None:
    """The key that the cursor holds, None without one. Raises DomainError ``cursor_malformed``."""
    cursor = query.get("cursor")
    return None if cursor is None else key_of(cursor, pattern, "cursor")
