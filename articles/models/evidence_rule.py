"""What the newsroom demands of the evidence of some kinds of statement."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.claim import Claim
from newsroom.core.ids import PublicIdField
from sources.models import Source


@pghistory.track(append_only=True)
class EvidenceRule(models.Model):
    """For statements of one kind (of their claim, or ``quote``): how many origins, and which kinds of source."""

    KINDS = [*Claim.Kind.choices, ("quote", _("quote"))]

    public_id = PublicIdField()
    kind = models.CharField(_("kind of statement"), max_length=10, choices=KINDS, unique=True)
    origins = models.PositiveSmallIntegerField(
        _("origins needed"), default=1, validators=[MinValueValidator(1)]
    )
    source_kinds = ArrayField(
        models.CharField(max_length=12, choices=Source.Kind),
        verbose_name=_("kinds of source that support it"),
        default=list,
        blank=True,
        help_text=_("Empty: any kind."),
    )

    class Meta:
        verbose_name = _("evidence rule")
        verbose_name_plural = _("evidence rules")
        ordering = ["kind"]

    def __str__(self):
        return self.get_kind_display()
