"""When an edition shows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition


class Release(models.Model):
    """From when until when an edition shows, lower bound included, in UTC; no upper bound: until superseded.

    The only public-side table that may change, by acts alone, each audited. It never reads the clock: whether an
    edition shows is asked with a moment (``articles.models.public``).
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="releases")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="release")
    showing = DateTimeRangeField(_("showing"))
    # Whether partners who are entitled to it may read the edition while it waits, marked.
    embargoed = models.BooleanField(_("under embargo"), default=False)
    # Why an edition that waited was put on hold: its range is empty from then on, so that it never shows by itself.
    held_for = models.CharField(_("on hold for"), max_length=200, blank=True)
    # False until the change feed has the edition; the release worker looks for these (partial index).
    announced = models.BooleanField(_("announced"), default=False)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            ExclusionConstraint(
                name="release_no_overlap",
                expressions=[("article", RangeOperators.EQUAL), ("showing", RangeOperators.OVERLAPS)],
                violation_error_code="release_overlaps",
            ),
        ]
        indexes = [
            models.Index(fields=["showing"], condition=Q(announced=False), name="release_to_announce"),
            # Feeds and the log of corrections are in the order in which editions began to show.
            models.Index(RangeStartsWith("showing").desc(), name="release_begins"),
            models.Index(fields=["article"], condition=~Q(held_for=""), name="release_on_hold"),
        ]

    def __str__(self):
        return f"{self.edition}, on hold" if self.held_for else f"{self.edition} from {self.showing.lower}"
