"""Who is writing a draft just now."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article

# Without a sign of life for so long, a lock holds nobody off any more.
LAPSES_AFTER = timedelta(minutes=5)


class DraftLockQuerySet(models.QuerySet):
    def live(self, now: datetime):
        """Those whose holder gave a sign of life lately."""
        return self.filter(seen_at__gt=now - LAPSES_AFTER)


class DraftLock(models.Model):
    """``holder`` has the draft open for writing since ``taken_at`` and was last heard of at ``seen_at`` (UTC).

    ``page`` is the page in the holder's browser that was heard of last, so that a page which is left lets go of its
    own lock only. ``taken_from`` and ``reason`` say from whom it was taken over, and why.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="draft_lock"
    )
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(_("taken at"))
    seen_at = models.DateTimeField(_("seen at"))
    page = models.CharField(max_length=12, blank=True, db_index=True)
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DraftLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("lock of a draft")
        verbose_name_plural = _("locks of drafts")

    def __str__(self):
        return f"{self.article_id}: {self.holder}"

    def is_live(self, now: datetime) -> bool:
        return self.seen_at > now - LAPSES_AFTER
