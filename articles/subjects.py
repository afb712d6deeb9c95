"""By which values editions name what a reader or partner asks about (:mod:`articles.rules.subjects`).

Every list, feed and filter by subject goes one way: :func:`values_of`, then the entries
(:func:`articles.reading.cards`) or the queryset (``Edition.objects.listed(now).about(kind, *values)``).
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Claim, Edition, Section
from articles.reading import NEWEST
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
    known = model._default_manager.filter(public_id=value).annotate(behind=_behind(model))
    found = known.values_list("merged_into__public_id", "behind").first()
    return (found[0] or value, *found[1]) if found else (value,)


def standing_with(model: type[Model], which: Q) -> tuple[Model, tuple[str, ...]] | None:
    """The record that ``which`` finds, with ``merged_into``, and the public ids of all that stand for it together.

    That of the record that stands for the others comes first. None if there is none. One query.
    """
    known = model._default_manager.filter(which).annotate(behind=_behind(model))
    record = known.select_related("merged_into").order_by("pk").first()
    if record is None:
        return None
    return record, ((record.merged_into or record).public_id, *record.behind)


def merged_with(kind: str, field: str) -> QuerySet:
    """The public ids of all that stand together with the record of ``kind`` that the outer row names in ``field``: none
    where there is no such record. For a subquery."""
    records = MERGING[kind]._default_manager.order_by()
    known = records.filter(public_id=OuterRef(OuterRef(field)))
    stands = Subquery(known.values(stands=Coalesce("merged_into", "pk"))[:1])
    return records.filter(Q(merged_into=stands) | Q(pk=stands)).values("public_id")


def records_of(kind: str, public_ids: Iterable[str]) -> QuerySet:
    """The records of ``kind`` with these ids, each with its own alone."""
    return MERGING[kind]._default_manager.filter(public_id__in=list(public_ids))


def _behind(model: type[Model]) -> ArraySubquery:
    """The public ids of what was merged into the row, or into what it was merged into itself."""
    itself = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    behind = model._default_manager.filter(merged_into=itself)
    return ArraySubquery(behind.order_by("public_id").values("public_id"))


def known(model: type[Model], kind: str, *, now: datetime, field: str = "slug") -> QuerySet:
    """The rows of ``model`` that listed editions name at ``now`` by their ``field``."""
    listed = Edition.objects.listed(now).entries("", NEWEST, kind=kind, value=OuterRef(field))
    # Not Exists: the server would join everything there is before it takes the first page of records.
    named = model._default_manager.annotate(named=Subquery(listed.order_by().values("pk")[:1]))
    return named.filter(named__isnull=False)


def sections(*, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Slug and name of the sections that listed articles stand in at ``now``, in the order of the desk. One query."""
    found = known(Section, About.SECTION, now=now).order_by("position", "name", "pk")
    return list(found.values_list("slug", "name")[:limit])


def name_of(kind: str, value: str, *, now: datetime) -> str | None:
    """The name of a subject as the newest listed entry about it prints it; None if none is about it. One query."""
    listed = Edition.objects.listed(now).entries("", NEWEST, kind=kind, value=value)
    return listed.order_by("-subjects__list_key").values_list("subjects__name", flat=True).first()
