"""What an edition after the first changed, told alike on every surface."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.sealing import kept_unless_sealed
from newsroom.core.ids import PublicIdField


class Correction(models.Model):
    """Note and receipt of one edition (design, "Correction"); every edition after the first has one.

    ``receipt`` is canonical JSON text whose SHA-256 stands in the edition's document, so the chain covers it:
    ``{"kind", "note", "approved_by", "texts", "statements"}``, the last two as
    :func:`articles.rules.receipts.changes` works them out from the edition that readers knew before. When it was told
    is said by the edition's release.
    """

    public_id = PublicIdField()
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="correction")
    receipt = models.TextField(_("receipt"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return str(self.edition)
