"""The sections and who works in which: administrators keep both; what readers know of one is amended."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Scope, Section
from newsroom.desk_admin import DeskAdmin
from newsroom.desk_printed import SharedRecordAdmin


@admin.register(Section)
class SectionAdmin(SharedRecordAdmin):
    """What a section asks of its drafts. A change applies to every draft that is not approved yet."""

    to_see = ("see", "administer")
    to_add = to_change = to_delete = ("administer",)

    list_display = ["name", "slug", "fact_check", "review", "in_order", "approvals", "position"]
    search_fields = ["name", "slug", "=public_id"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "about", "position"]}),
        (_("Steps"), {"fields": ["fact_check", "review", "in_order", "approvals"]}),
    ]

    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.printed_at)


@admin.register(Scope)
class ScopeAdmin(DeskAdmin):
    """Nobody has to have one: who has none works on everything."""

    to_see = to_add = to_change = to_delete = ("administer",)

    list_display = ["user", "section", "language"]
    list_filter = ["section", "language"]
    list_select_related = ["user", "section"]
    search_fields = ["user__username", "user__last_name", "section__name"]
    autocomplete_fields = ["user"]
    fields = ["user", "section", "language"]
