"""The audit log: who did what to which object, readable and never changed; and the background work."""

from functools import partial

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.audit.models import AuditEvent
from newsroom.audit.pages import export_view, log_view
from newsroom.audit.reading import told_to
from newsroom.audit.recording import ACTS
from newsroom.desk_admin import ReadOnlyAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """A page of sentences (newsroom.audit.pages) in place of a list, and the whole of one entry."""

    to_see = ("see", "administer")

    fields = ["at", "person", "through", "act_in_words", "object_type", "object_id", "label", "data"]

    def get_urls(self):
        export = self.admin_site.admin_view(partial(export_view, self))
        return [path("export/", export, name="audit_auditevent_export"), *super().get_urls()]

    def get_queryset(self, request):
        return told_to(request.user, super().get_queryset(request))

    def changelist_view(self, request, extra_context=None):
        return log_view(self, request)

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
