"""Why a sentence needs no citation, and who may say so."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.roles import Role


class Reason(TextChoices):
    ANALYSIS = "analysis", _("our own analysis")
    WITNESSED = "witnessed", _("witnessed by our reporter")
    COMMON_KNOWLEDGE = "common_knowledge", _("common knowledge")
    SUMMARY = "summary", _("summary of other sentences")


# Design, "People": an editor grants analysis and witnessed, a duty editor all of them.
GRANTED_BY: dict[Reason, frozenset[Role]] = {
    Reason.ANALYSIS: frozenset({Role.EDITOR, Role.DUTY_EDITOR}),
    Reason.WITNESSED: frozenset({Role.EDITOR, Role.DUTY_EDITOR}),
    Reason.COMMON_KNOWLEDGE: frozenset({Role.DUTY_EDITOR}),
    Reason.SUMMARY: frozenset({Role.DUTY_EDITOR}),
}
