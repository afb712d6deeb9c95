"""The forms of the acts on an article: what each asks, and which act it calls."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import fact_checking, publishing, review
from articles.admin.desk_lists import moment
from articles.admin.differences import Difference, differences
from articles.corrections.pending import draft_note, pending_changes
from articles.dossier import open_dossier
from articles.draft_locks import lock
from articles.models import Check
from articles.receipts import last_told
from articles.rules.after_publication import Waits, result_of, shows
from articles.rules.exemptions import GRANTED_BY, Reason
from articles.rules.kinds import PUBLISHABLE, Kind
from newsroom import desk_forms
from newsroom.core.errors import DomainError
from newsroom.desk_forms import MomentField, note_field, of_acts


class ActForm(desk_forms.ActForm):
    """One act on one place of an article: a segment's key, ``headline`` and the like, or "" for the whole.

    ``version`` is that of the draft that was on the screen.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    @property
    def article(self):
        return self.about

    @classmethod
    def seen_of(cls, about):
        return {"version": about.version}


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
    note = note_field(_("Note to readers"))
    at = MomentField(label=_("Not before"), required=False, help_text=_("Empty: at once."))
    embargoed = forms.BooleanField(
        label=_("Under embargo: entitled partners may read it until then"), required=False
    )

    def build(self):
        told = last_told(self.article)
        kinds = kinds_after(told.kind if told else None)
        choices = [(kind.value, kind.label) for kind in kinds]
        # What kind of edition it is, is said by a person wherever there is a choice.
        self.fields["kind"].choices = choices if len(choices) == 1 else [("", _("Choose")), *choices]
        if Kind.FIRST in kinds:
            self.fields["note"].widget = forms.HiddenInput()
            return
        note = self.fields["note"]
        note.widget.attrs["rows"] = 6
        if Kind.REINSTATEMENT in kinds:
            note.help_text = _("Why readers can read it again.")
        else:
            note.help_text = _(
                "For a correction or clarification: what was wrong, what is right. Drafted from what has changed: "
                "edit it, or empty it if readers need no note."
            )
        if not self.is_bound and self.pending:
            self.initial["note"] = draft_note(self.pending, self.article.language)

    @cached_property
    def pending(self) -> dict | None:
        """What the draft changes of the edition that readers know; None where there is nothing to compare."""
        return pending_changes(self.article)

    @property
    def changes(self) -> list[Difference]:
        return differences(self.pending["texts"], self.pending["statements"]) if self.pending else []

    def call(self, facts, *, by, now):
        # What is published is what was approved: the approval's digest covers it, whatever the version.
        edition = publishing.publish(
            self.article,
            by=by,
            now=now,
            at=facts["at"],
            embargoed=facts["embargoed"],
            kind=facts["kind"],
            note=facts["note"],
        )
        if facts["at"]:
            self.done = _("Edition %(number)s waits: it shows from %(at)s (%(zone)s).") % {
                "number": edition.number,
                "at": moment(facts["at"]),
                "zone": timezone.get_current_timezone_name(),
            }


def kinds_after(kind: str | None) -> list[Kind]:
    """What may be published next where readers know an edition of ``kind``; None: they know none."""
    allowed = []
    for following in Kind:
        if following in PUBLISHABLE:
            try:
                result_of(following, shows(kind), Waits.NONE)
            except DomainError:
                continue
            allowed.append(following)
    return allowed


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


class VouchForm(ActForm):
    act, button, done = "vouch", _("I answer for this by name"), _("You answer for this sentence.")

    def call(self, facts, *, by, now):
        fact_checking.vouch(self.article, facts["place"], fingerprint=facts["fingerprint"], by=by, now=now)


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
            known = place in dossier.texts or place in dossier.by_key
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
    repair_by = MomentField(label=_("Repair by"))

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
            raise DomainError(
                "sentence_unknown", "There is no sentence %(place)s.", "summary_of", place=place
            )
        keys += found
    return tuple(dict.fromkeys(keys))


STAGE_FORMS = of_acts(
    SubmitForm, SendToReviewForm, ApproveForm, PublishForm, SendBackForm, WithdrawApprovalForm
)
READY_FORMS = STAGE_FORMS | of_acts(CheckForm, ExemptForm, VouchForm, WaiveForm)
