"""The base of every page of the desk: who may open it is asked of the access table, never of Django's permissions."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.paginator import InfinitePaginator

from newsroom.accounts.asking import may
from newsroom.audit.recording import record
from newsroom.desk_deleting import places_of


def may_any(user, acts) -> bool:
    """Whether ``user`` may do one of ``acts``; a user who cannot sign in to the desk may do none."""
    return bool(user.is_active and user.is_staff and any(may(user, act) for act in acts))


class AskedOfTheTable:
    """Permissions of a page or an inline by acts of the access table; an empty tuple means nobody."""

    to_see: tuple[str, ...] = ("see",)
    to_add: tuple[str, ...] = ()
    to_change: tuple[str, ...] = ()
    to_delete: tuple[str, ...] = ()

    def has_view_permission(self, request, obj=None):
        return may_any(request.user, self.to_see)

    def has_add_permission(self, request, obj=None):
        return may_any(request.user, self.to_add)

    def has_change_permission(self, request, obj=None):
        return may_any(request.user, self.to_change)

    def has_delete_permission(self, request, obj=None):
        return may_any(request.user, self.to_delete)


class DeskAdmin(AskedOfTheTable, ModelAdmin):
    """A page of the desk. What it saves or deletes is entered in the audit log, in the same transaction.

    Lists count nothing: they are as quick with a million rows as with ten.
    """

    paginator = InfinitePaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    actions = None
    warn_unsaved_form = True
    view_on_site = False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_queryset(self, request):
        # A column that follows a relation costs one query for the page, not one a row.
        return super().get_queryset(request).fetch_mode(models.FETCH_PEERS)

    def get_search_results(self, request, queryset, search_term):
        # Lists refuse what no text can hold; what fields offer while one types would break on it.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    @admin.display(description=_("entered"))
    def entered(self, obj):
        """Who made the record and when; as text, for a person's own page is an administrator's."""
        return f"{obj.created_by}, {date_format(timezone.localtime(obj.created_at), 'DATETIME_FORMAT')}"

    def save_model(self, request, obj, form, change):
        if not change and hasattr(obj, "created_by_id"):
            obj.created_by, obj.created_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
        self.note(request, obj, "changed" if change else "entered", fields=sorted(form.changed_data))

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        touched = [
            *formset.new_objects,
            *(pair[0] for pair in formset.changed_objects),
            *formset.deleted_objects,
        ]
        if touched:
            rows = {formset.model._meta.model_name: [str(row) for row in touched]}
            self.note(request, form.instance, "changed", **rows)

    def get_deleted_objects(self, objs, request):
        """What refers to a record keeps it, and is named; of that no more is read than is told."""
        if places := places_of(list(objs), self.admin_site):
            return [], {}, set(), places
        return super().get_deleted_objects(objs, request)

    def delete_model(self, request, obj):
        self.note(request, obj, "removed")
        super().delete_model(request, obj)

    def note(self, request, obj, verb: str, **data) -> None:
        """Enter in the audit log that ``obj`` was entered, changed or removed."""
        act = f"{self.opts.model_name}.{verb}"
        record(act, obj, by=request.user, now=timezone.now(), **data)

    # The audit log is the one log; Django's own would tell half of it again.
    def log_addition(self, request, obj, message):
        pass

    def log_change(self, request, obj, message):
        pass

    def log_deletions(self, request, queryset):
        pass

    def history_view(self, request, object_id, extra_context=None):
        """The audit log, searched for the object."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        searched = getattr(record, "public_id", object_id)
        return HttpResponseRedirect(f"{reverse('admin:audit_auditevent_changelist')}?q={searched}")


class ReadOnlyAdmin(DeskAdmin):
    """Rows that acts write: nobody adds, changes or deletes them by hand."""

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.concrete_fields] if not self.fields else self.fields


class DeskTabularInline(AskedOfTheTable, TabularInline):
    """Rows under column headings: each field is named for those who do not see the heading."""

    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs.setdefault("aria-label", str(db_field.verbose_name))
        return field


class DeskStackedInline(AskedOfTheTable, StackedInline):
    extra = 0
