"""The pages by which a newsroom says who it is and by what rules it works (the trust indicators of readers' pages)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.rules.languages import Language


class Subject(TextChoices):
    """What such a page is about; the value is its address."""

    ABOUT = "about", _("About us")
    ETHICS = "ethics", _("Ethics")
    CORRECTIONS = "corrections-policy", _("Corrections policy")
    CONTACT = "contact", _("Contact")
    PRIVACY = "privacy", _("Privacy")


# Every page there is: each subject in each language.
PAGES = [(subject, language) for subject in Subject for language in Language]
