"""Claims and quotes with their citations, and treaties."""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.access import may
from articles.admin.choosing import source_named
from articles.admin.passage_page import PassagePage, passage_address
from articles.admin.recall_page import recall_page, record_tabs
from articles.evidence import REVISED, revise
from articles.models import Article, Citation, Claim, Quote, Treaty
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.desk_admin import DeskAdmin, DeskStackedInline
from newsroom.desk_finding import FoundByWords
from newsroom.desk_merging import Mergeable
from newsroom.desk_printed import SharedRecordAdmin
from sources.entering import source_known_at
from sources.models import Source, Speaker

# Not the locator: who names the place has not chosen the words.
PASSAGE = {"prefix", "exact", "suffix", "source", "address"}


class CitationForm(forms.ModelForm):
    """A citation by hand; whoever chooses or changes its passage is remembered, and may not check it.

    A passage that was chosen in an archived copy is changed there, on its own page. ``address`` is that of the source,
    instead of choosing one: where there is none, it is entered and captured when the row is saved.
    """

    address = forms.CharField(
        label=_("or the address of the source"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Where it is not on the list: it is entered and captured in the background."),
    )

    class Meta:
        model = Citation
        fields = ["source", "stance", "carries", "prefix", "exact", "suffix", "locator", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.snapshot_id:
            for name in {"source", "address", "prefix", "exact", "suffix"} & self.fields.keys():
                self.fields[name].disabled = True
        if "source" in self.fields:
            self.fields["source"].required = False

    def clean(self):
        facts, known = super().clean(), None
        if facts.get("address") and "address" in self.changed_data:
            try:
                known = source_known_at(facts["address"].strip())
            except DomainError as refused:
                self.add_error("address", ValidationError(refused.message, refused.code))
                return facts
            # One that nobody has entered yet is made by the act, once all of the page is right.
            if facts.get("source") and facts["source"] != known:
                self.add_error(
                    "address", ValidationError(_("Choose a source or paste an address, not both."))
                )
            facts["source"] = known
        elif not facts.get("source") and "source" not in self.errors:
            self.add_error("source", ValidationError(_("Choose a source, or paste its address."), "required"))
        return facts

    def enter_source(self, *, by, now) -> None:
        """Before the row is saved: let it cite what its address leads to."""
        if self.cleaned_data.get("address") and "address" in self.changed_data:
            self.instance.source = source_named(
                self.cleaned_data["address"].strip(), "address", by=by, now=now
            )

    def clean_carries(self):
        # The model's constraint says the same, but is not tried where the form does not offer the claim.
        if self.cleaned_data["carries"] and self.instance.claim_id:
            raise ValidationError(
                _("Only the citation of a quote carries words or a report."), "carries_of_claim"
            )
        return self.cleaned_data["carries"]


def note_chooser(citation: Citation, changed: list[str], user) -> None:
    """Before ``citation`` is saved: ``user`` chose its passage if it is new or any of it ``changed``."""
    if citation.pk is None:
        citation.created_at = timezone.now()
    if citation.pk is None or PASSAGE & set(changed):
        citation.chosen_by = user


class CitationInline(DeskStackedInline):
    model = Citation
    form = CitationForm
    to_add = to_change = to_delete = ("keep_evidence",)
    autocomplete_fields = ["source"]
    fields = [
        ("source", "address"),
        ("stance", "position"),
        ("prefix", "exact", "suffix"),
        "locator",
    ]
    tab = False


class QuoteCitationInline(CitationInline):
    fields = [
        ("source", "address"),
        ("stance", "carries", "position"),
        ("prefix", "exact", "suffix"),
        "locator",
    ]


class EvidenceAdmin(FoundByWords, DeskAdmin):
    """A claim or a quote: with its citations, and refused to be deleted while a draft names it."""

    to_add = to_change = to_delete = ("keep_evidence",)
    change_form_template = "admin/articles/record/change_form.html"

    def get_urls(self):
        return [recall_page(self.model)(self).url(), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context |= {"tabs": record_tabs(obj, "change")}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refused:
            # The act's transaction is undone; the page shows the record as it is, and why.
            messages.error(request, refused.message)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request, obj, form, change):
        """Entering is the page's own; whatever is changed afterwards goes through the act."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        told = {name: form.cleaned_data[name] for name in form.changed_data if name in REVISED[self.model]}
        # Browsers send other line ends than the acts know.
        told |= {name: text.replace("\r\n", "\n") for name, text in told.items() if isinstance(text, str)}
        revise(obj, by=request.user, now=timezone.now(), **told)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if row.has_changed() and isinstance(row.instance, Citation) and row not in formset.deleted_forms:
                row.enter_source(by=request.user, now=timezone.now())
                note_chooser(row.instance, row.changed_data, request.user)
        super().save_formset(request, form, formset, change)

    def get_deleted_objects(self, objs, request):
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        for row in objs:
            for article in Article.objects.filter(rests_on__contains=[row.public_id])[:20]:
                if not may(request.user, "see", article):
                    protected.append(_("An article that you do not work on"))
                    continue
                url = reverse("admin:articles_article_change", args=[article.pk])
                protected.append(format_html('{}: <a href="{}">{}</a>', _("Article"), url, article))
        return to_delete, counts, perms_needed, protected


@admin.register(Claim)
class ClaimAdmin(Mergeable, EvidenceAdmin):
    list_display = ["__str__", "kind", "standing_label", "as_of", "review_by", "created_by", "created_at"]
    list_filter = ["kind", "standing", "review_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["label", "=public_id"]
    readonly_fields = ["public_id", "entered"]
    fieldsets = [
        (None, {"fields": ["label", ("kind", "standing"), ("as_of", "review_by"), "dates_told"]}),
        (_("Entered"), {"fields": [("public_id", "entered")]}),
    ]
    inlines = [CitationInline]

    @display(
        description=_("standing"),
        ordering="standing",
        label={"normal": "", "preferred": "success", "disputed": "warning", "deprecated": "danger"},
    )
    def standing_label(self, claim):
        return claim.standing, claim.get_standing_display()


@admin.register(Quote)
class QuoteAdmin(EvidenceAdmin):
    list_display = ["__str__", "speaker", "said_on", "language", "created_by", "created_at"]
    list_filter = [("speaker", admin.EmptyFieldListFilter), "language", "created_at"]
    list_select_related = ["speaker", "created_by"]
    search_fields = ["words", "speaker__name", "=public_id"]
    named_by: ClassVar = {"speaker": Speaker}
    autocomplete_fields = ["speaker", "role"]
    readonly_fields = ["public_id", "entered"]
    fieldsets = [
        (None, {"fields": ["words", "language", ("speaker", "role"), ("occasion", "said_on")]}),
        (_("Translation"), {"fields": ["original", ("original_language", "translator")]}),
        (_("Entered"), {"fields": [("public_id", "entered")]}),
    ]
    inlines = [QuoteCitationInline]


@admin.register(Citation)
class CitationAdmin(FoundByWords, DeskAdmin):
    """Every citation; new ones are made where their claim or quote is."""

    to_change = to_delete = ("keep_evidence",)

    form = CitationForm
    list_display = ["source", "of", "stance", "carries", "locator"]
    list_filter = ["stance", "carries"]
    list_select_related = ["source", "claim", "quote"]
    search_fields = ["source__title", "source__url", "claim__label", "quote__words"]
    own_words = False
    named_by: ClassVar = {"source": Source, "claim": Claim, "quote": Quote}
    ordering = ["-pk"]
    autocomplete_fields = ["source"]
    readonly_fields = ["of", "chosen", "archived"]
    fields = [
        "of",
        ("source", "stance", "carries"),
        "prefix",
        "exact",
        "suffix",
        "locator",
        "position",
        ("chosen", "archived"),
    ]

    def get_urls(self):
        return [PassagePage(self).url(), *super().get_urls()]

    @admin.display(description=_("of"))
    def of(self, citation):
        return citation.claim or citation.quote

    @admin.display(description=_("passage chosen by"))
    def chosen(self, citation):
        return str(citation.chosen_by)

    @admin.display(description=_("passage in the archived copy"))
    def archived(self, citation):
        if citation.source.confidential:
            return "–"
        label = citation.snapshot or _("choose it")
        return format_html('<a href="{}">{}</a>', passage_address(citation), label)

    def save_model(self, request, obj, form, change):
        note_chooser(obj, form.changed_data, request.user)
        super().save_model(request, obj, form, change)

    def note(self, request, obj, verb, **data):
        # A citation has no public id of its own; it is part of its claim or quote.
        record(f"citation.{verb}", obj.claim or obj.quote, by=request.user, now=timezone.now(), **data)


@admin.register(Treaty)
class TreatyAdmin(FoundByWords, SharedRecordAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    list_display = ["title", "signed_on", "signed_at", "slug"]
    list_filter = ["signed_on"]
    search_fields = ["title", "slug", "=public_id"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "parties", ("signed_on", "signed_at")]
