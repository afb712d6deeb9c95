"""What a reader may find wrong with a sentence, and what may become of it."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Doubt(TextChoices):
    MISQUOTE = "misquote", _("Somebody is misquoted")
    WRONG_FACT = "wrong_fact", _("A fact is wrong")
    NOT_IN_SOURCE = "not_in_source", _("The source does not say so")
    OUT_OF_DATE = "out_of_date", _("It is out of date")
    OTHER = "other", _("Something else")


class Outcome(TextChoices):
    CORRECTED = "corrected", _("corrected")
    UPHELD = "upheld", _("upheld, with evidence")
    WITHDRAWN = "withdrawn", _("the sentence was withdrawn")
    NOT_ABOUT_THIS = "not_about_this", _("not about this sentence")


WORDS_LENGTH, ADDRESS_LENGTH, EMAIL_LENGTH = 2000, 500, 254
ANSWER_LENGTH, NOTE_LENGTH = 2000, 1000

# A form sent sooner was filled in by no person; one that stood open for longer may be about other words by now.
SOONEST, LONGEST = timedelta(seconds=3), timedelta(hours=12)
# What a desk can read: of one article, and of the whole site, within an hour; of one sentence open within a day, so
# that nobody who sends false ones keeps a sentence from everybody else for longer, however long the desk takes.
MOST_OF_ARTICLE, MOST_OF_SITE, WITHIN = 20, 100, timedelta(hours=1)
MOST_OPEN, OPEN_WITHIN = 5, timedelta(days=1)
