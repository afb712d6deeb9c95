"""The kinds of entry in the partners' change feed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.rules.kinds import Kind


class Happened(TextChoices):
    """What is told besides editions."""

    SOURCE_WITHDRAWN = "source_withdrawn", _("source withdrawn")
    SOURCE_REINSTATED = "source_reinstated", _("source reinstated")
    MOVED = "moved", _("address changed")
    # To who reads with a delay alone: an article is open to them from now on.
    OPENED = "opened", _("opened after a delay")
    # What readers see of a record that articles share (articles.amending).
    SOURCE_AMENDED = "source_amended", _("source amended")
    PUBLISHER_AMENDED = "publisher_amended", _("publisher amended")
    SPEAKER_AMENDED = "speaker_amended", _("speaker amended")
    PERSON_AMENDED = "person_amended", _("bylined person amended")
    SECTION_AMENDED = "section_amended", _("section amended")
    TREATY_AMENDED = "treaty_amended", _("treaty amended")


CHANGE_KINDS = [*Kind.choices, *Happened.choices]
