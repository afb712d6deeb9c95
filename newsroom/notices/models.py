"""A notice to one person, and what each person chose to be told of by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.notices.kinds import Way


class Notice(models.Model):
    """Something happened that ``to`` has to know.

    It holds no text of what it is about: that is asked for when it is shown, of the rights its reader has then.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60, help_text=_("A key of newsroom.notices.kinds.KINDS."))
    # Empty and NULL: about nothing that has a page.
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    # What readers know it by, for kinds that say so; never a word of a draft.
    label = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,  # NULL: the system, or somebody without an account.
    )
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way, help_text=_("As the person had chosen then."))
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["to", "-id"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["to", "-id"], condition=Q(read_at__isnull=False), name="notice_read"),
            models.Index(fields=["about_id", "about_type"], condition=Q(read_at=None), name="notice_open"),
            models.Index(
                fields=["at", "to"], condition=Q(way="digest", mailed_at=None), name="notice_digest"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.about_type} {self.about_id}"


class Choices(models.Model):
    """How a person wants to be told. Who has no row, and a kind that is not in ``ways``, go by the kind's own way."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices", primary_key=True
    )
    # Empty: the newsroom's own.
    language = models.CharField(_("language of letters"), max_length=12, blank=True)
    ways = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self):
        return str(self.user)
