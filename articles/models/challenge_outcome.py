"""What the desk tells everybody of a reader's challenge."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.challenge import Challenge
from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.sealing import kept_unless_sealed
from articles.rules.challenges import Doubt, Outcome
from newsroom.core.ids import PublicIdField


class ChallengeOutcome(models.Model):
    """What was doubted, what was found, and the answer, as two people of the desk let it out. Moments in UTC.

    Public side: whatever readers may know of a challenge stands here, and nothing of what the reader wrote. It shows
    while the edition it was about can be opened. ``told_at`` is since when.
    """

    public_id = PublicIdField()
    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="told")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="outcomes")
    key = models.CharField(_("key"), max_length=10)
    wording = models.TextField(_("wording"))
    language = models.CharField(_("language"), max_length=12)
    doubt = models.CharField(_("what was doubted"), max_length=13, choices=Doubt)
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome)
    answer = models.TextField(_("answer"))
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="outcomes")
    asked_at = models.DateTimeField(_("came in at"))
    answered_at = models.DateTimeField(_("resolved at"))
    told_at = models.DateTimeField(_("public since"))

    class Meta:
        verbose_name = _("outcome of a challenge")
        verbose_name_plural = _("outcomes of challenges")
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["-told_at", "-public_id"], name="outcome_newest"),
            models.Index(fields=["edition", "key"], name="outcome_sentence"),
        ]
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.wording[:80]}"
