"""What the newsroom says of itself: each text of such a page, and who looked at it before readers could."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.rules.languages import Language
from articles.rules.site_pages import Subject
from newsroom.core.append_only import append_only_triggers
from newsroom.core.ids import PublicIdField


class SitePageQuerySet(models.QuerySet):
    def shown(self):
        """Those that a second person has approved: readers see the newest of each page, and may open those before."""
        return self.filter(approval__isnull=False)


class SitePage(models.Model):
    """One text of the page about ``subject`` in ``language``: never changed, a later one takes its place.

    ``body`` is HTML of the body's allowlist without marks (:mod:`articles.body.unmarked`).
    """

    public_id = PublicIdField()
    subject = models.CharField(_("page"), max_length=20, choices=Subject)
    language = models.CharField(_("language"), max_length=12, choices=Language)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=100)
    body = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"))

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a site page")
        verbose_name_plural = _("texts of site pages")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "language", "number"], name="site_page_number_once"),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.subject} {self.language} {self.number}"


class SitePageApproval(models.Model):
    """That somebody other than the writer read a text and lets readers see it."""

    page = models.OneToOneField(SitePage, on_delete=models.PROTECT, primary_key=True, related_name="approval")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("approved at"))

    class Meta:
        verbose_name = _("approval of a site page")
        verbose_name_plural = _("approvals of site pages")
        triggers = append_only_triggers()

    def __str__(self):
        return str(self.page)
