"""The files of pictures that readers are sent, and which editions show them."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.image import Image
from articles.models.sealing import kept_unless_sealed


class Rendition(models.Model):
    """One picture in one width and form, made when it was kept and never again.

    ``digest`` is the SHA-256 (hex) of the file's bytes, and its name for readers: whether they may have it is asked
    of the editions that show the picture.
    """

    class Form(models.TextChoices):
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpg", "JPEG"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    form = models.CharField(_("form"), max_length=4, choices=Form)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["image", "width", "form"]
        indexes = [models.Index(fields=["digest"], name="rendition_digest")]
        constraints = [
            models.UniqueConstraint(fields=["image", "form", "width"], name="rendition_once"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.digest[:12]}.{self.form}"


class EditionImage(models.Model):
    """That an edition shows a picture: written with it, for as long as it is there."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="edition_images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="edition_images")

    class Meta:
        verbose_name = _("image of an edition")
        verbose_name_plural = _("images of editions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="edition_image_once")]
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return f"{self.image_id} in {self.edition_id}"
