"""Who worded what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Wording(models.Model):
    """Who last worded a sentence of a draft (design, "own wording").

    ``digest`` is of the sentence as :func:`articles.rules.fingerprints.wording_digest` normalises it. Whoever brings
    back a sentence that was gone is its last worder.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="wordings")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [models.UniqueConstraint(fields=["article", "digest"], name="wording_once")]

    def __str__(self):
        return self.digest[:12]
