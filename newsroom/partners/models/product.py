"""What a partner can be entitled to."""

from datetime import timedelta

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Treaty
from articles.rules import entitlements
from articles.rules.languages import Language
from newsroom.core.ids import PublicIdField

LONGEST_DELAY = timedelta(days=3_650)


@pghistory.track(append_only=True)
class Product(models.Model):
    """A part of what is published, cut by treaty, section and language: empty means any.

    See :class:`articles.rules.entitlements.Product` for what each field opens.
    """

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=100, unique=True)
    treaties = models.ManyToManyField(Treaty, verbose_name=_("treaties"), blank=True, related_name="products")
    sections = models.ManyToManyField(
        "articles.Section", verbose_name=_("sections"), blank=True, related_name="products"
    )
    languages = ArrayField(
        models.CharField(max_length=10, choices=Language),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    delay = models.DurationField(
        _("delay"),
        default=timedelta(),
        validators=[MinValueValidator(timedelta()), MaxValueValidator(LONGEST_DELAY)],
        help_text=_(
            "How long an article must have been public. What is set right afterwards is told at once."
        ),
    )
    media = models.BooleanField(_("pictures"), default=True)
    embargoed = models.BooleanField(
        _("embargoed articles"), default=False, help_text=_("Before their moment, marked as such.")
    )
    terms = models.TextField(
        _("terms of use"),
        max_length=2_000,
        blank=True,
        help_text=_("Stands on each item, for whoever reads it."),
    )

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        constraints = [
            # Else the text would come first, and what sets it right after the delay.
            models.CheckConstraint(
                condition=models.Q(embargoed=False) | models.Q(delay=timedelta()),
                name="product_early_or_late",
                violation_error_code="embargoed_with_delay",
                violation_error_message=_(
                    "A product opens articles before their moment, or after a delay, not both."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def opens(self) -> entitlements.Product:
        """What it opens, as the rules have it. Two queries, unless they were prefetched."""
        return entitlements.Product(
            treaties=tuple(sorted(treaty.slug for treaty in self.treaties.all())),
            sections=tuple(sorted(section.slug for section in self.sections.all())),
            languages=tuple(sorted(self.languages)),
            delay=self.delay,
            media=self.media,
            embargoed=self.embargoed,
            terms=self.terms,
        )


class OpeningsTold(models.Model):
    """Up to which moment partners who read with a ``delay`` were told what it had opened."""

    delay = models.DurationField(_("delay"), primary_key=True)
    until = models.DateTimeField(_("told until"))

    class Meta:
        verbose_name = _("openings told")
        verbose_name_plural = _("openings told")

    def __str__(self):
        return f"{self.delay}: {self.until:%Y-%m-%d %H:%M:%S} UTC"
