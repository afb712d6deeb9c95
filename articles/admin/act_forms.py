"""A form for each act of the desk: what it asks, and which act it calls.

The act decides; a form only reads. What an act refuses becomes an error of the form, on the field that the refusal
names where there is one, with the refusal's code.
"""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import fact_checking, publishing, review
from articles.dossier import open_dossier
from articles.drafting import lock
from articles.fact_checking import TEXTS
from articles.models import Check
from articles.rules.exemptions import GRANTED_BY, Reason
from articles.rules.kinds import PUBLISHABLE, Kind
from newsroom.core.errors import DomainError

NOTE_LENGTH = 2000


class NoteField(forms.CharField):
    """Lines of text, with the line ends that the acts know; browsers send others."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def note_field(label, *, required=False, help_text=""):
    widget = forms.Textarea(attrs={"rows": 1})
    return NoteField(
        label=label, required=required, max_length=NOTE_LENGTH, widget=widget, help_text=help_text
    )


class MomentInput(forms.DateTimeInput):
    """A moment in the newsroom's time zone, which the desk has made the current one."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class ActForm(forms.Form):
    """One act on one place of an article: a segment's key, ``headline`` and the like, or "" for the whole.

    ``version`` and ``fingerprint`` are of what was on the screen.
    """

    act = ""
    button = ""
    done = ""
    # Whether the button is one that people press on most articles.
    prominent = False
    # Fields that tell two forms of this act at one place apart.
    told_apart_by: tuple[str, ...] = ()

    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, article, user, place="", fingerprint="", **initial):
        if data is not None:
            place = str(data.get("place", ""))[:80]
        self.article, self.user, self.at_place = article, user, place
        initial |= {"place": place, "fingerprint": fingerprint, "version": article.version}
        super().__init__(data, initial=initial, auto_id=f"{self.act}-{place or 'all'}-%s")
        self.build()

    def build(self) -> None:
        """Fit the fields to the article and the user."""

    def call(self, facts: dict, *, by, now: datetime):
        """Do the act; raises its DomainError."""
        raise NotImplementedError

    def carry_out(self, *, by, now: datetime) -> bool:
        """Do the act if the form is valid and the act does not refuse; else the form has the errors."""
        if not self.is_valid():
            return False
        try:
            self.call(self.cleaned_data, by=by, now=now)
        except DomainError as refusal:
            field = refusal.place if refusal.place in self.fields else None
            self.add_error(field, ValidationError(refusal.message, refusal.code))
            return False
        return True

    @property
    def error_codes(self) -> str:
        """The codes of all errors, for pages and tests to hold on to."""
        return " ".join(e.code or "invalid" for errors in self.errors.as_data().values() for e in errors)

    @property
    def covers(self) -> list[tuple[str, object]]:
        """Names and values of the hidden fields: always those of the page that shows the form."""
        hidden = [(bound.name, self.initial.get(bound.name)) for bound in self.hidden_fields()]
        return [("act", self.act), *((name, value) for name, value in hidden if value not in (None, ""))]


class SubmitForm(ActForm):
    act, button, done = "submit", _("Submit for checking"), _("Submitted for checking.")
    prominent = True

    def call(self, facts, *, by, now):
        review.submit(self.article, by=by, now=now)


class SendToReviewForm(ActForm):
    act, button, done = "send_to_review", _("Send to review"), _("Sent to review.")
    prominent = True

    def call(self, facts, *, by, now):
        review.send_to_review(self.article, by=by, now=now)


class SendBackForm(ActForm):
    act, button, done = "send_back", _("Send back"), _("Sent back to the writers.")

    reason = note_field(_("Reason"), required=True)

    def call(self, facts, *, by, now):
        review.send_back(self.article, by=by, now=now, reason=facts["reason"])


class ApproveForm(ActForm):
    act, button, done = "approve", _("Approve"), _("Approved as it stands.")
    prominent = True

    def call(self, facts, *, by, now):
        review.approve(self.article, by=by, now=now, digest=facts["fingerprint"])


class WithdrawApprovalForm(ActForm):
    act, button, done = "withdraw_approval", _("Withdraw the approval"), _("The approval is withdrawn.")

    reason = note_field(_("Reason"), required=True)

    def call(self, facts, *, by, now):
        review.withdraw_approval(self.article, by=by, now=now, reason=facts["reason"])


class PublishForm(ActForm):
    act, button, done = "publish", _("Publish"), _("Published.")
    prominent = True

    kind = forms.ChoiceField(label=_("Kind"))
    note = note_field(
        _("Note to readers"), help_text=_("For a correction or clarification: what was wrong, what is right.")
    )
    at = forms.DateTimeField(
        label=_("Not before"), required=False, widget=MomentInput, help_text=_("Empty: at once.")
    )

    def build(self):
        kinds = PUBLISHABLE - {Kind.FIRST} if self.article.editions.exists() else {Kind.FIRST}
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Kind if kind in kinds]

    def call(self, facts, *, by, now):
        # What is published is what was approved: the approval's digest covers it, whatever the version.
        publishing.publish(
            self.article, by=by, now=now, at=facts["at"], kind=facts["kind"], note=facts["note"]
        )


class CheckForm(ActForm):
    act, button, done = "check", _("Record the check"), _("The check is recorded.")

    verdict = forms.ChoiceField(
        label=_("The sources"), choices=Check.Verdict.choices, widget=forms.RadioSelect
    )
    note = note_field(_("Note"))

    def call(self, facts, *, by, now):
        fact_checking.record_check(
            self.article,
            facts["place"],
            verdict=facts["verdict"],
            by=by,
            now=now,
            fingerprint=facts["fingerprint"],
            note=facts["note"],
        )


class ExemptForm(ActForm):
    act, button, done = "exempt", _("Exempt"), _("The exemption is granted.")

    reason = forms.ChoiceField(label=_("It needs no citation, for it is"))
    summary_of = forms.CharField(
        label=_("Summary of"),
        required=False,
        max_length=300,
        help_text=_("For a summary: paragraph.sentence of each, for example 2.1, 2.3"),
    )
    note = note_field(_("Note"))

    def build(self):
        reasons = [reason for reason in Reason if self.user.roles & GRANTED_BY[reason]]
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]
        if Reason.SUMMARY not in reasons:
            del self.fields["summary_of"]

    def call(self, facts, *, by, now):
        with transaction.atomic():
            # The act covers what it finds; what was on the screen has to be that.
            article = lock(self.article)
            dossier = open_dossier(article)
            place = facts["place"]
            known = place in TEXTS or place in dossier.by_key
            if known and dossier.fingerprint_of(place) != facts["fingerprint"]:
                raise DomainError("segment_changed", "The text has changed since you opened it.", place)
            fact_checking.exempt(
                article,
                place,
                reason=facts["reason"],
                by=by,
                now=now,
                summary_of=_keys_at(dossier, facts.get("summary_of", "")),
                note=facts["note"],
            )


class WaiveForm(ActForm):
    act, button, done = "waive", _("Waive"), _("Waived until the deadline.")
    told_apart_by = ("code",)

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = note_field(_("Reason"), required=True)
    repair_by = forms.DateTimeField(label=_("Repair by"), widget=MomentInput)

    def call(self, facts, *, by, now):
        review.waive(
            self.article,
            code=facts["code"],
            place=facts["place"],
            fingerprint=facts["fingerprint"],
            reason=facts["reason"],
            repair_by=facts["repair_by"],
            by=by,
            now=now,
        )


def _keys_at(dossier, text: str) -> tuple[str, ...]:
    """The keys of the segments at places like ``2.1, 2.3``; raises DomainError ``sentence_unknown``."""
    keys = []
    for place in text.replace(",", " ").split():
        found = [seen.key for seen in dossier.segments if f"{seen.paragraph}.{seen.sentence}" == place]
        if not found:
            raise DomainError("sentence_unknown", f"There is no sentence {place}.", "summary_of")
        keys += found
    return tuple(dict.fromkeys(keys))


STAGE_FORMS = {
    form.act: form
    for form in (SubmitForm, SendToReviewForm, ApproveForm, PublishForm, SendBackForm, WithdrawApprovalForm)
}
READY_FORMS = STAGE_FORMS | {form.act: form for form in (CheckForm, ExemptForm, WaiveForm)}
