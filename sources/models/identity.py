"""Who a confidential source is: encrypted, in tables of their own, outside history (design, rule 10)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.append_only import append_only_triggers
from sources.models.source import Source


class SourceIdentity(models.Model):  # noqa: DJ008 (a text form could end up in a log or an error page)
    """Name and contact of a confidential source, encrypted; read by :func:`sources.confidentiality.look` alone."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("identity of a source")
        verbose_name_plural = _("identities of sources")


class IdentityLook(models.Model):
    """That somebody looked at an identity, with the reason they gave; never changed."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="identity_looks")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("look at an identity")
        verbose_name_plural = _("looks at identities")
        ordering = ["-pk"]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} UTC, {self.by}"
