"""Articles that lawyers look at: nothing of them goes out meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class LegalHold(models.Model):
    """It stands while ``lifted_at`` is NULL: an absolute blocker (:mod:`articles.legal_holds`)."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    lifted_because = models.TextField(_("why it was lifted"), blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(lifted_at=None),
                name="legal_hold_once",
                violation_error_code="held_already",
            )
        ]
        indexes = [models.Index(fields=["-at"], condition=Q(lifted_at=None), name="legal_hold_standing")]

    def __str__(self):
        return str(self.article)
