"""Sources and who puts them out."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from newsroom.desk_admin import DeskAdmin
from sources.addresses import normalise_url
from sources.models import Publisher, Source


class IdentifiedFilter(admin.SimpleListFilter):
    """A source is identified if a reader could find it: what is not blocks every article that cites it."""

    title = _("identified")
    parameter_name = "identified"

    def lookups(self, request, model_admin):
        return [("yes", _("identified")), ("no", _("unidentified"))]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.identified()
            case "no":
                return queryset.unidentified()
        return queryset


@admin.register(Publisher)
class PublisherAdmin(DeskAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    list_display = ["name", "slug"]
    search_fields = ["name", "slug", "public_id"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]


class SourceForm(forms.ModelForm):
    """The same address is the same source, by whatever door it comes."""

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
class SourceAdmin(DeskAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    form = SourceForm
    list_display = ["__str__", "state", "publisher", "kind", "published_on", "language"]
    list_filter = [IdentifiedFilter, "kind", "language"]
    search_fields = ["title", "url", "publisher__name", "public_id"]
    autocomplete_fields = ["publisher"]
    readonly_fields = ["public_id", "entered"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "url",
                    "publisher",
                    ("kind", "published_on"),
                    ("creators", "language"),
                    "note",
                ]
            },
        ),
        (_("Entered"), {"fields": [("public_id", "entered")]}),
    ]

    @display(
        description=_("state"),
        label={_("identified"): "success", _("unidentified"): "warning"},
    )
    def state(self, source):
        return _("identified") if source.is_identified else _("unidentified")
