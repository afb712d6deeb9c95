"""The audit log at the desk: sentences, filters, the way further back, and the log as a file."""

import re
from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.audit.exporting import FORMATS
from newsroom.audit.reading import Asked, Place, page_of, person_called
from newsroom.audit.recording import ACTS, record
from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError
from newsroom.desk_admin import may_any

ROWS = 50
LONGEST_EXPORT = timedelta(days=366)
_KEY = re.compile(r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00) (?P<pk>\d{1,18})")


class FilterForm(forms.Form):
    """What to read. Days are the newsroom's, both within."""

    person = forms.CharField(
        label=_("Person"), required=False, max_length=301, help_text=_("User name, or first and last name.")
    )
    act = forms.ChoiceField(label=_("Act"), required=False)
    about = forms.CharField(
        label=_("Object"), required=False, max_length=100, help_text=_("Public id, or part of its name.")
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        acts = sorted(ACTS, key=lambda code: (code.partition(".")[0], str(ACTS[code])))
        named_acts = [(code, f"{code.partition('.')[0]}: {ACTS[code]}") for code in acts]
        self.fields["act"].choices = [("", _("Every act")), *named_acts]

    def clean_person(self):
        name = " ".join(self.cleaned_data["person"].split())
        found = person_called(name) if name else None
        if name and found is None:
            raise ValidationError(_("Nobody is called that."), "unknown_person")
        return found

    def clean(self):
        facts = super().clean()
        if facts.get("since") and facts.get("until") and facts["since"] > facts["until"]:
            self.add_error("until", ValidationError(_("It ends before it begins."), "days_turned"))
        return facts

    def asked_by(self, user) -> Asked:
        """What ``user`` wants to read, of a form that is valid."""
        facts = self.cleaned_data
        since, until = facts["since"], facts["until"]
        return Asked(
            user,
            person=facts["person"].pk if facts["person"] else None,
            act=facts["act"] or None,
            about=facts["about"].strip() or None,
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until and until.year < 9999 else None,
        )


class ExportForm(FilterForm):
    """What to give out: of a year at most, so that nobody takes it all by mistake."""

    format = forms.ChoiceField(choices=[(name, name) for name in FORMATS])

    def clean(self):
        facts = super().clean()
        since, until = facts.get("since"), facts.get("until")
        if not self.errors and not (since and until and until - since < LONGEST_EXPORT):
            raise ValidationError(_("Say from which day until which, a year at most."), "days_missing")
        return facts


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def log_view(model_admin, request):
    """The page of the log."""
    if not may_any(request.user, model_admin.to_see):
        raise PermissionDenied
    given = request.GET.copy()
    # Whoever comes from a record's page brings its public id so.
    if "q" in given and "about" not in given:
        given["about"] = given["q"]
    return _page(model_admin, request, FilterForm(given), given)


def export_view(model_admin, request):
    """The log as a file; that it was taken is entered in it."""
    if not may_any(request.user, model_admin.to_see):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, form, request.POST, status=400)
    facts, now = form.cleaned_data, timezone.now()
    taken = {name: str(facts[name]) for name in ("person", "act", "about", "since", "until") if facts[name]}
    record("audit.exported", request.user, by=request.user, now=now, format=facts["format"], **taken)
    write, media_type = FORMATS[facts["format"]]
    answer = StreamingHttpResponse(write(form.asked_by(request.user)), content_type=media_type)
    name = f"audit-{facts['since']}-{facts['until']}.{facts['format']}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(model_admin, request, form, given, status=200):
    rows, further, unknown = [], None, None
    if form.is_valid():
        try:
            rows, further = page_of(form.asked_by(request.user), after=_after(given), size=ROWS)
        except DomainError as refusal:
            unknown, status = refusal, 400
    else:
        status = 400
    asked = {name: given.get(name, "") for name in FilterForm().fields if given.get(name)}
    return TemplateResponse(
        request,
        "admin/audit/log.html",
        model_admin.admin_site.each_context(request)
        | {
            "title": model_admin.opts.verbose_name_plural.capitalize(),
            "page_title": _("Who did what"),
            "opts": model_admin.opts,
            "form": form,
            "refusal": unknown,
            "rows": [_told(event) for event in rows],
            "asked": asked,
            "further": cursor_after(f"{further.at.isoformat(timespec='microseconds')} {further.pk}")
            if further
            else "",
        },
        status=status,
    )


def _after(given) -> Place | None:
    if not given.get("after"):
        return None
    found = _KEY.fullmatch(key_of(given["after"], _KEY, "after"))
    return Place(datetime.fromisoformat(found["moment"]), int(found["pk"]))


def _told(event) -> dict:
    """One event as a sentence, with what else is known of it."""
    return {
        "event": event,
        "who": event.by,
        "act": ACTS.get(event.act, event.act),
        "facts": sorted(event.data.items()),
    }
