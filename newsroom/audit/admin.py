"""The audit log: who did what to which object, readable and never changed; and the background work."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.audit.models import AuditEvent
from newsroom.audit.recording import ACTS
from newsroom.desk_admin import ReadOnlyAdmin


class ActFilter(admin.SimpleListFilter):
    title = _("act")
    parameter_name = "act"

    def lookups(self, request, model_admin):
        return sorted(((code, str(words)) for code, words in ACTS.items()), key=lambda pair: pair[0])

    def queryset(self, request, queryset):
        return queryset.filter(act=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Searched by person and by the public id of the object."""

    to_see = ("see", "administer")

    list_display = ["at", "by", "act_in_words", "label", "object_type", "through"]
    list_filter = [ActFilter, "through", "at"]
    search_fields = ["=object_id", "=by__username"]
    search_help_text = _("A public id or a user name, whole.")
    fields = ["at", "person", "through", "act_in_words", "object_type", "object_id", "label", "data"]

    @admin.display(description=_("by"))
    def person(self, event):
        return str(event.by or _("the system"))

    @admin.display(description=_("act"), ordering="act")
    def act_in_words(self, event):
        return ACTS.get(event.act, event.act)


# Its own page asks Django's permissions, which mean nothing here.
admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ReadOnlyAdmin):
    """What the worker did, does and has to do."""

    to_see = ("administer",)

    list_display = ["id", "task_name", "status", "queue_name", "attempts", "scheduled_at"]
    list_filter = ["status"]
    search_fields = ["task_name"]
    ordering = ["-id"]
