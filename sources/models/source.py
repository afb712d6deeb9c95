"""One document that can be cited."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField
from newsroom.core.merged import MergedField
from sources.addresses import normalise_url
from sources.models.publisher import Publisher

# Who a reader could ask for it: a title, and a publisher or an address; of a confidential source its public label.
# Read by the queryset and, in the same words, by Source.is_identified; a test runs both over the same cases.
IDENTIFIED = (~Q(title="") & (Q(publisher__isnull=False) | ~Q(url=""))) | Q(confidential=True)


class SourceQuerySet(models.QuerySet):
    def identified(self):
        return self.filter(IDENTIFIED)

    def unidentified(self):
        return self.exclude(IDENTIFIED)


# When it is captured next is the worker's business, and would make a row of history each time.
@pghistory.track(append_only=True, exclude=["capture_due_at"])
class Source(models.Model):
    """One document that can be cited, shared by every article that cites it.

    Its public fields are those of :meth:`public_fields`; besides, readers are told that it was withdrawn, how it
    derives and that its link is dead. An import may make a source of which only the number is known: it is
    *unidentified*, and blocks.

    Of a confidential source nothing but ``public_label`` stands here: who it is lies encrypted in its
    :class:`~sources.models.identity.SourceIdentity` (design, rule 10).
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("news article")
        STATEMENT = "statement", _("statement or press release")
        DOCUMENT = "document", _("official document")
        TREATY_TEXT = "treaty_text", _("treaty text")
        TRANSCRIPT = "transcript", _("transcript")
        INTERVIEW = "interview", _("own interview")
        DATA = "data", _("data set")
        POST = "post", _("social post")
        OTHER = "other", _("other")

    class Derivation(models.TextChoices):
        """How it took over what another source says."""

        WIRE_COPY = "wire_copy", _("wire copy")
        PRESS_RELEASE = "press_release", _("press release")
        QUOTES = "quotes", _("quotes another outlet")
        TRANSLATION = "translation", _("translation")

    class WithdrawnBy(models.TextChoices):
        PUBLISHER = "publisher", _("its publisher")
        NEWSROOM = "newsroom", _("us")

    # The columns behind public_fields.
    PRINTED: ClassVar = (
        "title",
        "url",
        "publisher",
        "kind",
        "creators",
        "published_on",
        "language",
        "public_label",
        "usage_terms",
    )

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=500, blank=True)
    url = models.CharField(
        _("address"), max_length=2000, blank=True, validators=[URLValidator(["http", "https"])]
    )
    url_key = models.CharField(max_length=2000, null=True, unique=True, editable=False)
    publisher = models.ForeignKey(
        Publisher,
        verbose_name=_("publisher"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ARTICLE)
    creators = models.CharField(_("creators"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("For example en or pl.")
    )
    note = models.TextField(_("desk note"), blank=True, help_text=_("Never published."))

    merged_into = MergedField()

    # Where what it says comes from. Roots of these chains are the origins that corroboration counts.
    derives_from = models.ForeignKey(
        "self",
        verbose_name=_("derives from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
    )
    derivation = models.CharField(_("how it derives"), max_length=13, choices=Derivation, blank=True)

    # What we may print of it, and when.
    confidential = models.BooleanField(_("confidential"), default=False, editable=False)
    public_label = models.CharField(
        _("public label"),
        max_length=200,
        blank=True,
        help_text=_("What readers see of a confidential source."),
    )
    embargoed_until = models.DateTimeField(_("embargoed until"), null=True, blank=True, editable=False)
    usage_terms = models.CharField(_("usage terms"), max_length=500, blank=True)
    quotation_allowance = models.PositiveIntegerField(
        _("quotation allowance"),
        null=True,
        blank=True,
        help_text=_("Most words of it that one article may print; empty: no limit."),
    )
    archive_shown = models.BooleanField(
        _("archived copy may be shown"),
        default=False,
        help_text=_("Whether we hold the rights to show readers the text of our copy."),
    )

    # What has become of it.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(
        _("withdrawn by"), max_length=9, choices=WithdrawnBy, blank=True, editable=False
    )
    withdrawal_reason = models.CharField(
        _("reason of the withdrawal"), max_length=500, blank=True, editable=False
    )
    dead_since = models.DateTimeField(_("link dead since"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(
        _("no longer has a cited passage since"), null=True, blank=True, editable=False
    )
    capture_due_at = models.DateTimeField(_("next capture due at"), null=True, blank=True, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("entered at"), editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["capture_due_at"],
                condition=Q(capture_due_at__isnull=False),
                name="source_capture_due",
            ),
            # Found by any words of title or address while one cites.
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="source_title_trigrams"),
            GinIndex(OpClass(Upper("url"), "gin_trgm_ops"), name="source_url_trigrams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential=False)
                | Q(
                    ~Q(public_label=""),
                    title="",
                    url="",
                    creators="",
                    note="",
                    publisher__isnull=True,
                    published_on__isnull=True,
                    archive_shown=False,
                ),
                name="source_confidential_says_nothing",
                violation_error_code="confidential_says_nothing",
                violation_error_message=_(
                    "Of a confidential source only its public label, kind and language may stand here."
                ),
            ),
            models.CheckConstraint(
                condition=Q(derives_from__isnull=True, derivation="")
                | Q(derives_from__isnull=False) & ~Q(derivation="") & ~Q(derives_from=F("id")),
                name="source_derivation_whole",
                violation_error_code="derivation_incomplete",
                violation_error_message=_("Say from which other source it derives, and how."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawal_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawal_reason=""),
                name="source_withdrawal_whole",
                violation_error_code="withdrawal_incomplete",
                violation_error_message=_("A withdrawal says by whom and why."),
            ),
        ]
        triggers = [
            # From its creation or never: what history recorded before could not be taken back.
            pgtrigger.ReadOnly(name="confidential_from_creation", fields=["confidential"]),
        ]

    def __str__(self):
        return (
            (self.confidential and self.public_label)
            or self.title
            or self.url
            or f"unidentified source {self.public_id}"
        )

    def save(self, *args, **kwargs):
        # Derived, so that the same address is the same source by whatever door it comes. NULL: no address.
        self.url_key = normalise_url(self.url) if self.url else None
        super().save(*args, **kwargs)

    def public_fields(self) -> dict:
        """The one list of what documents, pages and the API may tell of it, as JSON values.

        Of a confidential source that is its label, kind and language. Load ``publisher`` with it where many are told.
        """
        hidden, publisher = self.confidential, self.publisher
        return {
            "id": self.public_id,
            "title": "" if hidden else self.title,
            "url": "" if hidden else self.url,
            "publisher": {"id": publisher.public_id, "slug": publisher.slug, "name": publisher.name}
            if publisher and not hidden
            else None,
            "kind": self.kind,
            "creators": "" if hidden else self.creators,
            "published_on": self.published_on.isoformat() if self.published_on and not hidden else None,
            "language": self.language,
            "confidential": hidden,
            "label": self.public_label if hidden else "",
            "usage_terms": "" if hidden else self.usage_terms,
        }

    @property
    def is_printed(self) -> bool:
        """Whether an edition has printed it, or what was merged into it and leads here: what readers see of it then
        changes by an act alone (:mod:`articles.amending`). One query."""
        itself = models.Q(pk=self.pk) | models.Q(merged_into=self.pk)
        return Source.objects.filter(itself, statement_citations__isnull=False).exists()

    @property
    def is_identified(self) -> bool:
        """Whether a reader could find the document: a title, and a publisher or an address; or a public label, which
        is all there is to find of a confidential one."""
        return self.confidential or bool(self.title and (self.publisher_id or self.url))
