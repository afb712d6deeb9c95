"""The keys by which partners read."""

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework_api_key.crypto import KeyGenerator

from newsroom.core.ids import PublicIdField
from newsroom.partners.models.partner import Partner

# By it scanners for leaked secrets know a key of ours; a key is prefix, dot and secret, and the prefix names it.
MARK, PREFIX_LENGTH = "nrk_", 12
NAME_LENGTH = 50


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read")
    EMBARGOED = "embargoed", _("read what waits under embargo")
    BULK = "bulk", _("take everything at once")
    CONFIRM = "confirm", _("confirm what is shown")


class MarkedKeys(KeyGenerator):
    """Makes keys like ``nrk_a1B2c3D4.…`` and their digests."""

    def __init__(self):
        super().__init__(prefix_length=PREFIX_LENGTH - len(MARK))

    def get_prefix(self) -> str:
        return MARK + super().get_prefix()


class Keys(models.QuerySet):
    """Keys, and which of them let in."""

    def usable(self, now: datetime):
        """Those that let in at ``now``, as :meth:`ApiKey.is_usable` has it."""
        return self.filter(_later("revoked_at", now), _later("expires_at", now))

    def ended(self, now: datetime):
        """Those that no longer do."""
        return self.exclude(_later("revoked_at", now), _later("expires_at", now))


def _later(field: str, now: datetime) -> models.Q:
    return models.Q(**{field: None}) | models.Q(**{f"{field}__gt": now})


@pghistory.track(append_only=True, exclude=["last_used_at", "hashed_key"])
class ApiKey(models.Model):
    """One key of a partner: shown once, kept as its digest. A revoked one stays on record.

    ``allowed_from`` are networks (CIDR) it may be used from; none: any.
    """

    public_id = PublicIdField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    prefix = models.CharField(_("prefix"), max_length=PREFIX_LENGTH, unique=True, editable=False)
    hashed_key = models.CharField(max_length=150, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope), verbose_name=_("for"), default=list, blank=True
    )
    allowed_from = ArrayField(
        models.CharField(max_length=50), verbose_name=_("usable from"), default=list, blank=True
    )
    made_at = models.DateTimeField(_("made"), editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    # When another key took its place.
    exchanged_at = models.DateTimeField(_("exchanged"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = Keys.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-made_at", "pk"]

    def __str__(self):
        return f"{self.name} ({self.prefix})"

    def is_usable(self, now: datetime) -> bool:
        """Whether it lets in at ``now``: neither revoked nor expired (of many: :meth:`Keys.usable`)."""
        return all(end is None or now < end for end in (self.revoked_at, self.expires_at))

    def is_made_of(self, given: str) -> bool:
        """Whether ``given`` is this very key."""
        return MarkedKeys().verify(given, self.hashed_key)
