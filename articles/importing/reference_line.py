"""Reads one line of a reference list: `1. Title, Publisher, 27 May 2026, https://…`, as people write it."""

import re
from datetime import date

from articles.importing.entries import SourceEntry

_URL = re.compile(r"<?(https?://[^\s<>\"“”„]+)>?", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)", re.IGNORECASE)
_MONTHS = (
    ("january", "jan", "stycznia", "styczeń"),
    ("february", "feb", "lutego", "luty"),
    ("march", "mar", "marca", "marzec"),
    ("april", "apr", "kwietnia", "kwiecień"),
    ("may", "maja", "maj"),
    ("june", "jun", "czerwca", "czerwiec"),
    ("july", "jul", "lipca", "lipiec"),
    ("august", "aug", "sierpnia", "sierpień"),
    ("september", "sept", "sep", "września", "wrzesień"),
    ("october", "oct", "października", "październik"),
    ("november", "nov", "listopada", "listopad"),
    ("december", "dec", "grudnia", "grudzień"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = r"(?P<name>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_DAY, _YEAR = r"(?P<day>[0-3]?[0-9])", r"(?P<year>[12][0-9]{3})"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
_DATES = [
    re.compile(r"(?:\A|(?<=[\s,;(–—-]))" + form + r"\.?\)?\Z", re.IGNORECASE)
    for form in (
        _YEAR + r"-(?P<month>[01][0-9])(?:-" + _DAY + r")?",
        _DAY + _ORDINAL + r"\s+" + _MONTH + r",?\s+" + _YEAR + r"(?:\s+r\.?)?",
        _MONTH + r"\s+" + _DAY + _ORDINAL + r",?\s+" + _YEAR,
        _DAY + r"[./](?P<month>[01]?[0-9])[./]" + _YEAR + r"(?:\s+r\.?)?",
        _MONTH + r",?\s+" + _YEAR,
        _YEAR,
    )
]
_SEPARATORS = " \t,;:|–—-·"
_BEFORE_DATE = _SEPARATORS + "("
_DATE_REACH = 40
_SPLITS = (" | ", " — ", " – ", "; ", ", ", ". ")
_QUOTED = re.compile(r"[\"“„«](?P<title>[^\"“”„«»]+)[\"”“»][\s,.;:|–—-]*(?P<rest>.*)\Z", re.DOTALL)


def read_entry(number: int, text: str) -> SourceEntry:
    """Return what `text` (a line without its number) says of source `number`.

    The address is the last one; before it a date, if there is one; of the rest what is in quotation marks is the
    title, else all but the last part is, and the last part is the publisher.
    """
    text = " ".join(text.split())
    text, url = _take_url(text)
    text, published = _take_date(text.strip(_SEPARATORS))
    title, publisher = _split(text.strip(_SEPARATORS))
    return SourceEntry(number, title or None, publisher or None, url, published)


def iso_date(text: str) -> str | None:
    """The date that `text` is, in ISO 8601; a month or a year may stand alone; None if it is no date."""
    rest, published = _take_date(text.strip())
    return published if not rest else None


def _take_url(text: str) -> tuple[str, str | None]:
    linked = list(_LINK.finditer(text))
    if linked:
        last = linked[-1]
        return text[: last.start()] + last[1] + text[last.end() :], last[2]
    found = list(_URL.finditer(text))
    if not found:
        return text, None
    url = found[-1][1].rstrip(".,;:!?'’")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:")
    around = text[: found[-1].start()].rstrip("( "), text[found[-1].end() :].lstrip(") ")
    return " ".join(part for part in around if part), url


def _take_date(text: str) -> tuple[str, str | None]:
    """The text without the date at its end, and the date."""
    tail = max(0, len(text) - _DATE_REACH)
    for form in _DATES:
        found = form.search(text, tail)
        if found:
            published = _iso(found.groupdict())
            # No such day: then it is no shorter date either.
            return (text[: found.start()].rstrip(_BEFORE_DATE), published) if published else (text, None)
    return text, None


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"])
    month = (
        int(parts["month"]) if parts.get("month") else _MONTH_NUMBERS.get((parts.get("name") or "").lower())
    )
    if month is None:
        return f"{year:04}"
    day = int(parts["day"]) if parts.get("day") else None
    try:
        return date(year, month, day).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def _split(text: str) -> tuple[str, str]:
    quoted = _QUOTED.match(text)
    if quoted:
        return quoted["title"].strip(_SEPARATORS), quoted["rest"].strip(_SEPARATORS + ".")
    for separator in _SPLITS:
        title, found, publisher = text.rpartition(separator)
        if found and title.strip() and publisher.strip(_SEPARATORS + "."):
            return title.strip(_SEPARATORS), publisher.strip(_SEPARATORS + ".")
    return text, ""
