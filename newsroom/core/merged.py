"""The same thing entered twice (design, rule 11): one record stands for both, the other stays as an address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MergedField(models.ForeignKey):
    """The record that stands for this one since they were merged; NULL: it stands for itself.

    Nothing new may name a record that has one. What was released names it for ever, so it is never deleted. It points
    to a record that has none itself: there are no chains.
    """

    def __init__(self, **kwargs):
        fixed = {
            "to": "self",
            "verbose_name": _("merged into"),
            "on_delete": models.PROTECT,
            "null": True,
            "blank": True,
            "editable": False,
            "related_name": "merged",
        }
        super().__init__(**{**fixed, **kwargs})


def rows_of(record) -> models.QuerySet:
    """The row ids of ``record`` and of what was merged into it, for ``__in``: an edition may name it by any of them."""
    itself = models.Q(pk=record.pk) | models.Q(merged_into=record.pk)
    return type(record)._default_manager.filter(itself).order_by().values("pk")


def standing_for(record):
    """The record to name in place of ``record``: itself, or what it was merged into. At most one query."""
    return record.merged_into if getattr(record, "merged_into_id", None) else record


def lock_standing(record):
    """The row that stands for ``record``, locked until the transaction ends: by the name of what was merged into it an
    act from an old page means it."""
    rows = type(record)._default_manager.select_for_update()
    row = rows.get(pk=record.pk)
    return rows.get(pk=row.merged_into_id) if row.merged_into_id else row
