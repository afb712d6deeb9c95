"""What keeps a record from being deleted: the places that refer to it, named and linked."""

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# Rows that are read of each kind, however many there are.
READ = 50


def places_of(records, site) -> list[str]:
    """The places of rows that protect or name one of ``records`` (of one model), as HTML: a query for each kind of row.

    A row that is part of something else says so by ``stands_in``, which is then the place.
    """
    model = type(records[0])
    told: dict[str, None] = {}
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.many_to_many or _protects(relation))):
            continue
        of = {f"{relation.field.name}__in": records}
        rows = (
            relation.related_model._base_manager.filter(**of).order_by("-pk").fetch_mode(models.FETCH_PEERS)
        )
        found = list(rows[: READ + 1])
        told |= dict.fromkeys(_told(_place(row, records), site) for row in found[:READ])
        if len(found) > READ:
            told[_("and more")] = None
    return list(told)


def _place(row, records):
    """What ``row`` stands in, unless that is what is to be deleted."""
    place = getattr(row, "stands_in", row)
    return row if place in records else place


def _protects(relation) -> bool:
    return getattr(relation, "on_delete", None) is models.PROTECT


def _told(place, site) -> str:
    """The place, named by ``told_as`` where not everybody who comes here may read what it says."""
    kind = capfirst(place._meta.verbose_name)
    told_as = getattr(place, "told_as", place)
    name = f"admin:{place._meta.app_label}_{place._meta.model_name}_change"
    try:
        url = reverse(name, args=[quote(place.pk)], current_app=site.name)
    except NoReverseMatch:
        return format_html("{}: {}", kind, told_as)
    return format_html('{}: <a href="{}">{}</a>', kind, url, told_as)
