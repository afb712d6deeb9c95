"""What partners have of what was published: fetched, said to be shown, reminded of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from newsroom.partners.models.partner import Partner


class Fetch(models.Model):
    """That a partner has fetched an edition, at first, last, and how often."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="fetches")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="fetches")
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["-last_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["partner", "edition"], name="fetch_once")]
        # The log of one partner is read from the latest back.
        indexes = [models.Index(fields=["partner", "last_at", "id"], name="fetch_log")]

    def __str__(self):
        return f"{self.partner}: {self.edition} ({self.times})"


class Confirmation(models.Model):
    """Which edition of an article a partner says that it shows; the last word counts."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="confirmations")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="confirmations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-at", "pk"]
        constraints = [models.UniqueConstraint(fields=["partner", "article"], name="confirmation_once")]

    def __str__(self):
        return f"{self.partner}: {self.edition}"


class Reminder(models.Model):
    """That a partner was asked to take an edition over; ``by`` is null where nobody had to press a button."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="reminders")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reminders")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.partner}: {self.edition}"


class Silence(models.Model):
    """That a partner who used to fetch has stopped: since when, and that it was noticed."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="silences")
    since = models.DateTimeField(_("since"))
    noticed_at = models.DateTimeField(_("noticed"))
    over_at = models.DateTimeField(_("over"), null=True)

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        ordering = ["-noticed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=models.Q(over_at=None), name="silence_noticed_once"
            )
        ]

    def __str__(self):
        return f"{self.partner}: {self.since:%Y-%m-%d %H:%M} UTC"
