"""The language versions of an article that readers may be sent to.

Who is whose version is what the editions say; which of them are public is asked without a clock, of what partners have
been told of: an edition that waits is none of them, and as soon as one is told of, or taken away, the pages of the
others are made anew.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from articles.models import Edition, EditionContent


@dataclass(frozen=True)
class Version:
    """A public version of an article: its language, its slug, and whether it is the original."""

    language: str
    slug: str
    original: bool

    @property
    def name(self) -> str:
        """The language as those who read it call it."""
        return LANG_INFO[self.language]["name_local"] if self.language in LANG_INFO else self.language


def versions_of(editions: Iterable[Edition]) -> dict[int, tuple[Version, ...]]:
    """By the row id of an article, all its public versions, itself among them, originals first; nothing for one that
    has no other. One query where no article has one, two where any has."""
    root_of = {edition.article_id: edition.translation_of_id or edition.article_id for edition in editions}
    showing = Edition.objects.listed_as_told().version_of(root_of.values())
    groups: dict[int, list[tuple]] = defaultdict(list)
    for pk, article, original, slug in showing.values_list(
        "pk", "article", "translation_of", "article__slug"
    ):
        groups[original or article].append((pk, slug, original is None))
    several = {root: group for root, group in groups.items() if len(group) > 1}
    languages = _languages(pk for group in several.values() for pk, *_rest in group)
    versions = {
        root: tuple(
            sorted(
                (Version(languages[pk], slug, original) for pk, slug, original in group if pk in languages),
                key=lambda version: (not version.original, version.language),
            )
        )
        for root, group in several.items()
    }
    return {article: versions[root] for article, root in root_of.items() if root in versions}


def _languages(editions: Iterable[int]) -> dict[int, str]:
    """In which language these editions (row ids) are; of a sealed one nothing is known."""
    if not (keys := list(editions)):
        return {}
    documents = EditionContent.objects.filter(edition__in=keys).values_list("edition", "document")
    return {pk: json.loads(document)["content"]["language"] for pk, document in documents}
