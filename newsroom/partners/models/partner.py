"""Who takes our content by machine."""

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.rules.entitlements import Entitlement
from newsroom.core.ids import PublicIdField
from newsroom.environment import LOWEST_RATE
from newsroom.partners.models.product import Product


@pghistory.track(append_only=True)
class Partner(models.Model):
    """A newsroom, research desk or platform that reads by key what its products entitle it to.

    A partner who is not active is let in nowhere, and is sent nothing.
    """

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=200, unique=True)
    mail = models.EmailField(_("e-mail address for notices"), help_text=_("Where reminders and warnings go."))
    is_active = models.BooleanField(_("active"), default=True)
    # None: as the settings have it (NEWSROOM_KEY_RATE, NEWSROOM_KEY_QUOTA).
    rate = models.PositiveIntegerField(
        _("requests a minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST_RATE)],
        help_text=_("Of each key. Expensive requests count several times. Empty: as for everybody."),
    )
    quota = models.PositiveBigIntegerField(
        _("requests a month"),
        null=True,
        blank=True,
        help_text=_("Of all keys together. Empty: as for everybody; 0: any number."),
    )
    products = models.ManyToManyField(
        Product, verbose_name=_("products"), related_name="partners", blank=True
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("people"),
        related_name="partners",
        blank=True,
        help_text=_("Who looks after keys and webhooks on the partner's own page."),
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def entitlement(self) -> Entitlement:
        """What the partner may read; nothing while it is not active. Three queries, unless they were prefetched."""
        if not self.is_active:
            return Entitlement(())
        return Entitlement(tuple(product.opens for product in self.products.all()))
