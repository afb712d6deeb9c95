"""Pages of one record beside its form: show, take a form, do its act, come back."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from newsroom.desk_admin import may_any
from newsroom.desk_forms import ActForm


class RecordPage:
    """One page of one record. ``forms`` are the acts it takes; each asks the access table itself.

    ``below`` is the rest of the address after the record's number, its parameters reach :meth:`context` by
    ``request.resolver_match.kwargs``.
    """

    model = None
    name = ""
    below = ""
    title = ""
    template = ""
    # What of the page a script may ask for alone, by the header X-Desk-Part; "" where it may not.
    part = ""
    forms: dict[str, type[ActForm]] = {}
    to_see: tuple[str, ...] = ("see",)

    def __init__(self, model_admin):
        self.model_admin = model_admin

    @classmethod
    def address(cls, *arguments) -> str:
        """Where the page of a record is: its number, and what :attr:`below` asks for."""
        return reverse(f"admin:{cls.model._meta.label_lower.replace('.', '_')}_{cls.name}", args=arguments)

    def url(self):
        site, options = self.model_admin.admin_site, self.model._meta
        return path(
            f"<int:pk>/{self.below or self.name + '/'}",
            site.admin_view(self.view),
            name=f"{options.app_label}_{options.model_name}_{self.name}",
        )

    def view(self, request, pk, **below):
        record = self.opened(request, pk)
        bound = None
        if request.method == "POST":
            bound = self._bind(request, record)
            if bound.carry_out(by=request.user, now=timezone.now()):
                messages.success(request, bound.done)
                return HttpResponseRedirect(self.after(request, record, bound))
            # The act may have found a newer record than was read above.
            record = self.find(pk)
        alone = self.part and "X-Desk-Part" in request.headers
        return TemplateResponse(
            request, self.part if alone else self.template, self._context(request, record, bound)
        )

    def opened(self, request, pk):
        """The record, for whoever may see it; raises PermissionDenied or Http404 for others."""
        if not may_any(request.user, self.to_see):
            raise PermissionDenied
        record = self.find(pk)
        if record is None or not self.is_for(request.user, record):
            raise Http404
        return record

    def find(self, pk):
        """The record, or None if there is none."""
        return self.model.objects.filter(pk=pk).first()

    def is_for(self, user, record) -> bool:
        """Whether ``user`` may know of this record; to whom it is not, there is none."""
        return True

    def _bind(self, request, record) -> ActForm:
        try:
            kind = self.forms[request.POST.get("act", "")]
        except KeyError:
            raise BadRequest("unknown act") from None
        return kind(request.POST, request.FILES, about=record, user=request.user)

    def _context(self, request, record, bound) -> dict:
        return {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.opts,
            "title": record,
            "original": record,
            "subtitle": None,
            "page_title": self.title,
            "refused": bound,
            **self.around(request, record),
            **self.context(request, record, bound),
        }

    def around(self, request, record) -> dict:
        """What every page of such a record shows, its tabs above all."""
        return {}

    def context(self, request, record, bound: ActForm | None) -> dict:
        """What the template shows beside the record."""
        return {}

    def after(self, request, record, form: ActForm) -> str:
        """Where to go when the act is done: to the same page, at the place of the act."""
        return request.path + (f"#{form.at_place}" if form.at_place else "")


def tab(title, url: str, *, current: bool) -> dict:
    """One of the row of links over the pages of a record."""
    return {"title": title, "url": url, "current": current}
