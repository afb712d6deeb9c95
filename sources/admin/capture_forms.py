"""The forms by which a source gets a snapshot: fetched from its address, uploaded, or pasted."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, line, note_field, of_acts
from sources.capture import keeping, requesting
from sources.capture.keeping import LARGEST_FILE, LONGEST_TEXT
from sources.models import Capture

REASON = _("For example: a transcript, an interview, a letter, a page behind a wall we may read.")


class CaptureForm(ActForm):
    act, button, done = "capture", _("Capture now"), _("The capture is asked for; it runs in the background.")
    prominent = True

    def call(self, facts, *, by, now):
        requesting.request_capture(self.about, by=by, now=now)


class RetryForm(ActForm):
    act, button, done = "retry", _("Try again"), _("The capture will be tried again.")
    told_apart_by = ("capture",)

    capture = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def call(self, facts, *, by, now):
        capture = Capture.objects.filter(pk=facts["capture"], source=self.about).first()
        if capture is None:
            raise DomainError("record_unknown", "There is no such capture of this source.")
        requesting.retry(capture, by=by, now=now)


class UploadForm(ActForm):
    act, button, done = "upload", _("Keep the file"), _("The file is kept as a snapshot.")

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("HTML, plain text or PDF, 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.txt,.pdf,text/html,text/plain,application/pdf"}),
    )
    reason = line(_("Why it was not fetched"), length=500, help_text=REASON)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is larger than 10 MB."), "too_large")
        return file

    def call(self, facts, *, by, now):
        file = facts["file"]
        keeping.keep_upload(
            self.about, data=file.read(), name=file.name, reason=facts["reason"], by=by, now=now
        )


class PasteForm(ActForm):
    act, button, done = "paste", _("Keep the text"), _("The text is kept as a snapshot.")

    text = note_field(_("Text"), required=True, length=LONGEST_TEXT, rows=8)
    reason = line(_("Why it was not fetched"), length=500, help_text=REASON)

    def call(self, facts, *, by, now):
        keeping.keep_text(self.about, text=facts["text"], reason=facts["reason"], by=by, now=now)


CAPTURE_FORMS = of_acts(CaptureForm, RetryForm, UploadForm, PasteForm)
