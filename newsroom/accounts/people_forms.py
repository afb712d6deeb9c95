"""The acts of administrators on people's accounts, as forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.accounts import inviting, lockouts, second_factor, sessions
from newsroom.accounts.roles import Role
from newsroom.desk_forms import ActForm


class ResetFactorsForm(ActForm):
    act, button = "reset_factors", _("Take the second factor away")
    done = _("The second factor is taken away; they are signed out and told.")
    grave = True

    def call(self, facts, *, by, now):
        second_factor.reset_factors(self.about, by=by, now=now)


class EndSessionsForm(ActForm):
    act, button, done = "end_sessions", _("Sign out everywhere"), _("They are signed out everywhere.")

    def call(self, facts, *, by, now):
        sessions.end_sessions(self.about, by=by, now=now)


class UnlockForm(ActForm):
    act, button, done = "unlock", _("Let in again at once"), _("They can try again at once.")
    prominent = True

    def call(self, facts, *, by, now):
        lockouts.unlock(self.about, by=by, now=now)


class OfSite(ActForm):
    """An act that writes a letter with a link to this site; the page says at which address that is."""

    site = ""


class SendAgainForm(OfSite):
    act, button, done = "send_again", _("Send it again"), _("Another letter is on its way.")
    prominent = True

    def call(self, facts, *, by, now):
        inviting.send_again(self.about, by=by, now=now, site=self.site)


class WithdrawForm(ActForm):
    act, button, done = "withdraw_invitation", _("Withdraw the invitation"), _("The invitation is withdrawn.")
    grave = True

    def call(self, facts, *, by, now):
        inviting.withdraw(self.about, by=by, now=now)


class InviteForm(OfSite):
    act, button, done = "invite", _("Invite"), _("The invitation is on its way.")
    prominent = True

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What each may do is the same for everybody who has it."),
    )

    def call(self, facts, *, by, now):
        names = {name: facts[name] for name in ("first_name", "last_name")}
        self.made = inviting.invite(facts["email"], facts["roles"], by=by, now=now, site=self.site, **names)
