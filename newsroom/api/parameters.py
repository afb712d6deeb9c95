"""What a query string may say: known names, each once, with bounded values."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from re import Pattern

from django.http import QueryDict

from newsroom.core.cursors import key_of
from newsroom.core.errors import DomainError

LIMIT, MOST = 20, 100
# What a moment looks like, for descriptions too. Which days a month has the calendar says; no clock on earth differs
# from UTC by more than fourteen hours, and no newsroom asks about other centuries.
MOMENT = (
    r"(19|20)\d\d-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-9]))"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d))?"
)
_MOMENT = re.compile(MOMENT, re.ASCII)
DAY_LENGTH = len("2026-05-27")
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


def moment_in(query: QueryDict, name: str, *, last: bool = False) -> datetime | None:
    """The moment (aware) that parameter ``name`` says, None without one: with its offset, or a day in UTC, of which it
    is the first moment, or the ``last``. Raises DomainError ``parameter_malformed``.

    Years and offsets are bounded, so that the database and every calendar know the moment.
    """
    if (text := query.get(name)) is None:
        return None
    try:
        if _MOMENT.fullmatch(text):
            if len(text) > DAY_LENGTH:
                return datetime.fromisoformat(text).astimezone(UTC)
            at = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return at + timedelta(days=1, microseconds=-1) if last else at
    except ValueError:  # In no calendar.
        pass
    raise DomainError(
        "parameter_malformed",
        "A moment with its offset, such as 2026-05-27T12:00:00Z, or a day, such as 2026-05-27.",
        name,
    )


def text_in(query: QueryDict, name: str, pattern: Pattern[str], told: str) -> str | None:
    """What parameter ``name`` says, None without it; ``told`` says what it takes. Raises DomainError
    ``parameter_malformed`` for what does not match ``pattern`` whole."""
    text = query.get(name)
    if text is not None and not pattern.fullmatch(text):
        raise DomainError("parameter_malformed", "%(told)s.", name, told=told)
    return text


def names_in(query: QueryDict, name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names, separated by commas, that parameter ``name`` gives, each one of ``known`` and once; none without it.

    Raises DomainError ``parameter_malformed``.
    """
    if (text := query.get(name)) is None:
        return ()
    known = tuple(known)
    # The length first: nobody makes us part a million commas.
    names = text.split(",") if len(text) <= sum(len(one) + 1 for one in known) else [""]
    if not set(names) <= set(known) or len(set(names)) < len(names):
        raise DomainError(
            "parameter_malformed",
            "One or more of %(known)s, separated by commas.",
            name,
            known=", ".join(known),
        )
    return tuple(names)


def flag_in(query: QueryDict, name: str) -> bool:
    """Whether parameter ``name`` is true; false without it. Raises DomainError ``parameter_malformed``."""
    text = query.get(name, "false")
    if text not in ("true", "false"):
        raise DomainError("parameter_malformed", "true or false.", name)
    return text == "true"


def key_in(query: QueryDict, pattern: Pattern[str]) -> str | None:
    """The key that the cursor holds, None without one. Raises DomainError ``cursor_malformed``."""
    cursor = query.get("cursor")
    return None if cursor is None else key_of(cursor, pattern, "cursor")
