"""By which values editions name what a reader or partner asks about (:mod:`articles.rules.subjects`).

Every list, feed and filter by subject goes one way: :func:`values_of`, then the entries
(:func:`articles.reading.cards`) or the queryset (``Edition.objects.listed(now).about(kind, *values)``).
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q
from django.db.models.functions import Coalesce

from articles.models import Claim
from articles.rules.subjects import About
from sources.models import Publisher, Source, Speaker

# Records that can be merged (articles.merging): editions go on naming one that is gone by its own id.
MERGING: dict[str, type[Model]] = {
    About.SOURCE: Source,
    About.PUBLISHER: Publisher,
    About.SPEAKER: Speaker,
    About.CLAIM: Claim,
}


def values_of(kind: str, value: str) -> tuple[str, ...]:
    """The values that stand for the subject ``value`` of ``kind``, the one that stands for the others first.

    Of a record that was merged those of what it was merged into. What there is no record of stands for itself. At
    most one query.
    """
    if (model := MERGING.get(kind)) is None:
        return (value,)
    found = standing_with(model, Q(public_id=value))
    return found[1] if found else (value,)


def standing_with(model: type[Model], which: Q) -> tuple[Model, tuple[str, ...]] | None:
    """The record that stands for the one that ``which`` finds, and the public ids of all that it stands for.

    Its own comes first. None if there is none. One query.
    """
    itself = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    behind = model._default_manager.filter(merged_into=itself).order_by("public_id").values("public_id")
    known = model._default_manager.filter(which).annotate(behind=ArraySubquery(behind))
    record = known.select_related("merged_into").order_by("pk").first()
    if record is None:
        return None
    stands = record.merged_into or record
    return stands, (stands.public_id, *record.behind)
