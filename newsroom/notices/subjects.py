"""What notices are about, in words for one reader: asked of the app whose records they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """``label`` and ``words`` as this reader may see them now; ``path`` of its page at the desk, "" if it has none."""

    label: str
    path: str = ""
    words: str = ""


# (reader, notices about one type of record) → the subjects by the notices' keys, without what the reader may not see.
Resolver = Callable[[object, list], dict[int, Subject]]
_RESOLVERS: dict[str, Resolver] = {}


def register(about_type: str, resolver: Resolver) -> None:
    """Let ``resolver`` name what notices about records of ``about_type`` (``app.model``) are about."""
    _RESOLVERS[about_type] = resolver


def subjects_of(reader, notices: Iterable) -> dict[int, Subject]:
    """The subjects of ``notices`` that ``reader`` may see, by the notices' keys; a fixed number of queries a type."""
    by_type: dict[str, list] = {}
    for notice in notices:
        by_type.setdefault(notice.about_type, []).append(notice)
    found: dict[int, Subject] = {}
    for about_type, alike in by_type.items():
        if resolver := _RESOLVERS.get(about_type):
            found |= resolver(reader, alike)
    return found
