"""Who outside has copies of what was published: asked of the app that hands them out, which stands above this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models import Article


@dataclass(frozen=True)
class Copy:
    """That ``holder`` has, or was told of, an article's edition ``number``, the newest of which that is known, since
    ``at``; ``fetched`` says that they took it."""

    holder: str
    number: int
    at: datetime
    fetched: bool


# Row keys of articles → what is known of each, without those of which nothing is.
Finder = Callable[[set[int]], dict[int, list[Copy]]]
_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Let ``finder`` tell of copies."""
    _FINDERS.append(finder)


def copies_of(articles: Iterable[Article]) -> list[tuple[Article, list[Copy]]]:
    """Those of ``articles`` of which somebody outside has a copy, each once, with who; a few queries."""
    by_key = {article.pk: article for article in articles}
    found: dict[int, list[Copy]] = {}
    for finder in _FINDERS:
        for key, copies in finder(set(by_key)).items():
            found.setdefault(key, []).extend(copies)
    return [(article, found[key]) for key, article in by_key.items() if found.get(key)]
