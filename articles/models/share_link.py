"""Links by which somebody without an account reads a draft."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.core.ids import PublicIdField


class ShareLink(models.Model):
    """One link to a draft: it ends at ``expires_at``, or when somebody revokes it. Moments in UTC.

    The token in the address is not kept, only its SHA-256 (hex): who reads the database opens no link. ``pinned`` is
    the canonical JSON of the document that was shared; empty where the link follows the draft.
    """

    public_id = PublicIdField()
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="share_links")
    token_digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("for whom"), max_length=200, blank=True)
    pinned = models.TextField(_("pinned document"), blank=True)
    may_comment = models.BooleanField(_("may comment"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    # NULL while it is not revoked, and never opened.
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    uses = models.PositiveIntegerField(_("uses"), default=0)
    # How often it was opened since a moment not long ago (articles.sharing).
    counted_from = models.DateTimeField(_("counted from"), null=True)
    counted = models.PositiveIntegerField(_("counted"), default=0)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["article"], name="share_link_article")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="share_link_expires",
                violation_error_code="expires_before",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="share_link_revoked_by_somebody",
                violation_error_code="revoked_by_nobody",
            ),
        ]

    def __str__(self):
        return self.label or self.public_id

    def is_open(self, now) -> bool:
        """Whether it opens at ``now`` (aware), as far as the link itself says."""
        return self.revoked_at is None and now < self.expires_at
