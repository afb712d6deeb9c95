"""Claims, quotes and sources that were found wrong, and where readers were told so."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.claim import Claim
from articles.models.quote import Quote
from articles.models.sealing import kept_unless_article_sealed
from newsroom.core.ids import PublicIdField
from sources.models import Source


class Recall(models.Model):
    """One record found wrong: open until no current or waiting edition shows it as it was (design, rule 9).

    Exactly one of ``claim``, ``quote``, ``source``. For a claim or quote its wrong wordings are in :attr:`told`; a
    source is wrong wherever it is cited. Moments in UTC; ``closed_at`` is NULL while it is open.
    """

    public_id = PublicIdField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="recalls")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, related_name="recalls")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="recalls")
    reason = models.TextField(_("what is wrong"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, quote=None, source=None)
                | Q(claim=None, quote__isnull=False, source=None)
                | Q(claim=None, quote=None, source__isnull=False),
                name="recall_of_one",
                violation_error_code="recall_of_one",
            ),
            *[
                models.UniqueConstraint(
                    fields=[of],
                    condition=Q(closed_at=None),
                    name=f"recall_open_once_{of}",
                    violation_error_code="recalled_already",
                )
                for of in ("claim", "quote", "source")
            ],
        ]

    def __str__(self):
        return str(self.claim or self.quote or self.source)


class RecalledWording(models.Model):
    """One sentence that said or cited the wrong thing when the recall was opened, with its evidence as printed.

    ``digest`` is of the wording as :func:`articles.rules.fingerprints.wording_digest` normalises it.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="told")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="recalled")
    number = models.PositiveIntegerField(_("edition"))
    key = models.CharField(_("key"), max_length=10)
    wording = models.TextField(_("wording"))
    digest = models.CharField(max_length=64)
    evidence = models.JSONField(_("evidence"), default=list)

    class Meta:
        verbose_name = _("recalled wording")
        verbose_name_plural = _("recalled wordings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recall", "article", "number", "key"], name="recalled_once")
        ]
        indexes = [models.Index(fields=["digest"], name="recalled_digest")]
        triggers = kept_unless_article_sealed()

    def __str__(self):
        return self.wording[:80]
