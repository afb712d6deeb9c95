"""Who puts sources out."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField
from newsroom.core.merged import MergedField


@pghistory.track(append_only=True)
class Publisher(models.Model):
    """An organisation that publishes sources. Public fields: ``public_id``, ``slug``, ``name``."""

    PRINTED: ClassVar = ("slug", "name")

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    barred = models.BooleanField(
        _("barred"),
        default=False,
        help_text=_("What it puts out is not accepted as the support of a sentence."),
    )
    merged_into = MergedField()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="publisher_name_unique",
                violation_error_code="publisher_exists",
                violation_error_message=_("There is a publisher of this name."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_printed(self) -> bool:
        """Whether an edition has printed it: it then changes by an act alone (:mod:`articles.amending`). One query."""
        return self.sources.filter(statement_citations__isnull=False).exists()
