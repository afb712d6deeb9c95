"""Everything that is public, for whoever takes a copy of all: article by article, in the order of their public ids.

A copy is read in stretches, and what is published meanwhile may come before or behind the place reached. Nothing of it
is lost to who asks first how far the change feed goes, and follows the feed from there.
"""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Edition, Rendering
from articles.rendering.rebuilding import OUTDATED, rebuild
from articles.rules.entitlements import Entitlement, Terms
from articles.usage import columns_of_terms, terms_of, with_terms


@dataclass(frozen=True, slots=True)
class Copied:
    """An article as the API tells it, the row key of the edition that it is told from, and on which terms."""

    public_id: str
    edition: int
    body: bytes
    terms: Terms


def stretch(*, after: str, limit: int, now: datetime, by: Entitlement | None) -> list[Copied]:
    """At most ``limit`` of the articles that are listed for ``by``, behind the one with public id ``after``. One query;
    more only where a source has just been withdrawn."""
    listed = Edition.objects.listed(now, by=by).order_by("article__public_id")
    found = listed.filter(
        article__public_id__gt=after, renderings__representation=Rendering.Representation.API
    )
    found = with_terms(found, by, now)
    told = ("article__public_id", "pk", "renderings__template_release", "renderings__plain")
    columns = (*told, *columns_of_terms(by))
    rows = list(found.values_list(*columns)[:limit])
    if waiting := [row[1] for row in rows if row[2] == OUTDATED]:
        rebuild(waiting)
        rows = list(found.values_list(*columns)[:limit])
    return [
        Copied(public_id, edition, bytes(body), terms_of(by, opening))
        for public_id, edition, _release, body, *opening in rows
    ]
