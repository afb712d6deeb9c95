"""The notices of whoever is signed in: their list, and how they want to be told. Nobody sees another's."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from newsroom.core.errors import DomainError
from newsroom.notices import reading
from newsroom.notices.choosing import choices_of, choose
from newsroom.notices.kinds import KINDS
from newsroom.notices.wording import in_words


def urls(site) -> list:
    """The addresses, to hang into the desk's ``site``."""

    def page(address, view, name):
        return path(f"notices/{address}", site.admin_view(partial(view, site=site)), name=name)

    return [
        page("", _list, "notices"),
        page("read/", _read_all, "notices_read"),
        page("choices/", _choices, "notice_choices"),
        page("<int:pk>/", _open, "notice_open"),
    ]


def _list(request, site):
    try:
        shown = reading.page_of(request.user, request.GET.get("after", ""))
    except DomainError as error:
        raise BadRequest(error.message) from None
    context = {
        "title": _("Notices"),
        "told": in_words(request.user, shown.notices),
        "after": shown.after,
        "newest": max((notice.pk for notice in shown.notices), default=0),
        "unread_here": any(notice.read_at is None for notice in shown.notices),
    }
    return TemplateResponse(request, "admin/notices/list.html", site.each_context(request) | context)


@require_POST
def _read_all(request, site):
    up_to = request.POST.get("up_to", "")
    if not (up_to.isascii() and up_to.isdigit() and len(up_to) <= 18):
        raise BadRequest("up_to")
    reading.mark_all_read(request.user, up_to=int(up_to), now=timezone.now())
    return HttpResponseRedirect(reverse("admin:notices"))


@require_GET
def _open(request, pk, site):
    notice = reading.mark_read(request.user, pk, now=timezone.now()) if pk < 2**63 else None
    if notice is None:
        raise Http404
    (told,) = in_words(request.user, [notice])
    return HttpResponseRedirect(told.path or reverse("admin:notices"))


class ChoicesForm(forms.Form):
    """One field a kind, named by it."""

    language = forms.ChoiceField(required=False)

    def __init__(self, data=None, *, chosen):
        super().__init__(data)
        self.label_suffix = ""
        self.fields["language"].label = _("Language of letters")
        self.fields["language"].choices = [("", _("The newsroom's")), *settings.LANGUAGES]
        self.fields["language"].initial = chosen.language
        for name, kind in KINDS.items():
            way = chosen.ways.get(name)
            self.fields[name] = forms.ChoiceField(
                label=kind.title,
                choices=[(way.value, way.label) for way in kind.ways],
                initial=way if way in kind.ways else kind.way,
                help_text=_("Urgent: it always comes by mail.") if kind.urgent else "",
            )

    def kinds(self):
        """The fields of the kinds."""
        return [self[name] for name in KINDS]


@require_http_methods(["GET", "HEAD", "POST"])
def _choices(request, site):
    form = ChoicesForm(request.POST or None, chosen=choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        ways = {name: form.cleaned_data[name] for name in KINDS}
        choose(request.user, ways=ways, language=form.cleaned_data["language"])
        messages.success(request, _("Your choices are kept."))
        return HttpResponseRedirect(request.path)
    context = {"title": _("What I am told of"), "form": form}
    return TemplateResponse(request, "admin/notices/choices.html", site.each_context(request) | context)
