"""Who took an article down for a legal reason, and who confirmed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition


class TakeDown(models.Model):
    """One person hid the article at once; a second confirms by ``confirm_by`` or it escalates (design, rule 7).

    Moments in UTC. ``edition`` is the one of kind take_down. The reason is the desk's alone.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="take_down")
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
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("by")),
                name="take_down_confirmed_by_another",
                violation_error_code="own_take_down",
            )
        ]
        indexes = [
            models.Index(
                fields=["confirm_by"],
                condition=Q(confirmed_at=None, escalated_at=None),
                name="take_down_to_escalate",
            )
        ]

    def __str__(self):
        return str(self.edition)
