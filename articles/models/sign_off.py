"""Who signed off what an edition says, frozen when it was published: the desk's own, no reader or partner sees it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.sealing import kept_unless_sealed


class SignOff(models.Model):
    """The checks, exemptions, waivers and the approval that an edition went out with, and the archived copies it
    rested on, as canonical JSON (:mod:`articles.signing_off`).

    The checker's file is made of it and of the edition's document, so that it says the same whatever is recorded
    later. It can be sealed with the edition's content (design, rule 6).
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, primary_key=True, related_name="sign_off"
    )
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return str(self.edition)
