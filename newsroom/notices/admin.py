"""The notices of whoever is signed in: their list, and how they want to be told. Nobody sees another's."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from newsroom.admin_site import standing_page
from newsroom.core.errors import DomainError
from newsroom.notices import reading
from newsroom.notices.choosing import choices_of, choose
from newsroom.notices.kinds import KINDS
from newsroom.notices.wording import in_words


@standing_page("notices/", "notices")
def notices(request):
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
    return TemplateResponse(request, "admin/notices/list.html", admin.site.each_context(request) | context)


@standing_page("notices/read/", "notices_read")
@require_POST
def read_all(request):
    up_to = request.POST.get("up_to", "")
    if not (up_to.isascii() and up_to.isdigit() and len(up_to) <= 18):
        raise BadRequest("up_to")
    reading.mark_all_read(request.user, up_to=int(up_to), now=timezone.now())
    return HttpResponseRedirect(reverse("admin:notices"))


@standing_page("notices/<int:pk>/", "notice_open")
@require_GET
def opened(request, pk):
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


@standing_page("notices/choices/", "notice_choices")
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    form = ChoicesForm(request.POST or None, chosen=choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        ways = {name: form.cleaned_data[name] for name in KINDS}
        choose(request.user, ways=ways, language=form.cleaned_data["language"])
        messages.success(request, _("Your choices are kept."))
        return HttpResponseRedirect(request.path)
    context = {"title": _("What I am told of"), "form": form}
    return TemplateResponse(request, "admin/notices/choices.html", admin.site.each_context(request) | context)
