"""Finds the quotations of a paragraph: straight, curly, single, „Polish”, «French» and »German«.

An apostrophe is never a quotation mark. Which of the two a single mark is depends on its neighbours and,
after a plural (`the states' rights`), on whether a better end follows. Time is linear in the length of the
text.
"""

import re
from dataclasses import dataclass, field

# Deeper quotations than these do not occur in prose; marks that would open one are read as plain characters.
MAX_DEPTH = 6

SINGLE = "'‘’‚‹›"
_CLOSERS = {
    '"': '"”',
    "“": '”"“',
    "„": '”"“',
    "”": '”"',
    "«": "»",
    "»": "«»",
    "'": "'’",
    "‘": "’'",
    "‚": "‘’'",
    "‹": "›",
    "›": "‹›",
}
# A single mark between two word characters is an apostrophe and not even looked at.
_MARK = re.compile(r"[\"“”„«»‚‹›]|(?<!\w)['‘’]|['‘’](?!\w)")
_BEFORE_OPENING = frozenset(' \t\n\u00a0\u2009\u202f([{<—–-/=:;,"“„«‘‚‹»›')
_ELIDED = re.compile(
    r"['‘’](?:\d0s|(?:tis|twas|twere|til|till|em|cause|bout|round|neath|n)\b)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[.!?…]\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, as offsets into the paragraph.

    `start` and `end` take in the quotation marks, `inner_start` and `inner_end` leave out the marks and
    white space next to them. `closed` is false when no closing mark follows: the quotation runs to the
    paragraph's end, and the next paragraph may go on with it. `nested` holds the quotations directly inside
    this one.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    nested: tuple["Quotation", ...] = ()


@dataclass(slots=True)
class _Open:
    """An opening mark whose end is still to come, and the quotations found since."""

    at: int
    char: str
    inside: list[Quotation] = field(default_factory=list)


def find_quotations(text: str, language: str) -> list[Quotation]:
    """Return the outermost quotations of one paragraph in reading order.

    `language` is "en" or "pl"; English alone has plural possessives that look like a closing mark.
    """
    marks = [match.start() for match in _MARK.finditer(text)]
    if not marks:
        return []
    plurals = _plural_apostrophes(text, marks) if language == "en" else frozenset()
    found: list[Quotation] = []
    stack: list[_Open] = []
    for at in marks:
        closes = None if at in plurals else _closed_by(text, at, stack)
        if closes is not None:
            _close(text, at, stack, closes, found)
        elif len(stack) < MAX_DEPTH and _opens(text, at):
            stack.append(_Open(at, text[at]))
    _run_on(text, stack, found)
    return found


def _opens(text: str, at: int) -> bool:
    """Say whether the mark at `at`, which closes nothing, opens a quotation."""
    char = text[at]
    following = text[at + 1 : at + 2]
    if not following or (following.isspace() and char not in "«»"):
        return False
    if char in "“„«‚‹":
        return True
    if char == "’" or (char in "'‘" and _ELIDED.match(text, at)):
        return False
    return at == 0 or text[at - 1] in _BEFORE_OPENING


def _closed_by(text: str, at: int, stack: list[_Open]) -> int | None:
    """Return the place in `stack` of the quotation that ends at `at`, or None when the mark ends none."""
    if not stack or not _may_close(text, at, stack[-1]):
        return None
    char = text[at]
    if char in SINGLE:
        return len(stack) - 1 if char in _CLOSERS[stack[-1].char] else None
    for place in range(len(stack) - 1, -1, -1):
        if char in _CLOSERS[stack[place].char]:
            return place
    return None


def _may_close(text: str, at: int, innermost: _Open) -> bool:
    """Say whether a mark looks like an end and not like the beginning of a nested quotation."""
    char = text[at]
    before, after = text[at - 1], text[at + 1 : at + 2]
    if char in "'’":
        return not before.isspace() and not _ELIDED.match(text, at)
    if (innermost.char, char) in (("«", "»"), ("»", "«")):
        return True
    if char in '"“‘»«':
        begins = (
            (before in _BEFORE_OPENING and before not in ",;:-—–") and bool(after) and not after.isspace()
        )
        return not begins or innermost.at == at - 1
    return True


def _close(text: str, at: int, stack: list[_Open], place: int, found: list[Quotation]) -> None:
    """End the quotation at `place`; what was opened inside it and never closed was no quotation."""
    opened = stack[place]
    for stray in stack[place + 1 :]:
        opened.inside.extend(stray.inside)
    del stack[place:]
    quotation = _quotation(text, opened, at, at + 1, closed=True)
    if quotation is not None:
        (stack[-1].inside if stack else found).append(quotation)


def _run_on(text: str, stack: list[_Open], found: list[Quotation]) -> None:
    """Let what is still open run to the end of the paragraph, unless it was an apostrophe after all."""
    end = len(text)
    while stack:
        opened = stack.pop()
        into = stack[-1].inside if stack else found
        quotation = _quotation(text, opened, end, end, closed=False) if _runs_on(text, opened) else None
        if quotation is None:
            into.extend(opened.inside)
        else:
            into.append(quotation)


def _runs_on(text: str, opened: _Open) -> bool:
    """Say whether an opening mark without an end can be believed; single ones only where speech begins."""
    if opened.char not in SINGLE:
        return True
    before = text[max(0, opened.at - 2) : opened.at].rstrip()
    return opened.char != "'" and (not before or before[-1] in ":,—–")


def _quotation(text: str, opened: _Open, inner_end: int, end: int, *, closed: bool) -> Quotation | None:
    inner = text[opened.at + 1 : inner_end]
    if not inner.strip():
        return None
    start = opened.at + 1 + len(inner) - len(inner.lstrip())
    return Quotation(opened.at, end, start, start + len(inner.strip()), closed, tuple(opened.inside))


def _plural_apostrophes(text: str, marks: list[int]) -> frozenset[int]:
    """Return the marks after a plural (`states' rights`) that end no quotation.

    Such a mark is an apostrophe when a plain closing mark comes before the next opening one, or when
    sentences lie between it and the opening mark before it.
    """
    apostrophes = []
    plain_end_follows = False
    for place in range(len(marks) - 1, -1, -1):
        at = marks[place]
        if text[at] not in SINGLE:
            continue
        if not _after_plural(text, at):
            plain_end_follows = not _opens(text, at) and not _ELIDED.match(text, at)
        elif plain_end_follows or _BETWEEN.search(text, marks[place - 1] if place else 0, at):
            apostrophes.append(at)
    return frozenset(apostrophes)


def _after_plural(text: str, at: int) -> bool:
    return (
        text[at] in "'’"
        and at >= 2
        and text[at - 1] == "s"
        and text[at - 2].isalpha()
        and text[at + 1 : at + 2].isspace()
        and text[at + 2 : at + 3].islower()
    )
