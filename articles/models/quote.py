"""Words somebody said or a document says."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from articles.models.sealing import kept_unless_record_sealed
from newsroom.core.ids import PublicIdField
from sources.models import Speaker, SpeakerRole


@pghistory.track(meta={"triggers": kept_unless_record_sealed()})
class Quote(models.Model):
    """Exact words with who said them, in which role, where and when.

    ``words`` are as the newsroom prints them. If those are a translation, ``original`` holds what was said, in
    ``original_language``, and ``translator`` who turned it. NULL ``speaker``: not known yet; that blocks.
    """

    public_id = PublicIdField()
    words = models.TextField(_("words"))
    language = models.CharField(_("language"), max_length=12)
    speaker = models.ForeignKey(
        Speaker,
        verbose_name=_("speaker"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
    )
    role = models.ForeignKey(
        SpeakerRole,
        verbose_name=_("role at the time"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    original = models.TextField(_("original words"), blank=True)
    original_language = models.CharField(_("language of the original"), max_length=12, blank=True)
    translator = models.CharField(_("translator"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-pk"]
        # What the desk offers while a sentence is marked: nearly these words, or with some of them.
        indexes = [GinIndex(OpClass(Upper("words"), "gin_trgm_ops"), name="quote_words_trigrams")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="quote_has_words", violation_error_code="quote_empty"
            ),
            models.CheckConstraint(
                condition=Q(original="", translator="", original_language="")
                | ~Q(original="") & ~Q(translator="") & ~Q(original_language=""),
                name="quote_translation_whole",
                violation_error_code="translation_incomplete",
                violation_error_message=_(
                    "A translation needs the original, its language and the translator."
                ),
            ),
        ]

    def __str__(self):
        return f"“{self.words[:80]}”"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no text of it, which may have to be sealed one day."""
        return self.public_id

    def clean(self):
        """Raises ValidationError on ``role`` if the speaker did not hold it on the day."""
        if self.role_id is None:
            return
        if self.role.speaker_id != self.speaker_id:
            raise ValidationError(
                {"role": ValidationError(_("Not a role of this speaker."), "role_of_another")}
            )
        if self.said_on and not self.role.held_on(self.said_on):
            raise ValidationError({"role": ValidationError(_("Not held on that day."), "role_not_held")})
