"""By which values editions name what a reader or partner asks about (:mod:`articles.rules.subjects`).

Every list, feed and filter by subject goes one way: :func:`values_of`, then the entries
(:func:`articles.reading.cards`) or the queryset (``Edition.objects.listed(now).about(kind, *values)``).
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Claim, Edition, Section, Treaty
from articles.reading import NEWEST
from articles.rules.entitlements import Entitlement
from articles.rules.subjects import About
from articles.walking import FEW, opens_few
from newsroom.accounts.models import Person
from newsroom.core.ids import PUBLIC_ID
from sources.models import Publisher, Source, Speaker

# Records that can be merged (articles.merging): editions go on naming one that is gone by its own id.
MERGING: dict[str, type[Model]] = {
    About.SOURCE: Source,
    About.PUBLISHER: Publisher,
    About.SPEAKER: Speaker,
    About.CLAIM: Claim,
}

# Records that have a slug, by which also those are known that editions name by it.
NAMED_BY_SLUG: dict[str, type[Model]] = {
    About.PUBLISHER: Publisher,
    About.SPEAKER: Speaker,
    About.TREATY: Treaty,
    About.AUTHOR: Person,
    About.SECTION: Section,
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


def values_named(kind: str, named: str) -> tuple[str, ...]:
    """As :func:`values_of`, of a subject ``named`` by its public id or, where it has one, by its slug. At most one
    query."""
    if (model := MERGING.get(kind)) is not None and kind in NAMED_BY_SLUG:
        found = standing_with(model, Q(public_id=named) | Q(slug=named))
        return found[1] if found else (named,)
    if (model := NAMED_BY_SLUG.get(kind)) is not None and PUBLIC_ID.fullmatch(named):
        return (
            model._default_manager.filter(public_id=named).values_list("slug", flat=True).first() or named,
        )
    return values_of(kind, named)


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


def names_of_outer(model: type[Model], kind: str, field: str) -> QuerySet:
    """By which values of ``field`` editions name the row of ``model`` outside of the outer one, or what stands together
    with it: for a subquery in a subquery."""
    records = model._default_manager.order_by()
    if kind not in MERGING:
        return records.filter(pk=OuterRef(OuterRef("pk"))).values(field)
    stands = Coalesce(OuterRef(OuterRef("merged_into")), OuterRef(OuterRef("pk")))
    return records.filter(Q(merged_into=stands) | Q(pk=stands)).values(field)


def records_of(kind: str, public_ids: Iterable[str]) -> QuerySet:
    """The records of ``kind`` with these ids, each with its own alone."""
    return MERGING[kind]._default_manager.filter(public_id__in=list(public_ids))


def _behind(model: type[Model]) -> ArraySubquery:
    """The public ids of what was merged into the row, or into what it was merged into itself."""
    itself = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    behind = model._default_manager.filter(merged_into=itself)
    return ArraySubquery(behind.order_by("public_id").values("public_id"))


def known(
    model: type[Model], kind: str, *, now: datetime, field: str = "slug", by: Entitlement | None = None
) -> QuerySet:
    """The rows of ``model`` that editions listed for ``by`` at ``now`` name by their ``field``."""
    if (values := _values_of_few(kind, by, now)) is not None:
        return model._default_manager.filter(**{f"{field}__in": values})
    # Not Exists: the server would join everything there is before it takes the first page of records.
    named = _first_named(kind, OuterRef(field), by, now)
    return model._default_manager.annotate(named=named).filter(named__isnull=False)


def standing(model: type[Model], kind: str, *, now: datetime, by: Entitlement | None = None) -> QuerySet:
    """As :func:`known` by their public ids, of records that can be merged: those that stand, under their own id or one
    that was merged into it."""
    stand = model._default_manager.filter(merged_into=None)
    if (values := _values_of_few(kind, by, now)) is not None:
        named = model._default_manager.filter(public_id__in=values)
        behind = named.filter(merged_into__isnull=False).values("merged_into")
        return stand.filter(Q(public_id__in=values) | Q(pk__in=behind))
    merged = model._default_manager.filter(merged_into=OuterRef(OuterRef("pk"))).values("public_id")
    behind = Edition.objects.listed(now, by=by).under(kind, merged).order_by().values("pk")[:1]
    named = Coalesce(_first_named(kind, OuterRef("public_id"), by, now), Subquery(behind))
    return stand.annotate(named=named).filter(named__isnull=False)


def _first_named(kind: str, value, by: Entitlement | None, now: datetime) -> Subquery:
    listed = Edition.objects.listed(now, by=by).entries("", NEWEST, kind=kind, value=value)
    return Subquery(listed.order_by().values("pk")[:1])


def _values_of_few(kind: str, by: Entitlement | None, now: datetime) -> QuerySet | None:
    """What is named by the few editions listed for ``by``; None where they are not few: records are asked instead."""
    if by is None or by.opens_all or not opens_few(by):
        return None
    # The bound keeps the server from asking of each record whether one of them names it.
    few = Edition.objects.listed(now, by=by).order_by().values("pk")[:FEW]
    return Edition.objects.filter(pk__in=few).order_by().values_of(kind).distinct()


def sections(*, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Slug and name of the sections that listed articles stand in at ``now``, in the order of the desk. One query."""
    found = known(Section, About.SECTION, now=now).order_by("position", "name", "pk")
    return list(found.values_list("slug", "name")[:limit])


def name_of(kind: str, value: str, *, now: datetime) -> str | None:
    """The name of a subject as the newest listed entry about it prints it; None if none is about it. One query."""
    listed = Edition.objects.listed(now).entries("", NEWEST, kind=kind, value=value)
    return listed.order_by("-subjects__list_key").values_list("subjects__name", flat=True).first()
