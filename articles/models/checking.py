"""What people have recorded about a draft: checks, exemptions, waivers and approvals.

Each covers exactly what was seen, by fingerprint: change a covered thing and it lapses, change it back and it
holds. So none is ever changed or deleted by an act; the readiness of a draft is worked out from them.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.sealing import kept_unless_article_sealed
from articles.rules.exemptions import Reason
from newsroom.core.append_only import append_only_triggers
from sources.models import Source


class Recorded(models.Model):
    """By whom and when (UTC)."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        abstract = True


class Check(Recorded):
    """A person's verdict on one segment as it stood."""

    class Verdict(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        DOES_NOT = "does_not", _("does not")
        UNSURE = "unsure", _("unsure")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="checks")
    segment = models.CharField(_("segment"), max_length=10)
    fingerprint = models.CharField(max_length=64)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    note = models.TextField(_("note"), blank=True)
    # The sentence and what it rested on, in words (articles.seen.Seen.as_checked): empty for what is older than this.
    seen = models.JSONField(_("seen"), default=dict, editable=False)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article", "segment"], name="check_segment")]
        triggers = kept_unless_article_sealed()

    def __str__(self):
        return f"{self.segment}: {self.verdict}"


class Sighting(Recorded):
    """A person saw a passage by eye in the original capture, where the extracted text cannot be trusted."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="sightings")
    fingerprint = models.CharField(max_length=64, help_text=_("Of the citation as it was seen."))
    note = models.TextField(_("note"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["fingerprint"], name="sighting_fingerprint")]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.source}: {self.note[:80]}"


class Vouching(Recorded):
    """An editor answers by name for a segment that rests on confidential sources alone; two of them are needed."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="vouchings")
    segment = models.CharField(_("segment"), max_length=10)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("vouching")
        verbose_name_plural = _("vouchings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article", "segment"], name="vouching_segment")]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.segment}: {self.by}"


class Exemption(Recorded):
    """Why a segment, the headline or the standfirst needs no citation of its own."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="exemptions")
    place = models.CharField(
        _("place"), max_length=20, help_text=_("A segment's key, headline or standfirst.")
    )
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    summary_of = ArrayField(
        models.CharField(max_length=10), verbose_name=_("summary of"), default=list, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article", "place"], name="exemption_place")]
        triggers = kept_unless_article_sealed()

    def __str__(self):
        return f"{self.place}: {self.reason}"


class Waiver(Recorded):
    """A duty editor lets one waivable blocker pass, with a reason, to be repaired by a deadline."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(_("blocker"), max_length=40)
    place = models.CharField(_("place"), max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(_("reason"))
    repair_by = models.DateTimeField(_("repair by"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article", "code"], name="waiver_code")]
        triggers = kept_unless_article_sealed()

    def __str__(self):
        return f"{self.code} {self.place}"


class Approval(Recorded):
    """A second person approved the draft whose built content has this digest.

    ``withdrawn_at`` is the one thing that may be set later: NULL while the approval stands.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.article}: {self.digest[:12]}"
