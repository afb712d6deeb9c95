"""The kinds of entry in the partners' change feed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.rules.kinds import Kind


class Happened(TextChoices):
    """What is told besides editions."""

    SOURCE_WITHDRAWN = "source_withdrawn", _("source withdrawn")
    SOURCE_REINSTATED = "source_reinstated", _("source reinstated")
    MOVED = "moved", _("address changed")


CHANGE_KINDS = [*Kind.choices, *Happened.choices]
