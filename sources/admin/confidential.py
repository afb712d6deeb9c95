"""The pages of confidential sources: entering one, what may be edited of it, and who it is.

Who it is comes only as the answer to a POST that says why, never under an address that a browser would keep.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from newsroom.accounts.asking import may
from newsroom.core.discretion import discreet
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.desk_admin import may_any
from newsroom.desk_forms import ActForm, form_at, line, note_field, of_acts
from sources import confidentiality
from sources.admin.pages import SourcePage, page_of_source
from sources.confidentiality import LONGEST_CONTACT, LONGEST_NAME, LONGEST_NOTES, LONGEST_REASON
from sources.models import Source

# Most past looks that the page lists.
LOOKS_SHOWN = 200


class IdentityForm(ActForm):
    """Fields that say who it is. A browser is asked neither to remember them nor to send them to a spelling service."""

    facts = ("name", "contact", "notes")

    name = line(_("Name"), length=LONGEST_NAME, help_text=_("Encrypted; only source keepers can read it."))
    contact = note_field(_("How to reach them"), length=LONGEST_CONTACT, help_text=_("Encrypted."))
    notes = note_field(
        _("Notes"),
        length=LONGEST_NOTES,
        rows=4,
        help_text=_("Encrypted: how we know them, what was promised."),
    )

    def build(self):
        for name in self.facts:
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    @classmethod
    def identity(cls, facts) -> dict:
        return {name: facts[name] for name in cls.facts}


class ConfideForm(IdentityForm):
    act, button, done = "confide", _("Enter"), _("The confidential source is entered.")
    prominent = True

    public_label = line(
        _("Public label"),
        length=200,
        help_text=_("What readers, and all the desk, see: for example “a diplomat at the talks”."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Source.Kind.choices, initial=Source.Kind.INTERVIEW)
    language = line(_("Language"), required=False, length=12, help_text=_("For example en or pl."))
    field_order = ["public_label", "kind", "language", "name", "contact", "notes"]

    @sensitive_variables()
    def call(self, facts, *, by, now):
        described = {name: facts[name] for name in ("public_label", "kind", "language")}
        self.source = confidentiality.confide(**described, **self.identity(facts), by=by, now=now)


class LookForm(ActForm):
    act, button, done = "look", _("Show who it is"), ""
    prominent = True

    reason = line(
        _("Why you have to know"),
        length=LONGEST_REASON,
        help_text=_("Kept for good with your name and the time. Do not name the source in it."),
    )

    @sensitive_variables()
    def call(self, facts, *, by, now):
        self.shown = confidentiality.look(self.about, by=by, now=now, reason=facts["reason"])


class ChangeIdentityForm(IdentityForm):
    act, button, done = "change", _("Keep this instead"), _("Who the source is was changed.")

    @sensitive_variables()
    def call(self, facts, *, by, now):
        confidentiality.change_identity(self.about, **self.identity(facts), by=by, now=now)


@page_of_source
@method_decorator(sensitive_post_parameters(), name="view")
class IdentityPage(SourcePage):
    """Who a confidential source is, for those who may look and say why; and who has looked before."""

    name = "identity"
    under = "change"
    title = _("Who is it?")
    template = "admin/sources/source/identity.html"
    forms = of_acts(LookForm, ChangeIdentityForm)
    to_see = ("look_at_identity",)

    def url(self):
        pattern = super().url()
        pattern.callback = discreet(pattern.callback)
        return pattern

    def find(self, pk):
        source = super().find(pk)
        return source if source and source.confidential else None

    @sensitive_variables()
    def view(self, request, pk):
        source = self.find(pk) if may_any(request.user, self.to_see) else None
        if source and request.method == "POST" and request.POST.get("act") == LookForm.act:
            asked = LookForm(request.POST, about=source, user=request.user)
            asked.carry_out(by=request.user, now=timezone.now())
            # The answer itself shows it: an address to go on to would stay in the browser's history.
            return TemplateResponse(request, self.template, self._context(request, source, asked))
        return super().view(request, pk)

    @sensitive_variables()
    def context(self, request, source, bound):
        shown = getattr(bound, "shown", None)
        known = {name: getattr(shown, name) for name in IdentityForm.facts} if shown else {}
        # Also where no key reads what was kept: it can be entered anew.
        unreadable = bound is not None and "identity_unreadable" in bound.error_codes
        may_change = shown or unreadable or isinstance(bound, ChangeIdentityForm)
        return {
            "shown": shown,
            "look": form_at(LookForm, source, request.user, "", bound),
            "change": form_at(ChangeIdentityForm, source, request.user, "", bound, **known)
            if may_change
            else None,
            "looks": source.identity_looks.select_related("by")[:LOOKS_SHOWN],
        }


class ConfidentialForm(forms.ModelForm):
    """What may be edited of a confidential source; its label can never be empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Absent from the page of those who may only look at it.
        if "public_label" in self.fields:
            self.fields["public_label"].required = True

    def clean_public_label(self):
        try:
            return typed(self.cleaned_data["public_label"], "public_label", limit=200, lines=False)
        except DomainError as refusal:
            raise ValidationError(refusal.message, refusal.code) from None


class ConfidentialSources:
    """What the admin of sources does of confidential ones, mixed into it."""

    change_list_template = "admin/sources/source/change_list.html"

    def get_urls(self):
        confide = path(
            "confide/", discreet(self.admin_site.admin_view(self.confide_view)), name="sources_source_confide"
        )
        return [confide, *super().get_urls()]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj and obj.confidential:
            kwargs["form"] = ConfidentialForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if not (obj and obj.confidential):
            return super().get_fieldsets(request, obj)
        entered = (
            ("public_id", "entered", "who")
            if may(request.user, "look_at_identity")
            else ("public_id", "entered")
        )
        fields = ["public_label", ("kind", "language"), "usage_terms"]
        return [(_("Confidential source"), {"fields": fields}), (_("Entered"), {"fields": [entered]})]

    def get_readonly_fields(self, request, obj=None):
        if obj and obj.confidential:
            return ["public_id", "entered", "who"]
        return super().get_readonly_fields(request, obj)

    @admin.display(description=_("identity"))
    def who(self, source):
        return format_html('<a href="{}">{}</a>', IdentityPage.address(source.pk), _("Who is it?"))

    def changelist_view(self, request, extra_context=None):
        offered = {"may_confide": may(request.user, "confide")}
        return super().changelist_view(request, offered | (extra_context or {}))

    @method_decorator(sensitive_post_parameters())
    @sensitive_variables()
    def confide_view(self, request):
        """Enter a confidential source."""
        if not may_any(request.user, ["confide"]):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        form = ConfideForm(posted, about=None, user=request.user)
        if posted is not None and form.carry_out(by=request.user, now=timezone.now()):
            messages.success(request, form.done)
            return HttpResponseRedirect(reverse("admin:sources_source_change", args=[form.source.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter a confidential source"),
            "subtitle": None,
            "form": form,
        }
        return TemplateResponse(request, "admin/sources/source/confide.html", context)
