"""Admin pages of records that can be entered twice: where duplicates are shown, and where what was merged leads.

The pages are of ``articles``, which hangs them in here, for ``sources`` and ``newsroom`` may not import it.
"""

from collections import defaultdict

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.desk_pages import RecordPage

_PAGES: dict[type, list[type[RecordPage]]] = defaultdict(list)


def merged_on(page: type[RecordPage]) -> type[RecordPage]:
    """Hang ``page`` in beside the form of every record of its model."""
    _PAGES[page.model].append(page)
    return page


class Mergeable:
    """A page of a model with the field ``merged_into`` (newsroom.core.merged)."""

    def get_urls(self):
        return [*(page(self).url() for page in _PAGES[self.model]), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        gone = self.model._default_manager.filter(merged_into__isnull=False)
        named = str(object_id or "")
        kept = (
            gone.filter(pk=named).values_list("merged_into", flat=True).first() if named.isdigit() else None
        )
        if kept and self.has_view_permission(request):
            messages.info(request, _("It was merged into this one."))
            name = self.model._meta.label_lower.replace(".", "_")
            return HttpResponseRedirect(reverse(f"admin:{name}_change", args=[kept]))
        if named:
            page = next((page for page in _PAGES[self.model] if page.name == "duplicates"), None)
            extra_context = {"duplicates_on": page and page.address(object_id)} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra_context)
