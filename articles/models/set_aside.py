"""Texts that were typed and not saved as the draft, because another version stood there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.sealing import kept_unless_article_sealed


class SetAside(models.Model):
    """What ``by`` had typed upon version ``based_on`` of the draft and set aside, whole; never changed."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="set_aside")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    based_on = models.PositiveIntegerField(_("based on version"))
    language = models.CharField(_("language"), max_length=12)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    standfirst = models.CharField(_("standfirst"), max_length=500, blank=True)
    headline_rests_on = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    standfirst_rests_on = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    body = models.TextField(_("body"), blank=True)

    class Meta:
        verbose_name = _("text set aside")
        verbose_name_plural = _("texts set aside")
        ordering = ["-pk"]
        triggers = kept_unless_article_sealed()

    def __str__(self):
        return f"{self.article_id}: {self.by}"

    @property
    def name(self) -> str:
        """How pages name it beside the numbers of versions."""
        return f"aside-{self.pk}"
