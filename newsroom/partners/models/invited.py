"""Who was invited to keep a partner's keys."""

from django.db import models

from newsroom.accounts.models import Invitation
from newsroom.partners.models.partner import Partner


class Invited(models.Model):
    """That whoever accepts ``invitation`` is one of the people of ``partner``. Written by newsroom.partners.people."""

    invitation = models.OneToOneField(
        Invitation, primary_key=True, on_delete=models.PROTECT, related_name="to_partner"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="invited")

    class Meta:
        verbose_name = "invited person"

    def __str__(self):
        return f"{self.invitation} ({self.partner})"
