"""The page "What readers see" of a record that articles share: its public fields, amended with a note."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.amending import NOTE_LENGTH, amend, amendable
from articles.models import Section, Treaty
from newsroom.accounts.models import Person
from newsroom.core.errors import DomainError
from newsroom.desk_choosing import chosen, offered
from newsroom.desk_forms import ActForm, form_at, line, of_acts
from newsroom.desk_pages import RecordPage
from newsroom.desk_printed import amended_on
from sources.admin.pages import SourcePage, page_of_source
from sources.models import Publisher, Source, Speaker


class AmendForm(ActForm):
    """Every field that readers see, as it is, and the note that goes out with the change."""

    act, button, done = "amend", _("Amend"), _("Amended. Readers and partners are told.")
    prominent = True

    def build(self):
        for name in self._names():
            column = self.about._meta.get_field(name)
            value = getattr(self.about, name)
            if isinstance(column, models.ForeignKey):
                field = line(
                    column.verbose_name,
                    required=not column.blank,
                    help_text=_("Its name, and its id in brackets."),
                )
                value = offered(value) if value else ""
            else:
                field = column.formfield()
            self.fields[name] = field
            self.initial[name] = value
        self.fields["note"] = line(
            _("Note to readers and partners"), length=NOTE_LENGTH, help_text=_("What changes, and why.")
        )

    def _names(self) -> list[str]:
        """Of a source what its kind shows: a confidential one has a label and nothing else."""
        if not isinstance(self.about, Source):
            return amendable(type(self.about))
        own = {"public_label", "kind", "language"}
        return [
            n for n in amendable(Source) if (n in own if self.about.confidential else n != "public_label")
        ]

    def call(self, facts, *, by, now):
        values = {name: self._value(name, facts[name]) for name in self._names()}
        amend(self.about, by=by, now=now, note=facts["note"], **values)

    def _value(self, name: str, typed):
        column = self.about._meta.get_field(name)
        if not isinstance(column, models.ForeignKey):
            return typed
        if not typed:
            return None
        if found := chosen(column.related_model, typed, name) or _named(column.related_model, typed):
            return found
        raise DomainError("record_unknown", "There is no such %(kind)s.", name, kind=column.verbose_name)


def _named(model, name: str):
    return model.objects.filter(name__iexact=name.strip()).first()


class _Amending:
    """What the page of each of these records does."""

    name = "amend"
    below = "what-readers-see/"
    title = _("What readers see")
    template = "admin/desk/amend.html"
    forms = of_acts(AmendForm)
    to_see = ("see", "administer")

    def context(self, request, shared, bound):
        allowed = may(request.user, "change_printed")
        return {"form": form_at(AmendForm, shared, request.user, "", bound) if allowed else None}


@page_of_source
@amended_on
class AmendSource(_Amending, SourcePage):
    under = "amend"


@amended_on
class AmendPublisher(_Amending, RecordPage):
    model = Publisher


@amended_on
class AmendSpeaker(_Amending, RecordPage):
    model = Speaker


@amended_on
class AmendPerson(_Amending, RecordPage):
    model = Person


@amended_on
class AmendTreaty(_Amending, RecordPage):
    model = Treaty


@amended_on
class AmendSection(_Amending, RecordPage):
    model = Section
