"""The tags of an article: short words under which readers find more of the same."""

from collections.abc import Iterable

from articles.rules.subjects import VALUE_LENGTH
from newsroom.core.errors import DomainError
from newsroom.core.slugs import slug_of
from newsroom.core.typed import typed

TAG_LENGTH = 40
MOST_TAGS = 10


def tags_of(words: Iterable[str]) -> list[str]:
    """``words`` as an article keeps them: cleaned, in their order, of those with one address the first.

    Raises DomainError ``text_too_long``, ``text_unreadable``, ``tag_unreadable`` for one that makes no address, and
    ``too_many_tags``.
    """
    tags: dict[str, str] = {}
    for word in words:
        if tag := typed(word, "tags", limit=TAG_LENGTH, lines=False):
            if not (slug := tag_slug(tag)):
                raise DomainError(
                    "tag_unreadable", "A tag needs letters or figures: “%(tag)s”.", "tags", tag=tag
                )
            tags.setdefault(slug, tag)
    if len(tags) > MOST_TAGS:
        raise DomainError("too_many_tags", "At most %(limit)d tags.", "tags", limit=MOST_TAGS)
    return list(tags.values())


def tag_slug(tag: str) -> str:
    """What stands for a tag in addresses; empty where it has neither letter nor figure of ours."""
    return slug_of(tag)[:VALUE_LENGTH].strip("-")
