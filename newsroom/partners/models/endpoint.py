"""Where a partner wants to be told of what becomes visible."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField
from newsroom.partners.models.partner import Partner


class Endpoints(models.QuerySet):
    """Endpoints, and which of them are told anything."""

    def told(self):
        """Those to which anything is sent, as :attr:`Endpoint.is_told` has it."""
        return self.filter(paused_at=None, removed_at=None, partner__is_active=True)


# What changes with every delivery is no history; a secret stands nowhere but in its own column.
@pghistory.track(
    append_only=True,
    exclude=[
        "sealed",
        "sealed_before",
        "reached",
        "moment_reached",
        "failing_since",
        "failures",
        "quiet_until",
    ],
)
class Endpoint(models.Model):
    """An address of a partner's to which webhooks go (:mod:`newsroom.partners.webhooks`).

    ``reached`` is the number of the change feed up to which deliveries were made, ``moment_reached`` the row up to
    which they were of moments of embargoes that were changed; while the endpoint pauses they stay where they are, and
    nothing is lost. A removed one stays on record with its log.
    """

    class PausedFor(models.TextChoices):
        BY_HAND = "by_hand", _("by hand")
        FAILING = "failing", _("because it failed for days")
        GONE = "gone", _("because it answered that it is gone")

    public_id = PublicIdField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="endpoints")
    name = models.CharField(_("name"), max_length=50, blank=True)
    url = models.CharField(_("address"), max_length=2_000)
    # Encrypted, as are the secret before it, which signs too until its moment.
    sealed = models.BinaryField()
    sealed_before = models.BinaryField(null=True)
    before_until = models.DateTimeField(_("former secret signs until"), null=True)
    # What is told, as articles.rules.wanted has it; empty: everything the partner is entitled to.
    wanted = models.JSONField(_("what is told"), default=dict, blank=True)
    reached = models.BigIntegerField(_("told up to change"))
    moment_reached = models.BigIntegerField(_("told up to changed moment"), default=0)
    made_at = models.DateTimeField(_("made"))
    paused_at = models.DateTimeField(_("paused"), null=True)
    paused_for = models.CharField(_("paused"), max_length=7, choices=PausedFor, blank=True)
    # Since when not one attempt succeeded; null: the last one did.
    failing_since = models.DateTimeField(_("failing since"), null=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    # Until then only what cannot wait is tried: it failed, or asked for patience.
    quiet_until = models.DateTimeField(_("asked again from"), null=True)
    removed_at = models.DateTimeField(_("removed"), null=True)

    objects = Endpoints.as_manager()

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["reached"],
                condition=models.Q(paused_at=None, removed_at=None),
                name="endpoint_told_up_to",
            ),
        ]

    def __str__(self):
        return self.name or self.url

    @property
    def is_told(self) -> bool:
        """Whether anything is sent to it (of many: :meth:`Endpoints.told`)."""
        return self.paused_at is None and self.removed_at is None and self.partner.is_active

    def forget_failures(self) -> None:
        """As if it had never failed; whoever calls saves it."""
        self.failing_since, self.quiet_until, self.failures = None, None, 0
