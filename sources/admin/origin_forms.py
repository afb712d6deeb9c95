"""The forms by which a person says from which source another copies."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from newsroom.core.errors import DomainError
from newsroom.desk_choosing import chosen, record_of
from newsroom.desk_forms import ActForm, line, of_acts
from sources.addresses import normalise_url
from sources.admin.first_capture import ask_for_capture
from sources.entering import source_at
from sources.models import Likeness, Source
from sources.origins import clear_origin, confirm_origin, reject_likeness

DERIVES, IS_ORIGIN = "derives", "is_origin"


def how_field():
    return forms.ChoiceField(label=_("As"), choices=[("", "–"), *Source.Derivation.choices])


class ConfirmForm(ActForm):
    """Decides on a proposed pair; ``other`` is the public id of the other source."""

    act, button, done = "confirm", _("Confirm"), _("The origin is confirmed.")
    told_apart_by = ("other",)

    other = forms.CharField(widget=forms.HiddenInput, max_length=12)
    which = forms.ChoiceField(
        label=_("Which copies"),
        choices=[
            (DERIVES, _("this source copies the other")),
            (IS_ORIGIN, _("the other copies this source")),
        ],
    )
    how = how_field()

    def call(self, facts, *, by, now):
        other = record_of(Source, facts["other"])
        pair = (self.about, other) if facts["which"] == DERIVES else (other, self.about)
        confirm_origin(*pair, how=facts["how"], by=by, now=now)


class RejectForm(ActForm):
    act, button, done = "reject", _("Neither copies the other"), _("The proposal is rejected.")
    told_apart_by = ("likeness",)

    likeness = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def call(self, facts, *, by, now):
        likeness = Likeness.objects.filter(pk=facts["likeness"]).first()
        if likeness is None or self.about.pk not in (likeness.left_id, likeness.right_id):
            raise DomainError("record_unknown", "There is no such proposal for this source.")
        reject_likeness(likeness, by=by, now=now)


class DeriveForm(ActForm):
    """Says it of a pair that nobody proposed, or in another way than before."""

    act, button, done = "derive", _("It derives from this one"), _("The origin is set.")

    of = line(
        _("Other source"),
        lists="sources",
        length=700,
        help_text=_("One of the list, its public id in square brackets, or its address."),
    )
    how = how_field()

    @transaction.atomic
    def call(self, facts, *, by, now):
        of = chosen(Source, facts["of"], "of")
        if of is None:
            of = _at(facts["of"], by=by, now=now)
        confirm_origin(self.about, of, how=facts["how"], by=by, now=now)


def _at(text: str, *, by, now) -> Source:
    if normalise_url(text.strip()) is None:
        raise DomainError("source_unknown", "Choose a source of the list, or paste its address.", "of")
    of = source_at(text.strip(), by=by, now=now)
    ask_for_capture(of, by=by, now=now, first=True)
    return of


class ClearOriginForm(ActForm):
    act, button, done = "clear", _("It derives from nothing known"), _("The origin is cleared.")

    def call(self, facts, *, by, now):
        clear_origin(self.about, by=by, now=now)


ORIGIN_FORMS = of_acts(ConfirmForm, RejectForm, DeriveForm, ClearOriginForm)
