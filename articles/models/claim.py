"""Checkable assertions."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from articles.models.sealing import kept_unless_record_sealed
from newsroom.core.ids import PublicIdField
from newsroom.core.merged import MergedField


@pghistory.track(meta={"triggers": kept_unless_record_sealed()})
class Claim(models.Model):
    """One checkable assertion, used by any number of articles.

    ``label`` is the desk's name for it and is never published: readers see the wordings of its statements.
    """

    class Kind(models.TextChoices):
        """What is asserted: the newsroom's rules may ask more of some kinds (``articles.models.EvidenceRule``)."""

        GENERAL = "general", _("general")
        FIGURE = "figure", _("figure")
        MONEY = "money", _("money")
        CASUALTIES = "casualties", _("casualties")
        LEGAL = "legal", _("legal effect")

    class Standing(models.TextChoices):
        NORMAL = "normal", _("normal")
        PREFERRED = "preferred", _("preferred")
        DISPUTED = "disputed", _("disputed")
        DEPRECATED = "deprecated", _("deprecated")

    public_id = PublicIdField()
    label = models.TextField(_("claim"), help_text=_("For the desk only; never published."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GENERAL)
    standing = models.CharField(
        _("standing"),
        max_length=10,
        choices=Standing,
        default=Standing.NORMAL,
        help_text=_("A deprecated claim blocks what rests on it."),
    )
    as_of = models.DateField(_("as of"), null=True, blank=True)
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("From then on its sentences stand on the list of stale claims."),
    )
    dates_told = models.BooleanField(
        _("tell readers the dates"),
        default=False,
        help_text=_(
            "From the next edition on its sentences say as of when, and until when we look at them again."
        ),
    )
    merged_into = MergedField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        indexes = [
            # What the desk offers while a sentence is marked: nearly these words, or with some of them.
            GinIndex(OpClass(Upper("label"), "gin_trgm_ops"), name="claim_label_trigrams"),
            models.Index(
                fields=["review_by", "id"],
                condition=models.Q(review_by__isnull=False),
                name="claim_review_by",
            ),
        ]

    def __str__(self):
        return self.label if len(self.label) <= 100 else f"{self.label[:100].rstrip()}…"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no text of it, which may have to be sealed one day."""
        return self.public_id
