"""Speakers with the roles they held."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsroom.desk_admin import DeskAdmin, DeskTabularInline
from newsroom.desk_finding import FoundByWords
from newsroom.desk_merging import Mergeable
from newsroom.desk_printed import SharedRecordAdmin
from sources.models import Speaker, SpeakerRole


class RoleInline(DeskTabularInline):
    """Roles with their first and last day, where known."""

    model = SpeakerRole
    to_add = to_change = to_delete = ("keep_evidence",)
    fields = ["title", "since", "until"]


@admin.register(Speaker)
class SpeakerAdmin(FoundByWords, Mergeable, SharedRecordAdmin):
    to_add = to_change = to_delete = ("keep_evidence",)

    list_display = ["name", "kind", "latest_role", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "public_id"]
    change_form_outer_after_template = "admin/desk/duplicates_link.html"
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "kind", "slug"]
    inlines = [RoleInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("roles")

    @admin.display(description=_("latest role"))
    def latest_role(self, speaker):
        roles = list(speaker.roles.all())
        return roles[-1].title if roles else "–"


@admin.register(SpeakerRole)
class SpeakerRoleAdmin(DeskAdmin):
    """Only to be chosen from: roles are entered on the page of their speaker."""

    list_display = ["speaker", "title", "since", "until"]
    search_fields = ["speaker__name", "title"]
