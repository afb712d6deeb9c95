"""How editors have arranged the fronts: the home page and the page of each section."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.section import Section
from newsroom.core.append_only import append_only_triggers
from newsroom.core.ids import PublicIdField


class ArrangementQuerySet(models.QuerySet):
    def of(self, section):
        """Those of the front of ``section``, or of the home page (None), the one that holds first."""
        return self.filter(section=section).order_by("-number")


class Arrangement(models.Model):
    """What stands before everything else on the front of ``section`` (NULL: on the home page): its pins, in order.

    Never changed: the newest of a front holds. What readers see of a pinned article is asked of its editions, as in
    every other list.
    """

    public_id = PublicIdField()
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arrangements",
    )
    number = models.PositiveIntegerField(_("version"))
    # Whether the first of its pins that readers can see stands out from the others.
    leads = models.BooleanField(_("with a lead"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("arranged by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("arranged at"))

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement of a front")
        verbose_name_plural = _("arrangements of fronts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"], nulls_distinct=False, name="arrangement_number_once"
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.section.slug if self.section else 'home'} {self.number}"


class Pin(models.Model):
    """One article of an arrangement."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="pins")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="pins"
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        ordering = ["arrangement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "position"], name="pin_position_once"),
            models.UniqueConstraint(fields=["arrangement", "article"], name="pin_article_once"),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.arrangement_id}: {self.article_id}"
