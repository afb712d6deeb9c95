"""What a list of sources says of one source."""

from dataclasses import dataclass

from newsroom.core.errors import DomainError
from sources.addresses import normalise_url

MAX_ENTRIES = 999
MAX_NUMBER = 9_999
_LONGEST = {"title": 500, "publisher": 200, "url": 2000}


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One numbered entry of a list; all but the number may be unknown.

    `published` is a date as ISO 8601 has it: a day, a month (`2026-05`) or a year.
    """

    number: int
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


def checked(entries: list[tuple[SourceEntry, str]]) -> tuple[SourceEntry, ...]:
    """Return the entries, given with their places (`line 7`), in the order of their numbers.

    Raises `DomainError`: `sources_too_many`, `source_number_invalid`, `source_number_twice`, `source_too_long`,
    `source_url_refused`, each with the place.
    """
    if len(entries) > MAX_ENTRIES:
        raise DomainError(
            "sources_too_many",
            "The list has more than %(most)s sources.",
            entries[MAX_ENTRIES][1],
            most=MAX_ENTRIES,
        )
    places: dict[int, str] = {}
    for entry, place in entries:
        if not 0 < entry.number <= MAX_NUMBER:
            message = f"{place}: the number of a source is between 1 and {MAX_NUMBER}."
            raise DomainError("source_number_invalid", message, place)
        if entry.number in places:
            message = f"{place}: number {entry.number} was given on {places[entry.number]} already."
            raise DomainError("source_number_twice", message, place)
        places[entry.number] = place
        for name, longest in _LONGEST.items():
            if len(getattr(entry, name) or "") > longest:
                message = f"{place}: the {name} has more than {longest} characters."
                raise DomainError("source_too_long", message, place)
        if entry.url and normalise_url(entry.url) is None:
            message = f"{place}: not an http or https address: {entry.url[:100]}"
            raise DomainError("source_url_refused", message, place)
    return tuple(sorted((entry for entry, _ in entries), key=lambda entry: entry.number))
