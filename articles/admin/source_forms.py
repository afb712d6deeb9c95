"""The forms by which a source falls, comes back, or is held back, with all that rests on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.embargoing import embargo_source
from articles.withdrawing import REASON_LENGTH, reinstate_source, withdraw_source
from newsroom.desk_forms import ActForm, MomentField, line, of_acts
from sources.models import Source


class WithdrawForm(ActForm):
    act, button = "withdraw", _("Withdraw the source")
    done = _("The source is withdrawn. What waited is on hold; readers see it at what cites it.")

    withdrawn_by = forms.ChoiceField(label=_("Withdrawn by"), choices=Source.WithdrawnBy.choices)
    reason = line(_("Reason"), length=REASON_LENGTH, help_text=_("Readers see it."))

    def call(self, facts, *, by, now):
        withdraw_source(
            self.about, by=by, now=now, withdrawn_by=facts["withdrawn_by"], reason=facts["reason"]
        )


class ReinstateForm(ActForm):
    act, button, done = "reinstate", _("Reinstate the source"), _("The withdrawal is taken back.")

    reason = line(
        _("Reason"), length=REASON_LENGTH, help_text=_("For the desk only. What was put on hold stays there.")
    )

    def call(self, facts, *, by, now):
        reinstate_source(self.about, by=by, now=now, reason=facts["reason"])


class EmbargoForm(ActForm):
    act, button, done = "embargo", _("Set the embargo"), _("The embargo is set.")

    until = MomentField(
        label=_("Nothing that cites it shows before"),
        required=False,
        help_text=_("Empty: no embargo. What waits moves with it; what is public already stays."),
    )

    def call(self, facts, *, by, now):
        embargo_source(self.about, until=facts["until"], by=by, now=now)


SOURCE_FORMS = of_acts(WithdrawForm, ReinstateForm, EmbargoForm)
