"""The sections and who works in which: administrators keep both; an editor changes a name that readers know."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.models import Scope, Section
from articles.sections import NOTE_LENGTH, rename_section
from newsroom.desk_admin import DeskAdmin
from newsroom.desk_forms import ActForm, form_at, note_field, of_acts
from newsroom.desk_pages import RecordPage


class RenameForm(ActForm):
    act, button, done = "rename_section", _("Rename"), _("The section has its new name.")
    prominent = True

    name = forms.CharField(label=_("New name"), max_length=100)
    note = note_field(_("Why"), required=True, length=NOTE_LENGTH)

    def call(self, facts, *, by, now):
        rename_section(self.about, name=facts["name"], note=facts["note"], by=by, now=now)


class RenamePage(RecordPage):
    model = Section
    name = "rename"
    title = _("Rename the section")
    template = "admin/articles/section/rename.html"
    forms = of_acts(RenameForm)

    def context(self, request, section, bound):
        form = form_at(RenameForm, section, request.user, "", bound)
        return {"section": section, "form": form if may(request.user, "rename_section") else None}


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    """What a section asks of its drafts. A change applies to every draft that is not approved yet."""

    to_see = ("see", "administer")
    to_add = to_change = to_delete = ("administer",)

    change_form_template = "admin/articles/section/change_form.html"
    list_display = ["name", "slug", "fact_check", "review", "in_order", "approvals", "position"]
    search_fields = ["name", "slug", "=public_id"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "about", "position"]}),
        (_("Steps"), {"fields": ["fact_check", "review", "in_order", "approvals"]}),
    ]

    def get_urls(self):
        return [RenamePage(self).url(), *super().get_urls()]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        # Readers know it by these: articles.sections.
        return ["name", "slug", "printed_at"] if obj and obj.printed_at else []

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
