"""How much partners read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.partners.models.api_key import ApiKey


class Usage(models.Model):
    """What one key asked for on one day (UTC): how often, at which cost, how many bytes it got, how often it was
    refused for asking too much. Written by :mod:`newsroom.partners.usage` alone."""

    key = models.ForeignKey(ApiKey, verbose_name=_("key"), on_delete=models.PROTECT, related_name="usage")
    day = models.DateField(_("day"))
    requests = models.BigIntegerField(_("requests"), default=0)
    cost = models.BigIntegerField(_("cost"), default=0)
    sent = models.BigIntegerField(_("bytes"), default=0)
    refused = models.BigIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usage")
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="one_usage_a_day")]
        indexes = [models.Index(fields=["day"], name="usage_day")]

    def __str__(self):
        return f"{self.key} {self.day}"
