"""What came in as numbered text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Import(models.Model):
    """One text that was imported, with its report. An archive import finds here what it has done already."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="imported")
    sha256 = models.CharField(max_length=64)
    # Folder and name within an archive; empty for a single text, which may be imported as often as one likes.
    archive = models.CharField(_("archive"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    final_newline = models.BooleanField(
        help_text=_("Whether the text ended in a line feed: export keeps it.")
    )
    report = models.JSONField(_("report"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["archive", "name"],
                condition=~Q(archive=""),
                name="import_archive_name_once",
                violation_error_code="imported_already",
            )
        ]

    def __str__(self):
        return self.name or str(self.article)
