"""The partners' change feed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.rules.kinds import Kind
from newsroom.core.append_only import append_only_triggers


class Change(models.Model):
    """One entry, written and numbered at the moment it becomes visible, under one lock taken last.

    So numbers have no gaps and tell nothing early.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="change")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["number"]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.number}: {self.kind}"
