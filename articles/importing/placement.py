"""Puts a citation group that was typed after a stop where it belongs.

The sentence's own stop comes after the group, so the group moves before it. It stays after a stop that belongs
to an abbreviation or stands inside a quotation, and after an ellipsis, which marks an omission. A group that
was typed before a stop is never moved.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from articles.body.abbreviations import ALSO_WORDS, LEADING, LETTERED, MEASURES, NUMBERED, TRAILING
from articles.body.quotations import Quotation
from articles.importing.markers import Group

_ELLIPSIS = re.compile(r"…|\.\.")
_LAST_WORD = re.compile(r"[^\s(\[{\"“”„«»'‘‚–—/]+\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBERED_NEXT = re.compile(r"\s*(?:[0-9]|[IVXLC]+\b)")
_SMALL_NEXT = re.compile(r"\s*[^\W\d_A-Z]")
# Longer words than this are no abbreviations.
_LOOK_BACK = 40

# Abbreviations in small letters that end with a stop wherever they stand; titles and months have a capital.
_SMALL = {
    "en": frozenset({"etc", "vs", "cf", "viz", "approx", "incl", "excl", "ibid", "est"}),
    "pl": frozenset({"etc", "ww", "jw"}),
}


def place_groups(
    text: str, groups: Sequence[Group], quotations: Sequence[Quotation], language: str
) -> tuple[Group, ...]:
    """Return the groups of a paragraph, each at its place.

    `text` is without markers, `groups` are in order, as `read_markers` gives them; `quotations` are those of
    `text`. No two groups come to stand in one place: there are words between any two.
    """
    starts = [quotation.start for quotation in quotations]
    placed = []
    for group in groups:
        at = group.at
        if text[at - 1] in ".!?…":
            at = _before_stop(text, at, starts, quotations, language)
        placed.append(Group(at, group.numbers) if at != group.at else group)
    return tuple(placed)


def _before_stop(
    text: str, at: int, starts: Sequence[int], quotations: Sequence[Quotation], language: str
) -> int:
    around = bisect_right(starts, at - 1) - 1
    inside = quotations[around] if around >= 0 else None
    while text[at - 1] in ".!?…":
        start = at
        while start and text[start - 1] in ".!?…":
            start -= 1
        stays = _ELLIPSIS.search(text, start, at) or (inside and at - 1 < inside.end)
        if stays or (text[start:at] == "." and _is_abbreviation(text, start, language)):
            break
        at = start
        while at and text[at - 1].isspace():
            at -= 1
    return at


def _is_abbreviation(text: str, stop: int, language: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it."""
    last = _LAST_WORD.search(text, max(0, stop - _LOOK_BACK), stop)
    if last is None:
        return False
    word, lower = last[0], last[0].lower()
    if word.isdigit():
        return language == "pl" and _SMALL_NEXT.match(text, stop + 1) is not None
    if _DOTTED.fullmatch(word) or lower in _SMALL[language]:
        return True
    if len(word) == 1 and word.isupper():
        carrier = text[max(0, last.start() - _LOOK_BACK) : last.start()].split()
        return not (language == "en" and (word == "I" or (carrier and carrier[-1].lower() in LETTERED)))
    if lower in NUMBERED[language] and _NUMBERED_NEXT.match(text, stop + 1):
        return True
    if lower in MEASURES[language]:
        return True
    known = lower in LEADING[language] or lower in TRAILING[language]
    return known and (word[0].isupper() if language == "en" else lower not in ALSO_WORDS["pl"])
