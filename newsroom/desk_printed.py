"""Admin pages of records that articles share: what an edition has printed of them is amended by an act alone.

The act's page is of ``articles``, which hangs it in here, for ``sources`` and ``newsroom`` may not import it.
"""

from newsroom.desk_admin import DeskAdmin
from newsroom.desk_pages import RecordPage

_PAGES: dict[type, type[RecordPage]] = {}


def amended_on(page: type[RecordPage]) -> type[RecordPage]:
    """Let ``page`` be where what readers see of its model's records is amended."""
    _PAGES[page.model] = page
    return page


class SharedRecordAdmin(DeskAdmin):
    """Once it is printed, the form shows what readers see of a record and says where it is amended."""

    change_form_outer_before_template = "admin/desk/printed.html"

    def get_urls(self):
        return [_PAGES[self.model](self).url(), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return list(dict.fromkeys([*fields, *self.model.PRINTED])) if _printed(obj) else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if _printed(obj) else super().get_prepopulated_fields(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        shared = self.get_object(request, object_id) if object_id else None
        if _printed(shared) and self.has_view_permission(request, shared):
            page = _PAGES[self.model]
            extra_context = {"amended_on": page.address(shared.pk)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra_context)


def _printed(shared) -> bool:
    return bool(shared and shared.is_printed)
