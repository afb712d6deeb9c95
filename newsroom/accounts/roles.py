"""The roles of the desk (design, "People"). A role is a group of the same name, made by migration."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    REPORTER = "reporter", _("reporter")
    FACT_CHECKER = "fact_checker", _("fact checker")
    EDITOR = "editor", _("editor")
    DUTY_EDITOR = "duty_editor", _("duty editor")
    ADMINISTRATOR = "administrator", _("administrator")
    # No step of the desk's: the permission of its own under which the identities of confidential sources lie.
    SOURCE_KEEPER = "source_keeper", _("source keeper")


WRITERS = frozenset({Role.REPORTER, Role.EDITOR, Role.DUTY_EDITOR})
# Who sees drafts.
DESK = WRITERS | {Role.FACT_CHECKER}
