"""Reads a list of sources from a file of its own, JSON or CSV."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

from articles.importing.entries import SourceEntry
from articles.importing.reference_line import iso_date
from newsroom.core.errors import DomainError

FIELDS = ("number", "title", "publisher", "url", "published")

_SPACE = re.compile(r"[ \t\n\r]*")
_DIGITS = re.compile(r"[0-9]{1,9}")


def read_json(text: str) -> list[tuple[SourceEntry, str]]:
    """Return the entries of `[{"number": 1, "title": …}, …]` or `{"sources": […]}`, each with its place."""
    start = _SPACE.match(text).end()
    if text[start : start + 1] == "{":
        opening = re.compile(r'\{\s*"sources"\s*:\s*').match(text, start)
        if not opening:
            raise _unreadable('expected a list of sources, or {"sources": [ … ]}', text, start)
        start = opening.end()
    if text[start : start + 1] != "[":
        raise _unreadable("expected a list of sources", text, start)
    return [(_entry(value, place), place) for value, place in _json_items(text, start)]


def read_csv(text: str) -> list[tuple[SourceEntry, str]]:
    """Return the entries of a table with a header line, each with its place; separator `,`, `;` or a tab."""
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    entries, names = [], None
    try:
        for row in rows:
            place = f"line {rows.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if names is None:
                names = _header(row, place)
                continue
            if len(row) > len(names):
                message = f"{place}: {len(row)} cells under {len(names)} headings."
                raise DomainError("sources_unreadable", message, place)
            entries.append((_entry(dict(zip(names, row, strict=False)), place), place))
    except csv.Error as error:
        place = f"line {rows.line_num}"
        raise DomainError(
            "sources_unreadable",
            "%(place)s: not a proper CSV line: %(error)s.",
            place,
            place=place,
            error=error,
        ) from error
    return entries


def _json_items(text: str, start: int) -> Iterator[tuple[object, str]]:
    """The items of the list that begins at `start`, each with the line it begins on."""
    decoder = json.JSONDecoder()
    at = _SPACE.match(text, start + 1).end()
    line, counted = 1, 0
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _unreadable(error.msg, text, error.pos) from error
        except (ValueError, RecursionError) as error:
            raise _unreadable("a value that is too long or too deep", text, at) from error
        yield value, f"line {line}"
        at = _SPACE.match(text, end).end()
        if text[at : at + 1] == ",":
            at = _SPACE.match(text, at + 1).end()
            if text[at : at + 1] == "]":
                raise _unreadable("a comma before the end of the list", text, at)
        elif text[at : at + 1] != "]":
            raise _unreadable("expected a comma or the end of the list", text, at)


def _unreadable(message: str, text: str, at: int) -> DomainError:
    place = f"line {text.count(chr(10), 0, at) + 1}"
    return DomainError("sources_unreadable", "%(place)s: %(message)s.", place, place=place, message=message)


def _header(row: list[str], place: str) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    unknown = [name for name in names if name not in FIELDS]
    if "number" not in names or unknown or len(set(names)) < len(names):
        message = (
            f"{place}: the headings are {', '.join(FIELDS)}; number is needed, the others may be left out."
        )
        raise DomainError("sources_unreadable", message, place)
    return names


def _entry(value: object, place: str) -> SourceEntry:
    if not isinstance(value, dict):
        raise DomainError(
            "sources_unreadable",
            "%(place)s: a source is an object with %(fields)s.",
            place,
            place=place,
            fields=", ".join(FIELDS),
        )
    unknown = [name for name in value if name not in FIELDS]
    if unknown:
        message = f"{place}: unknown field {unknown[0][:40]!r}; there are {', '.join(FIELDS)}."
        raise DomainError("sources_unreadable", message, place)
    number = value.get("number")
    if isinstance(number, str) and _DIGITS.fullmatch(number.strip()):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        raise DomainError(
            "source_number_invalid", "%(place)s: a source needs a whole number.", place, place=place
        )
    texts = {name: _text(value.get(name), name, place) for name in FIELDS[1:]}
    if texts["published"]:
        published = iso_date(texts["published"])
        if published is None:
            message = f"{place}: not a date: {texts['published'][:40]!r}; write 2026-05-27."
            raise DomainError("source_date_invalid", message, place)
        texts["published"] = published
    return SourceEntry(number, **texts)


def _text(value: object, name: str, place: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and name == "published" and 0 < value < 10_000:
        value = str(value)
    if not isinstance(value, str):
        raise DomainError(
            "sources_unreadable", "%(place)s: the %(name)s is not a text.", place, place=place, name=name
        )
    try:
        # JSON can spell half of a pair of surrogates, which no text has.
        value.encode()
    except UnicodeEncodeError as error:
        raise DomainError(
            "sources_unreadable", "%(place)s: the %(name)s is not a text.", place, place=place, name=name
        ) from error
    return " ".join(value.replace("\x00", "").split()) or None
