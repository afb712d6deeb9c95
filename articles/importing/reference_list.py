"""Finds the sources a text was written from: the list at its end, or a file that comes with it."""

import re

from articles.importing.entries import MAX_ENTRIES, SourceEntry, checked
from articles.importing.reading import read_text
from articles.importing.reference_line import read_entry
from articles.importing.source_table import read_csv, read_json
from newsroom.core.errors import DomainError

_HEADING = re.compile(
    r"^[^\S\n]*(?:#{1,6}[^\S\n]+)?\**(?:sources|references|źródła|zrodla)\**:?\**[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED = re.compile(r"\s*(?:\[([0-9]{1,5})\][.:]?|\(([0-9]{1,5})\)|([0-9]{1,5})[.):])\s+(\S.*)")
_LONGEST_ENTRY = 5_000


def split(text: str) -> tuple[str, tuple[SourceEntry, ...] | None]:
    """Return `text` without the list at its end, and the list's entries by number; None if there is no list.

    A list is a heading alone on its line (`Sources:`, `References:`, `Źródła:`) and numbered lines up to the end of
    the text; a line without number goes on with the entry right above it. Several lists in a row are one.

    Raises `DomainError`: `empty` if there is nothing but a list, and as `entries.checked` does.
    """
    entries: list[tuple[SourceEntry, str]] = []
    headings = list(_HEADING.finditer(text))
    end = len(text)
    while headings and len(entries) <= MAX_ENTRIES:
        heading = headings.pop()
        found = _read_lines(text[heading.end() : end], text.count("\n", 0, heading.end()))
        if found is None:
            break
        entries += reversed(found)
        end = heading.start()
    if not entries:
        return text, None
    entries.reverse()
    body = text[:end].rstrip()
    if not body:
        raise DomainError("empty", "There is nothing but a list of sources.")
    return body + ("\n" if text.endswith("\n") else ""), checked(entries)


def parse_file(data: bytes, filename: str) -> tuple[SourceEntry, ...]:
    """Return the entries of a file of sources by number: JSON if it is named or begins so, else CSV.

    Raises `DomainError` as `read_text` and `entries.checked` do; besides `sources_unreadable` and
    `source_date_invalid`, with the line, and `sources_empty`.
    """
    text = read_text(data)
    is_json = filename.lower().endswith(".json") or text.startswith(("[", "{"))
    entries = read_json(text) if is_json else read_csv(text)
    if not entries:
        raise DomainError("sources_empty", "The list has no sources.")
    return checked(entries)


def _read_lines(text: str, line: int) -> list[tuple[SourceEntry, str]] | None:
    """The entries in the lines of `text`, which begins on `line` (from 0); None if they are no list."""
    found: list[tuple[int, str, list[str]]] = []
    follows = False
    for number, typed in enumerate(text.split("\n"), line + 1):
        if not typed.strip():
            follows = False
            continue
        numbered = _NUMBERED.match(typed)
        if numbered:
            found.append((int(numbered[1] or numbered[2] or numbered[3]), f"line {number}", [numbered[4]]))
        elif found and follows:
            found[-1][2].append(typed)
        else:
            return None
        follows = True
    return [(_entry(number, place, " ".join(lines)), place) for number, place, lines in found] or None


def _entry(number: int, place: str, text: str) -> SourceEntry:
    if len(text) > _LONGEST_ENTRY:
        message = f"{place}: the entry has more than {_LONGEST_ENTRY:,} characters."
        raise DomainError("source_too_long", message, place)
    return read_entry(number, text)
