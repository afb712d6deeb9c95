"""The acts on webhook endpoints, as forms of a partner's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.rules.change_kinds import CHANGE_KINDS
from articles.rules.entitlements import CUT_BY
from articles.rules.subjects import VALUE_LENGTH
from articles.rules.wanted import ALWAYS, BY_SENTENCE, Wanted, wanted
from newsroom.desk_forms import ActForm, MomentField
from newsroom.partners import webhooks
from newsroom.partners.webhooks.looking_after import LONGEST_NAME

# What is followed, by its name in articles.rules.wanted, as one of its fields.
FOLLOWED = {
    "article": _("Article (its id)"),
    "source": _("Source (its id)"),
    "speaker": _("Speaker (the id or the name in addresses)"),
    "publisher": _("Publisher (the id or the name in addresses)"),
    "claim": _("Claim (its id)"),
    "treaty": _("Treaty (its id or its name in addresses)"),
    "section": _("Section (its id or its name in addresses)"),
    "language": _("Language (en, pl)"),
}
assert {"article", *BY_SENTENCE, *CUT_BY} == set(FOLLOWED)  # noqa: S101


class EndpointForm(ActForm):
    """Where an endpoint is, and what is told there."""

    # From this field on it is folded away, under these words.
    folded_from, folded = "kind", _("Be told of a part only")

    url = forms.CharField(
        label=_("Address"),
        max_length=2_000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        help_text=_("Of your server, with https. We send it POST requests, signed by Standard Webhooks."),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    kind = forms.MultipleChoiceField(
        label=_("Tell only of"),
        required=False,
        choices=[choice for choice in CHANGE_KINDS if choice[0] not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everything. Corrections and what is taken away are always told."),
    )

    def build(self):
        for name, label in FOLLOWED.items():
            given = forms.CharField(label=label, required=False, max_length=VALUE_LENGTH)
            given.widget.attrs |= {"spellcheck": "false"}
            self.fields[name] = given

    def wanted(self, facts: dict) -> Wanted:
        """What is told; raises DomainError at the field that means nothing."""
        kinds = {*facts["kind"], *(ALWAYS if facts["kind"] else ())}
        return wanted(kinds=kinds, **{name: facts[name].strip() for name in FOLLOWED})


class AddEndpointForm(EndpointForm):
    """About a partner. ``made`` are the endpoint and its secret."""

    act, button, done = "add_endpoint", _("Add the webhook"), _("The webhook is added.")
    prominent = True

    def call(self, facts, *, by, now):
        self.made = webhooks.add_endpoint(
            self.about, url=facts["url"], name=facts["name"], wanted=self.wanted(facts), by=by, now=now
        )


class ChangeEndpointForm(EndpointForm):
    """About an endpoint."""

    act, button, done = "change_endpoint", _("Change the webhook"), _("The webhook is changed.")

    @classmethod
    def seen_of(cls, about):
        kinds = [kind for kind in about.wanted.get("kinds", []) if kind not in ALWAYS]
        followed = {name: about.wanted.get(name, "") for name in FOLLOWED}
        return {"url": about.url, "name": about.name, "kind": kinds, **followed}

    def call(self, facts, *, by, now):
        webhooks.change_endpoint(
            self.about, url=facts["url"], name=facts["name"], wanted=self.wanted(facts), by=by, now=now
        )


class PingForm(ActForm):
    act, button, done = "ping", _("Send a test"), _("A test is on its way.")

    def call(self, facts, *, by, now):
        webhooks.ping(self.about, by=by, now=now)


class PauseForm(ActForm):
    act, button, done = "pause", _("Pause"), _("Nothing is sent until you resume it; nothing is lost.")

    def call(self, facts, *, by, now):
        webhooks.pause(self.about, by=by, now=now)


class ResumeForm(ActForm):
    act, button, done = "resume", _("Resume"), _("It is sent what came meanwhile.")
    prominent = True

    def call(self, facts, *, by, now):
        webhooks.resume(self.about, by=by, now=now)


class RotateSecretForm(ActForm):
    """``made`` is the new secret."""

    act, button, done = "rotate_secret", _("New secret"), _("The secret is made.")

    def call(self, facts, *, by, now):
        self.made = webhooks.rotate_secret(self.about, by=by, now=now)


class ResendSinceForm(ActForm):
    act, button, done = "resend_since", _("Send again"), _("They are sent again.")

    since = MomentField(label=_("Made from"))
    until = MomentField(label=_("Until"), required=False)

    def call(self, facts, *, by, now):
        webhooks.resend_since(self.about, since=facts["since"], until=facts["until"], by=by, now=now)


class RemoveForm(ActForm):
    act, button, done = "remove", _("Remove the webhook"), _("The webhook is removed.")
    grave = True

    def call(self, facts, *, by, now):
        webhooks.remove(self.about, by=by, now=now)


class ResendForm(ActForm):
    """About a delivery."""

    act, button, done = "resend", _("Send again"), _("It is sent again.")

    def call(self, facts, *, by, now):
        webhooks.resend(self.about, by=by, now=now)
