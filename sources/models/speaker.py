"""Who is quoted: people, organisations and documents, with the roles they held and when."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.core.ids import PublicIdField
from newsroom.core.merged import MergedField


@pghistory.track(append_only=True)
class Speaker(models.Model):
    """Somebody or something that is quoted. Public fields: ``public_id``, ``slug``, ``name``, ``kind``.

    Two speakers may share a name: people do, and "the treaty" of one story is not that of another.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        DOCUMENT = "document", _("document")

    PRINTED: ClassVar = ("slug", "name", "kind")

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    merged_into = MergedField()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "kind"], name="speaker_name_kind")]

    def __str__(self):
        return self.name

    @property
    def is_printed(self) -> bool:
        """Whether an edition has printed it: it then changes by an act alone (:mod:`articles.amending`). One query."""
        return self.quotes.filter(statement_quotes__isnull=False).exists()


@pghistory.track(append_only=True)
class SpeakerRole(models.Model):
    """A role a speaker held from ``since`` to ``until``, both days included; NULL means not known."""

    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.PROTECT, related_name="roles"
    )
    title = models.CharField(_("role"), max_length=200, help_text=_("As printed after the name."))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["speaker", F("since").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                # A NULL on either side makes the comparison NULL, which a check lets pass: open-ended roles.
                condition=Q(until__gte=F("since")),
                name="role_ends_after_it_begins",
                violation_error_code="role_dates_reversed",
                violation_error_message=_("A role cannot end before it begins."),
            )
        ]

    def __str__(self):
        return self.title

    def held_on(self, day) -> bool:
        """Whether the role was held on ``day`` as far as is known."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
