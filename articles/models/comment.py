"""What people at the desk, and guests of a share link, say to each other about a draft. Never part of any edition."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Comment(models.Model):
    """One remark; ``parent`` is NULL for the first of a thread, and names it for every reply.

    ``place`` is a segment's key, ``headline``, ``standfirst`` or ``body``; "" for the whole article. ``exact`` are the
    words that were selected there, with the words around them, "" where none were.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    place = models.CharField(max_length=20, blank=True)
    exact = models.CharField(max_length=300, blank=True)
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # NULL: a guest, by the name they gave.
    )
    guest_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(_("at"))
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    # Of the thread, at its first remark.
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, guest_name="") | Q(by=None) & ~Q(guest_name=""),
                name="comment_by_somebody",
                violation_error_code="nobody",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(place="", exact="", resolved_at=None),
                name="comment_thread_is_its_first",
                violation_error_code="reply_placed",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "id"], condition=Q(parent=None), name="comment_threads"),
            models.Index(
                fields=["by", "id"], condition=Q(parent=None, resolved_at=None), name="comment_open_by"
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.text[:80]}"

    @property
    def who(self) -> str:
        return str(self.by) if self.by_id else self.guest_name
