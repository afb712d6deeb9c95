"""What readers find wrong with a sentence, and what the desk found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.statement import Statement
from articles.rules.challenges import ADDRESS_LENGTH, Doubt, Outcome
from newsroom.core.ids import PublicIdField


class Challenge(models.Model):
    """A reader doubts one sentence of one edition; open until it has an ``outcome``. Moments in UTC.

    ``statement`` is the sentence with its claim and quotes, NULL once its article was sealed; ``wording`` what the
    reader read. The reader follows it by a link: of its token only the SHA-256 (hex) is kept. Who the reader is,
    nobody knows; an address for the answer lies apart (:class:`ChallengeContact`). A ``correction`` is named where the
    outcome is one.
    """

    public_id = PublicIdField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="challenges")
    statement = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, related_name="challenges")
    key = models.CharField(_("key"), max_length=10)
    wording = models.TextField(_("wording"))
    # Of the article as it was read: in which the reader is answered.
    language = models.CharField(_("language"), max_length=12)
    doubt = models.CharField(_("what is wrong"), max_length=13, choices=Doubt)
    words = models.TextField(_("reader's words"))
    evidence_url = models.CharField(_("reader's evidence"), max_length=ADDRESS_LENGTH, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("came in at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="challenges",
    )
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to the reader"), blank=True)
    correction = models.ForeignKey(
        Correction,
        verbose_name=_("correction"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="challenges",
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True)

    class Meta:
        verbose_name = _("reader's challenge")
        verbose_name_plural = _("readers' challenges")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["edition", "key"], name="challenge_sentence"),
            models.Index(fields=["at"], name="challenge_at"),
            models.Index(fields=["-id"], condition=Q(resolved_at=None), name="challenge_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", resolved_at=None, resolved_by=None)
                | ~Q(outcome="") & Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="challenge_resolved_by_somebody",
                violation_error_code="resolved_by_nobody",
            ),
        ]

    def __str__(self):
        return f"{self.get_doubt_display()}: {self.wording[:80]}"

    @property
    def article(self):
        return self.edition.article

    @property
    def audit_label(self) -> str:
        return self.public_id


class ChallengeNote(models.Model):
    """What somebody of the desk noted about a challenge, for the desk alone."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("note on a challenge")
        verbose_name_plural = _("notes on challenges")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]


class ChallengeContact(models.Model):
    """Where to write to whoever challenged, encrypted; erased once they were told the outcome.

    It is in no page of the desk, no history and no audit event.
    """

    challenge = models.OneToOneField(
        Challenge, on_delete=models.CASCADE, primary_key=True, related_name="contact"
    )
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("address of a challenger")
        verbose_name_plural = _("addresses of challengers")

    def __str__(self):
        return str(self.pk)
