"""The acts on keys, as forms: of a partner's own pages and of the desk."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.desk_forms import ActForm, MomentField, NoteField
from newsroom.partners import keys, people
from newsroom.partners.models import Scope
from newsroom.partners.models.api_key import NAME_LENGTH

LONGEST_LIST = 2_000


class MakeKeyForm(ActForm):
    """About a partner. ``made`` are the key and its text, once it is made."""

    act, button, done = "make_key", _("Make the key"), _("The key is made.")
    prominent = True

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("By which you know it again, as “website”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it is for"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    allowed_from = NoteField(
        label=_("Usable from"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("Networks like 192.0.2.0/24 or 2001:db8::/48, one on each line. Empty: from everywhere."),
    )
    expires_at = MomentField(label=_("Ends"), required=False, help_text=_("Empty: when it is revoked."))

    def build(self):
        if not self.about.entitlement.reads_embargoed:
            choices = [choice for choice in Scope.choices if choice[0] != Scope.EMBARGOED]
            self.fields["scopes"].choices = choices

    def call(self, facts, *, by, now):
        self.made = keys.make_key(
            self.about,
            name=facts["name"],
            scopes=facts["scopes"],
            allowed_from=facts["allowed_from"].split(),
            expires_at=facts["expires_at"],
            by=by,
            now=now,
        )


class RotateKeyForm(ActForm):
    """About a key. ``made`` are the key in its place and its text."""

    act, button, done = "rotate_key", _("Exchange the key"), _("The new key is made.")

    overlap = forms.IntegerField(
        label=_("Days for which the old key still lets in"),
        min_value=0,
        max_value=keys.LONGEST_OVERLAP.days,
        initial=keys.OVERLAP.days,
        help_text=_("Take the new key into use in the meantime. It is for the same, from the same networks."),
    )

    def call(self, facts, *, by, now):
        self.made = keys.rotate_key(self.about, overlap=timedelta(days=facts["overlap"]), by=by, now=now)


class RevokeKeyForm(ActForm):
    """About a key."""

    act, button, done = "revoke_key", _("Revoke the key"), _("The key is revoked.")
    grave = True

    def call(self, facts, *, by, now):
        keys.revoke_key(self.about, by=by, now=now)


class InvitePersonForm(ActForm):
    """About a partner; ``site`` is the address that the letter leads to."""

    act, button, done = (
        "invite_person",
        _("Invite"),
        _("They are invited, or come at once if they have an account."),
    )
    site = ""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)

    def call(self, facts, *, by, now):
        names = {name: facts[name] for name in ("first_name", "last_name")}
        people.invite_person(self.about, facts["email"], by=by, now=now, site=self.site, **names)


class RemovePersonForm(ActForm):
    """About a partner; ``place`` is the public id of one of its people."""

    act, button, done = "remove_person", _("Take off"), _("They no longer come to these pages.")
    grave = True

    def call(self, facts, *, by, now):
        person = self.about.people.filter(public_id=self.at_place).first()
        people.remove_person(self.about, person, by=by, now=now)
