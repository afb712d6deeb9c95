"""What a person answered to advice on the text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class AdviceAnswer(models.Model):
    """Why advice with this ``code`` is not followed where the words are those of ``digest``."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="advice_answers")
    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to advice")
        verbose_name_plural = _("answers to advice")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "digest"], name="advice_answered_once"),
        ]

    def __str__(self):
        return f"{self.code}: {self.reason}"
