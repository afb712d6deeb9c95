"""Pairs of sources whose texts resemble each other, and what a person made of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class Likeness(models.Model):
    """The texts of two sources are near-duplicates: one may derive from the other. ``left`` has the lower row id.

    Only a person decides: confirming sets ``derives_from`` of one of the two, rejecting keeps the pair from being
    proposed again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    left = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    # Share of the shorter text's shingles that the other text has too, 0 to 1.
    score = models.FloatField(_("likeness"))
    found_at = models.DateTimeField(_("found at"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["right"], name="likeness_right")]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="likeness_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="likeness_ordered"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="likeness_share"),
        ]

    def __str__(self):
        return f"{self.left} ~ {self.right}"
