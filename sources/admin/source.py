"""Sources and who puts them out."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from newsroom.desk_admin import DeskAdmin
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


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    list_display = ["__str__", "state", "publisher", "kind", "published_on", "language"]
    list_filter = [IdentifiedFilter, "kind", "language"]
    search_fields = ["title", "url", "publisher__name", "public_id"]
    autocomplete_fields = ["publisher"]
    readonly_fields = ["public_id", "created_by", "created_at"]
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
        (_("Entered"), {"fields": [("public_id", "created_by", "created_at")]}),
    ]

    @display(
        description=_("state"),
        label={_("identified"): "success", _("unidentified"): "warning"},
    )
    def state(self, source):
        return _("identified") if source.is_identified else _("unidentified")
