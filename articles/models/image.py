"""Pictures that figures of the body show."""

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.sealing import kept_unless_record_sealed
from newsroom.core.ids import PublicIdField

FOLDER = "images"
# What a file is: none of these changes once it is kept.
FILE_FACTS = ["sha256", "media_type", "size", "width", "height"]


def _percent(label):
    return models.PositiveSmallIntegerField(label, default=50, validators=[MaxValueValidator(100)])


@pghistory.track(meta={"triggers": kept_unless_record_sealed()})
class Image(models.Model):
    """One picture, used by any number of articles. It stands on the desk side, the whole desk's as sources are.

    What readers may ever see of it is :meth:`public_fields` and its renditions: the edition that shows it freezes the
    former in its document and names the latter, and nothing public is read from this row. The kept file is the upload
    without what else lay in it (place, camera, comments), turned upright; nobody outside is ever sent it.

    Empty ``alt``, ``credit`` or ``usage_terms`` are not known yet: they keep an article that shows it from going out.
    """

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    public_id = PublicIdField()
    file_name = models.CharField(
        _("file name"), max_length=200, blank=True, help_text=_("For the desk only.")
    )
    sha256 = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    media_type = models.CharField(_("form"), max_length=10, choices=MediaType, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    focal_x = _percent(_("focal point, from the left"))
    focal_y = _percent(_("focal point, from the top"))
    alt = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What can be seen, for those who cannot see it."),
    )
    caption = models.CharField(
        _("caption"), max_length=500, blank=True, help_text=_("Offered where the picture is used.")
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, as printed.")
    )
    usage_terms = models.CharField(
        _("usage terms"),
        max_length=500,
        blank=True,
        help_text=_("By what right we and our partners may show it."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100) & Q(focal_y__lte=100),
                name="image_focus_inside",
                violation_error_code="focus_outside",
            )
        ]
        triggers = [pgtrigger.ReadOnly(name="file_stays", fields=FILE_FACTS)]

    def __str__(self):
        return (self.caption or self.alt or self.file_name or self.public_id)[:100]

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no text of it, which may have to be sealed one day."""
        return self.public_id

    @property
    def is_printed(self) -> bool:
        """Whether an edition names it: then readers may have seen it."""
        return self.edition_images.exists()

    @property
    def ending(self) -> str:
        return "png" if self.media_type == self.MediaType.PNG else "jpg"

    def public_fields(self) -> dict:
        """What an edition freezes of it; the list that decides what may become public."""
        return {
            "id": self.public_id,
            "alt": self.alt,
            "credit": self.credit,
            "usage_terms": self.usage_terms,
            "focal": [self.focal_x, self.focal_y],
            "width": self.width,
            "height": self.height,
        }
