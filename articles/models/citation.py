"""What a claim or a quote rests on."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import came_and_went
from articles.models.claim import Claim
from articles.models.quote import Quote
from articles.models.sealing import kept_unless_record_sealed
from sources.models import Snapshot, Source

_RECORD = (
    "COALESCE((SELECT public_id FROM articles_claim WHERE id = OLD.claim_id),"
    " (SELECT public_id FROM articles_quote WHERE id = OLD.quote_id))"
)


@pghistory.track(*came_and_went(), meta={"triggers": kept_unless_record_sealed(_RECORD)})
class Citation(models.Model):
    """From exactly one claim or quote to a source, with the passage and where it stands.

    The passage is ``exact`` with the words before (``prefix``) and after (``suffix``), as in Web Annotation's
    TextQuoteSelector (W3C, 23 February 2017, 4.2.4), in ``snapshot``'s text from code point ``start``. It never
    moves by itself: what no longer occurs there exactly once is an orphan.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")
        CONTEXT = "context", _("context")

    class Carries(models.TextChoices):
        """For a quote: does the source have the words themselves, or does it report that they were said?"""

        WORDS = "words", _("has the words")
        REPORT = "report", _("reports it")

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )
    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="citations"
    )
    stance = models.CharField(_("stance"), max_length=12, choices=Stance, default=Stance.SUPPORTS)
    carries = models.CharField(
        _("carries"), max_length=6, choices=Carries, blank=True, help_text=_("For a quote only.")
    )
    snapshot = models.ForeignKey(
        Snapshot,
        verbose_name=_("snapshot"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        editable=False,
    )
    exact = models.TextField(_("passage"), blank=True)
    start = models.PositiveIntegerField(_("position"), null=True, blank=True, editable=False)
    prefix = models.CharField(_("words before"), max_length=200, blank=True)
    suffix = models.CharField(_("words after"), max_length=200, blank=True)
    locator = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Page, timecode, or treaty article and paragraph."),
    )
    # Order among the citations of one claim or quote: sources first met together are numbered in this order.
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, quote__isnull=True)
                | Q(claim__isnull=True, quote__isnull=False),
                name="citation_of_claim_or_quote",
                violation_error_code="citation_of_one",
                violation_error_message=_(
                    "A citation belongs to a claim or to a quote, and to one of them only."
                ),
            ),
            models.CheckConstraint(
                condition=Q(carries="") | Q(quote__isnull=False),
                name="citation_carries_of_quote",
                violation_error_code="carries_of_claim",
                violation_error_message=_("Only the citation of a quote carries words or a report."),
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=True, start__isnull=True)
                | Q(snapshot__isnull=False, start__isnull=False) & ~Q(exact=""),
                name="citation_passage_whole",
                violation_error_code="passage_incomplete",
                violation_error_message=_("A passage in a snapshot has words and a position."),
            ),
        ]

    def __str__(self):
        return f"{self.get_stance_display()}: {self.source}"

    @property
    def stands_in(self) -> Claim | Quote:
        return self.claim or self.quote
