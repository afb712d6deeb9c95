"""One document that can be cited."""

import pghistory
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField
from sources.addresses import normalise_url
from sources.models.publisher import Publisher

# Who a reader could ask for it: a title, and a publisher or an address. Read by the queryset and, in the same
# words, by Source.is_identified; a test runs both over the same cases.
IDENTIFIED = ~Q(title="") & (Q(publisher__isnull=False) | ~Q(url=""))


class SourceQuerySet(models.QuerySet):
    def identified(self):
        return self.filter(IDENTIFIED)

    def unidentified(self):
        return self.exclude(IDENTIFIED)


@pghistory.track(append_only=True)
class Source(models.Model):
    """One document that can be cited, shared by every article that cites it.

    Public fields: ``public_id``, ``title``, ``url``, ``publisher``, ``kind``, ``creators``, ``published_on``,
    ``language``. An import may make a source of which only the number is known: it is *unidentified*, and blocks.
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

    def __str__(self):
        return self.title or self.url or f"unidentified source {self.public_id}"

    def save(self, *args, **kwargs):
        # Derived, so that the same address is the same source by whatever door it comes. NULL: no address.
        self.url_key = normalise_url(self.url) if self.url else None
        super().save(*args, **kwargs)

    @property
    def is_identified(self) -> bool:
        """Whether a reader could find the document: a title, and a publisher or an address."""
        return bool(self.title and (self.publisher_id or self.url))
