"""The subject of coverage. First fields only; what was done to a treaty, and so its status, comes later."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField


@pghistory.track(append_only=True)
class Treaty(models.Model):
    """An agreement between states or organisations.

    Public fields: ``public_id``, ``slug``, ``title``, ``parties``, ``signed_on``, ``signed_at``.
    """

    PRINTED: ClassVar = ("slug", "title", "parties", "signed_on", "signed_at")

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    parties = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("parties"),
        default=list,
        blank=True,
        help_text=_("Names, separated by commas."),
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_at = models.CharField(_("signed at"), max_length=200, blank=True, help_text=_("The place."))

    class Meta:
        verbose_name = _("treaty")
        verbose_name_plural = _("treaties")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    @property
    def is_printed(self) -> bool:
        """Whether an article about it has an edition: it then changes by an act alone (:mod:`articles.amending`).
        One query."""
        return self.articles.filter(editions__isnull=False).exists()
