"""Finds the citation markers of one paragraph and takes them out of its words.

A marker is a bracket of numbers (`[1, 2]`, `[1-3]`, `[1–3, 5]`) or superscript digits. Neighbours without words between
them are one group. What looks like a marker and is none stays in the text as typed, with a finding where a person
should look: a number that has no source, a bracket that is not closed, `[0]`, a group before the first word. A bracket
of one number between 1000 and 2100 is a year, and one with a backslash before it is words; neither is a finding.
"""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cache

# Without a list of sources the sources are the numbers used, up to 199.
NUMBERS_WITHOUT_LIST = frozenset(range(1, 200))

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
TOKEN = re.compile(
    r"\[(?P<inside>[^\[\]]*)(?P<closed>\]?)"
    r"|(?P<raised>[⁰¹²³⁴-⁹]+(?:[,˒⁻–-][⁰¹²³⁴-⁹]+)*)"
)
_NUMBERS = re.compile(r"\s*([0-9]+(?:\s*[-‐‑–—−]\s*[0-9]+)?)(?:\s*[,;]\s*|\s*\Z)")
_RANGE = re.compile(r"\s*[-‐‑–—−]\s*")
_MEANT_AS_NUMBERS = re.compile(r"\s*[0-9][0-9\s,;.–—‐‑−-]*\Z")
_OPEN_NUMBERS = re.compile(r"\s*[0-9][0-9\s,;–—‐‑−-]*")
_ONLY_SEPARATORS = re.compile(r"[\s,;]*\Z")
_ONLY_DASH = re.compile(r"\s*[-‐‑–—−]\s*\Z")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans(_RAISED_DIGITS + "⁻˒", "0123456789-,")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_DIGITS_BEFORE = re.compile(r"[0-9][0-9.,]*\Z")
_POWERS = frozenset("²³")
_UNITS = frozenset("km m cm mm dm hm nm µm μm um mi nmi ft in yd s ha co".split())
# A unit or a year is short; what stands further back than this decides nothing.
_LOOK_BACK = 24

_ReadNumbers = Callable[[str], tuple[int, ...] | None]


@dataclass(frozen=True, slots=True)
class Group:
    """One citation group: `at` is where it stands in the text without markers, `numbers` ascending."""

    at: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that stays as typed: a finding's code, where it is in the text without markers, and how it reads."""

    code: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph's text without its markers, its groups in order, and what could not be read."""

    text: str
    groups: tuple[Group, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """One token: how it stays if it is to stay, the finding's code if it has one, and its numbers if it is a marker."""

    start: int
    end: int
    stays: str
    code: str | None = None
    numbers: tuple[int, ...] = ()


def read_markers(paragraph: str, citable: Set[int], *, escape: bool = False) -> Marked:
    r"""Take the markers out of `paragraph` (clean text of one paragraph).

    `citable` are the numbers that have a source, NUMBERS_WITHOUT_LIST where there is no list of them. With `escape`,
    a bracket kept because of a number without source gets a backslash (`\[7]`), so that reading the text again
    without that list keeps it as words.
    """
    if "[" not in paragraph and not TOKEN.search(paragraph):
        return Marked(paragraph)
    reading = _Reading(paragraph, citable)

    @cache
    def read(inside: str) -> tuple[int, ...] | None:
        return _read_numbers(inside, citable)

    for found in TOKEN.finditer(paragraph):
        judged = _judge(found, read, escape)
        if judged is not None:
            reading.take(judged)
    return reading.finish()


class _Reading:
    """Builds the text without markers from left to right."""

    def __init__(self, paragraph: str, citable: Set[int]):
        self.paragraph = paragraph
        self.citable = citable
        self.pieces: list[str] = []
        self.length = 0
        self.done = 0
        self.groups: list[Group] = []
        self.troubles: list[Trouble] = []
        self.has_words = False
        self.words_since_group = False

    def take(self, token: _Judged) -> None:
        between = self.paragraph[self.done : token.start]
        worded = any(map(str.isalnum, between))
        self.has_words = self.has_words or worded
        self.words_since_group = self.words_since_group or worded
        if not token.numbers:
            self._keep(between, token, token.code, token.stays)
        elif not self.has_words:
            self._keep(between, token, "marker_malformed", self.paragraph[token.start : token.end])
        elif self.words_since_group or not self.groups:
            self._add(between.rstrip())
            self.groups.append(Group(self.length, token.numbers))
            self._leave(token)
        else:
            self._join(between, token)

    def finish(self) -> Marked:
        self._add(self.paragraph[self.done :])
        return Marked("".join(self.pieces), tuple(self.groups), tuple(self.troubles))

    def _join(self, between: str, token: _Judged) -> None:
        """Add the numbers to the group before, between which and this one there are no words."""
        last = self.groups[-1]
        numbers = {*last.numbers, *token.numbers}
        if _ONLY_DASH.match(between):
            numbers.update(range(last.numbers[-1] + 1, token.numbers[0]))
            if not numbers <= self.citable:
                self._keep(between, token, "number_without_source", token.stays)
                return
        elif not _ONLY_SEPARATORS.match(between):
            self._add(between.rstrip())
        self.groups[-1] = Group(last.at, tuple(sorted(numbers)))
        self._leave(token)

    def _leave(self, token: _Judged) -> None:
        self.words_since_group = False
        self.done = token.end
        following = self.paragraph[token.end : token.end + 1]
        if following.isalnum() and following not in _RAISED_DIGITS:
            self._add(" ")

    def _keep(self, between: str, token: _Judged, code: str | None, stays: str) -> None:
        self._add(between)
        if code:
            self.troubles.append(Trouble(code, self.length, self.paragraph[token.start : token.end]))
        self._add(stays)
        self.words_since_group = True
        self.done = token.end

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def _judge(found: re.Match, read: _ReadNumbers, escape: bool) -> _Judged | None:
    """What one token is; None for plain words."""
    typed, start, end = found[0], found.start(), found.end()
    escaped = found.string[start - 1 : start] == "\\"
    if found["raised"] is not None:
        if not escaped and _is_part_of_word(found):
            return None
        inside = found["raised"].translate(_RAISED).replace("–", "-")
    elif not found["closed"]:
        return None if escaped else _judge_open(found)
    else:
        inside = found["inside"]
    if escaped:
        return _Judged(start, end, typed) if _MEANT_AS_NUMBERS.match(inside) else None
    return _judge_numbers(inside, typed, found, read, escape)


def _judge_numbers(
    inside: str, typed: str, found: re.Match, read: _ReadNumbers, escape: bool
) -> _Judged | None:
    start, end = found.span()
    if not _MEANT_AS_NUMBERS.match(inside):
        return None
    bare = inside.strip()
    if (
        found["raised"] is None
        and len(bare) == 4
        and bare.isdigit()
        and _FIRST_YEAR <= int(bare) <= _LAST_YEAR
    ):
        return None
    nested = found.string[start - 1 : start] == "[" and found["raised"] is None
    numbers = None if nested else read(inside)
    if numbers is None:
        return _Judged(start, end, typed, "marker_malformed")
    guarded = "\\" + typed if escape and _read_numbers(inside, NUMBERS_WITHOUT_LIST) else typed
    return _Judged(start, end, guarded, "number_without_source" if not numbers else None, numbers)


def _read_numbers(inside: str, citable: Set[int]) -> tuple[int, ...] | None:
    """The numbers in a bracket, ascending; empty if one has no source; None if it cannot be read."""
    numbers: set[int] = set()
    at, known = 0, True
    while at < len(inside):
        item = _NUMBERS.match(inside, at)
        if not item:
            return None
        ends = [_value(digits) for digits in _RANGE.split(item[1])]
        if ends[0] == 0 or ends[0] > ends[-1]:
            return None
        # The size first: a range of millions is never written out.
        known = known and ends[-1] - ends[0] < len(citable) and ends[0] in citable
        if known:
            numbers.update(range(ends[0], ends[-1] + 1))
        at = item.end()
    if inside.rstrip()[-1:] in ",;":
        return None
    return tuple(sorted(numbers)) if known and numbers <= citable else ()


def _value(digits: str) -> int:
    """The number; anything above a million is as unknown as a million, and Python refuses to read very long ones."""
    return int(digits) if len(digits.lstrip("0")) <= 6 and len(digits) < 100 else 1_000_000


def _judge_open(found: re.Match) -> _Judged | None:
    """A bracket that is not closed: its numbers stay, what follows them is words."""
    numbers = _OPEN_NUMBERS.match(found["inside"])
    if numbers is None:
        return None
    typed = "[" + numbers[0].rstrip()
    return _Judged(found.start(), found.start() + len(typed), typed, "marker_malformed")


def _is_part_of_word(found: re.Match) -> bool:
    """Whether raised digits are a power or part of a name (`km²`, `10⁶`, `x²`, `²³⁵U`) and not a marker."""
    text, start = found.string, found.start("raised")
    if text[found.end() : found.end() + 1].isalpha():
        return True
    before = text[max(0, start - _LOOK_BACK) : start]
    word = _WORD_BEFORE.search(before)
    if word:
        return found["raised"] in _POWERS and (len(word[0]) == 1 or word[0].lower() in _UNITS)
    digits = _DIGITS_BEFORE.search(before)
    if digits:
        return not (
            digits[0].isdigit() and len(digits[0]) == 4 and _FIRST_YEAR <= int(digits[0]) <= _LAST_YEAR
        )
    return before.endswith("⁻")
