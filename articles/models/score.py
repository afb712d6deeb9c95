"""What the desk's evidence comes to, counted by the queue: a figure for a month, a language and a section."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.section import Section


class MonthScore(models.Model):
    """The figures (articles.scoring) of the stories that were first published in the month that begins on ``month``,
    as their current editions stood ``as_of``. Derived: it can be counted anew at any time."""

    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=12)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    figures = models.JSONField(_("figures"))
    # NULL: nobody has checked any of it.
    oldest_check_at = models.DateTimeField(_("oldest check"), null=True)
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("score of a month")
        verbose_name_plural = _("scores of months")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "language", "section"], name="month_score_once", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.language}"
