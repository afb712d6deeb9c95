"""The forms by which a source falls, comes back, or is held back, with all that rests on it."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.embargoing import embargo_source
from articles.withdrawing import REASON_LENGTH, open_corrections, reinstate_source, withdraw_source
from newsroom.desk_forms import ActForm, MomentInput, line, of_acts
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


class OpenCorrectionsForm(ActForm):
    act, button = "open_corrections", _("Open corrections")

    def build(self):
        # Of a source that has fallen it is what there is to do.
        self.prominent = self.about.withdrawn_at is not None

    def call(self, facts, *, by, now):
        opened = open_corrections(self.about, by=by, now=now)
        anew = sum(correction.anew for correction in opened)
        if not opened:
            self.done = gettext("Nothing that shows rests on this source: there is nothing to correct.")
        elif not anew:
            self.done = gettext("The corrections are open already.")
        else:
            message = ngettext(
                "A correction is open in %(n)s article.", "Corrections are open in %(n)s articles.", anew
            )
            self.done = message % {"n": anew}


class EmbargoForm(ActForm):
    act, button, done = "embargo", _("Set the embargo"), _("The embargo is set.")

    until = forms.DateTimeField(
        label=_("Nothing that cites it shows before"),
        required=False,
        widget=MomentInput,
        help_text=_("Empty: no embargo. What waits moves with it; what is public already stays."),
    )

    def call(self, facts, *, by, now):
        embargo_source(self.about, until=facts["until"], by=by, now=now)


SOURCE_FORMS = of_acts(WithdrawForm, ReinstateForm, OpenCorrectionsForm, EmbargoForm)
