"""Sources and who puts them out."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from newsroom.accounts.asking import may
from newsroom.desk_finding import FoundByWords
from newsroom.desk_merging import Mergeable
from newsroom.desk_printed import SharedRecordAdmin
from sources.addresses import normalise_url
from sources.admin.confidential import ConfidentialSources
from sources.admin.first_capture import ask_for_capture
from sources.admin.pages import around_source, pages_of_source
from sources.admin.searching import hits, sources_with
from sources.capture.describing import moments_told
from sources.models import Publisher, Snapshot, Source
from sources.standing import SourceState, in_state, state_of


class StateFilter(admin.SimpleListFilter):
    """What has become of it; what is unidentified or withdrawn blocks every article that cites it."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return SourceState.choices

    def queryset(self, request, queryset):
        return in_state(queryset, self.value()) if self.value() in SourceState.values else queryset


class ArchiveFilter(admin.SimpleListFilter):
    """Whether anything of it is archived that can be taken for it."""

    title = _("archive")
    parameter_name = "archive"

    def lookups(self, request, model_admin):
        return [("yes", _("archived")), ("no", _("nothing archived"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        usable = Exists(Snapshot.objects.filter(source=OuterRef("pk"), obstacle=""))
        return queryset.filter(usable if self.value() == "yes" else ~usable)


@admin.register(Publisher)
class PublisherAdmin(FoundByWords, Mergeable, SharedRecordAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    list_display = ["name", "slug", "barred"]
    search_fields = ["name", "slug", "public_id"]
    change_form_outer_after_template = "admin/desk/duplicates_link.html"
    prepopulated_fields = {"slug": ["name"]}
    list_filter = ["barred"]
    fields = ["name", "slug", "barred"]

    def get_readonly_fields(self, request, obj=None):
        # Whose word counts is an editor's to say.
        return [] if may(request.user, "withdraw_source") else ["barred"]


class SourceForm(forms.ModelForm):
    """The same address is the same source, by whatever door it comes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "note" in self.fields:
            self.fields["note"].widget.attrs["rows"] = 3

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not url:
            return url
        if (key := normalise_url(url)) is None:
            raise ValidationError(_("This is not an http or https address."), "address_refused")
        if known := Source.objects.filter(url_key=key).exclude(pk=self.instance.pk).first():
            raise ValidationError(
                _("This address is that of “%(known)s”.") % {"known": known}, "source_exists"
            )
        return url


@admin.register(Source)
class SourceAdmin(FoundByWords, Mergeable, ConfidentialSources, SharedRecordAdmin):
    """What is known of a source by hand. What becomes of it (origin, withdrawal, embargo) is done on its other pages,
    by acts."""

    to_add = to_change = to_delete = ("keep_evidence",)

    form = SourceForm
    change_form_template = "admin/sources/source/change_form.html"
    list_before_template = "admin/sources/source/hits.html"
    list_display = ["__str__", "state", "publisher", "kind", "published_on", "last_capture"]
    list_filter = [StateFilter, ArchiveFilter, "kind", "language", "confidential"]
    search_fields = ["title", "url", "publisher__name", "public_label", "public_id"]
    search_help_text = _("Title, address, publisher, public id; and the words of the archived texts.")
    named_by: ClassVar = {"publisher": Publisher}
    autocomplete_fields = ["publisher"]
    readonly_fields = ["public_id", "entered", "origin", "embargo", "published_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "url",
                    "publisher",
                    ("kind", "published_on", "published_at"),
                    ("creators", "language"),
                    "note",
                ]
            },
        ),
        (_("What we may print"), {"fields": ["usage_terms", "quotation_allowance", "archive_shown"]}),
        (_("Decided on its other pages"), {"fields": [("origin", "embargo")]}),
        (_("Entered"), {"fields": [("public_id", "entered")]}),
    ]

    @display(
        description=_("state"),
        label={
            SourceState.IDENTIFIED: "success",
            SourceState.UNIDENTIFIED: "warning",
            SourceState.CHANGED: "warning",
            SourceState.DEAD: "warning",
            SourceState.WITHDRAWN: "danger",
        },
    )
    def state(self, source):
        state = state_of(source)
        return state, state.label

    @admin.display(description=_("last capture"), ordering="last_captured_at")
    def last_capture(self, source):
        return source.last_captured_at

    @admin.display(description=_("derives from"))
    def origin(self, source):
        if source.derives_from_id is None:
            return "–"
        return format_html("{}: {}", source.get_derivation_display(), source.derives_from)

    @admin.display(description=_("published at, as the document says"))
    def published_at(self, source):
        """Beside the day, by the newsroom's clock."""
        moment = moments_told([source]).get(source.pk)
        return date_format(timezone.localtime(moment), "j M Y, H:i:s") if moment else None

    @admin.display(description=_("embargoed until"))
    def embargo(self, source):
        return source.embargoed_until

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if may(request.user, "change_printed") else [*fields, "archive_shown"]

    def get_queryset(self, request):
        latest = Snapshot.objects.filter(source=OuterRef("pk")).order_by("-pk").values("captured_at")[:1]
        return super().get_queryset(request).annotate(last_captured_at=Subquery(latest))

    def get_search_results(self, request, queryset, search_term):
        found, duplicates = super().get_search_results(request, queryset, search_term)
        # Where one chooses a source by its name, others whose text has the word would be in the way.
        if getattr(request.resolver_match, "url_name", "") == "sources_source_changelist":
            found |= queryset.filter(pk__in=sources_with(search_term))
        return found, duplicates

    def get_urls(self):
        return [*(page(self).url() for page in pages_of_source()), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        searched = request.GET.get("q", "").strip()
        if searched and self.has_view_permission(request):
            found, more = hits(searched)
            extra_context = {"hits": found, "more_hits": more, "searched": searched} | (extra_context or {})
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        source = self.get_object(request, object_id) if object_id else None
        if source and self.has_view_permission(request, source):
            extra_context = around_source(source, "change") | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "url" in form.changed_data:
            ask_for_capture(obj, by=request.user, now=timezone.now())
