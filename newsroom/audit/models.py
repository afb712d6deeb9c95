"""Audit events: one row per act, written in the act's own transaction and never changed."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from newsroom.core.append_only import append_only_triggers


class AuditEvent(models.Model):
    """One act. ``object_id`` is the public id, so that the event still names what is gone."""

    at = models.DateTimeField(_("at"), help_text=_("UTC."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # NULL: the system itself, for example the release worker.
    )
    through = models.CharField(_("through"), max_length=20, help_text=_("desk, shell or system."))
    act = models.CharField(_("act"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=40)
    object_id = models.CharField(_("public id"), max_length=12)
    label = models.CharField(_("label"), max_length=200)
    data = models.JSONField(_("data"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_object"),
            # The log is read from the latest back: all of it, or of one person, act or object.
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["by", "at", "id"], name="audit_person"),
            models.Index(fields=["act", "at", "id"], name="audit_act"),
            models.Index(fields=["object_id", "at", "id"], name="audit_about"),
            GinIndex(OpClass(Upper("label"), name="gin_trgm_ops"), name="audit_label"),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.act} {self.label}"
