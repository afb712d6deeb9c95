"""The languages that articles are written in, and how fast people read them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    ENGLISH = "en", _("English")
    POLISH = "pl", _("Polish")


# Silent reading of plain texts, in words a minute (Trauzettel-Klosinski and Dietz, the IReST texts, 2012).
WORDS_A_MINUTE = {Language.ENGLISH: 228, Language.POLISH: 166}
_OF_OTHERS = 200


def minutes_to_read(words: int, language: str) -> int:
    """How long most people read ``words``, in whole minutes, at least one; 0 where there are none."""
    pace = WORDS_A_MINUTE.get(language, _OF_OTHERS)
    return -(-words // pace)
