"""The languages that articles are written in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    ENGLISH = "en", _("English")
    POLISH = "pl", _("Polish")
