"""Who took an article away from readers, and who confirmed it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition

# Counted from the moment at which the notice begins to show.
CONFIRMED_WITHIN = timedelta(hours=1)


class Removal(models.Model):
    """One person retracted, unpublished or took down; a second confirms by ``confirm_by`` or it escalates (rule 7).

    Moments in UTC. ``edition`` is the notice that shows in the article's place. The reason is the desk's alone.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="removal")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    confirm_by = models.DateTimeField(_("to be confirmed by"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("by")),
                name="removal_confirmed_by_another",
                violation_error_code="own_removal",
            )
        ]
        indexes = [
            models.Index(
                fields=["confirm_by"],
                condition=Q(confirmed_at=None, escalated_at=None),
                name="removal_to_escalate",
            )
        ]

    def __str__(self):
        return str(self.edition)
