"""Addresses at which an article once stood."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class FormerAddress(models.Model):
    """A slug an article had: it redirects to the article for ever and is given to no other."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="former_addresses")
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["-pk"]

    def __str__(self):
        return self.slug
