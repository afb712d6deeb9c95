"""The partners' change feed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.rules.change_kinds import CHANGE_KINDS
from newsroom.core.append_only import append_only_triggers
from sources.models import Source


class Change(models.Model):
    """One entry, written and numbered at the moment it becomes visible, under one lock taken last.

    So numbers have no gaps and tell nothing early. It is about exactly one of: an ``edition`` (the kinds of
    editions), a ``source`` that was withdrawn or reinstated, an ``article`` whose address changed.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CHANGE_KINDS)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, related_name="change")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="changes")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, source=None, article=None)
                | Q(edition=None, source__isnull=False, article=None, kind__startswith="source_")
                | Q(edition=None, source=None, article__isnull=False, kind="moved"),
                name="change_of_one",
                violation_error_code="change_of_one",
            )
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.number}: {self.kind}"
