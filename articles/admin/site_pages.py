"""What the newsroom says of itself: written here by one person, approved by another."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.access import may
from articles.admin.prose import UNMARKED
from articles.body.unmarked import unmarked_html
from articles.models import SitePage
from articles.rendering.pages import site_page_path
from articles.rules.languages import Language
from articles.rules.site_pages import PAGES, Subject
from articles.site_pages import LONGEST_TEXT, LONGEST_TITLE, approve_page, write_page
from newsroom.admin_site import standing_page
from newsroom.desk_admin import may_any
from newsroom.desk_forms import ActForm, form_at, line, of_acts

TO_SEE = ("write_page", "approve_page")
# Texts of one page that are listed, the newest first.
VERSIONS = 50


class WriteForm(ActForm):
    act, button, done = "write_page", _("Save for approval"), _("Saved: somebody else has to approve it.")
    prominent = True

    title = line(_("Title"), length=LONGEST_TITLE)
    body = ProseEditorFormField(
        label=_("Text"),
        config={"extensions": UNMARKED},
        preset="configurable",
        widget=AdminProseEditorWidget,
        max_length=LONGEST_TEXT,
        strip=False,
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def call(self, facts, *, by, now):
        subject, language = self.about
        write_page(
            subject, language, title=facts["title"], body=facts["body"], after=facts["after"], by=by, now=now
        )


class ApproveForm(ActForm):
    act, button, done = "approve_page", _("Approve: readers see it from now on"), _("Readers see it now.")
    prominent = True

    def call(self, facts, *, by, now):
        # Of what was on the screen, not of what may have come since.
        page = SitePage.objects.filter(public_id=facts["fingerprint"]).first()
        if page is None or (page.subject, page.language) != self.about:
            raise BadRequest("no such text")
        approve_page(page, by=by, now=now)


FORMS = of_acts(WriteForm, ApproveForm)


@standing_page("pages/", "site_pages")
def site_pages(request):
    """Every page in every language, and how it stands. One query."""
    if not may_any(request.user, TO_SEE):
        raise PermissionDenied
    latest = SitePage.objects.select_related("approval", "written_by").defer("body")
    latest = latest.order_by("subject", "language", "-number").distinct("subject", "language")
    texts = {(text.subject, text.language): text for text in latest}
    rows = [
        {
            "subject": Subject(subject).label,
            "language": Language(language).label,
            "url": reverse("admin:site_page", args=[subject, language]),
            "text": text,
            "waits": text is not None and not hasattr(text, "approval"),
        }
        for subject, language in PAGES
        for text in [texts.get((subject, language))]
    ]
    context = {**admin.site.each_context(request), "title": _("Pages of the site"), "rows": rows}
    context["page_title"] = context["title"]
    return TemplateResponse(request, "admin/site_pages/list.html", context)


@standing_page("pages/<slug:subject>/<slug:language>/", "site_page")
def site_page(request, subject: str, language: str):
    """One page: what readers see, what waits for approval, and a form to write the next text."""
    if not may_any(request.user, TO_SEE):
        raise PermissionDenied
    if (subject, language) not in PAGES:
        raise Http404
    bound = None
    if request.method == "POST":
        bound = _bound(request, (subject, language))
        if bound.carry_out(by=request.user, now=timezone.now()):
            messages.success(request, bound.done)
            return HttpResponseRedirect(request.path)
    context = {
        **admin.site.each_context(request),
        "title": f"{Subject(subject).label}, {Language(language).label}",
        "page_title": _("Pages of the site"),
        "refused": bound,
        "shown_at": site_page_path(subject, language),
        **_standing(request.user, (subject, language), bound),
    }
    return TemplateResponse(request, "admin/site_pages/page.html", context)


def _bound(request, about) -> ActForm:
    try:
        kind = FORMS[request.POST.get("act", "")]
    except KeyError:
        raise BadRequest("unknown act") from None
    return kind(request.POST, about=about, user=request.user)


def _standing(user, about, bound) -> dict:
    """The texts of a page, and the forms that ``user`` may use. One query."""
    subject, language = about
    texts = SitePage.objects.filter(subject=subject, language=language).order_by("-number")
    texts = list(texts.select_related("approval__by", "written_by")[:VERSIONS])
    latest = texts[0] if texts else None
    waiting = latest if latest and not hasattr(latest, "approval") else None
    write = approve = None
    if may(user, "write_page"):
        begun = {"title": latest.title, "body": latest.body} if latest else {}
        write = form_at(WriteForm, about, user, "", bound, after=latest.number if latest else 0, **begun)
    if waiting and may(user, "approve_page") and waiting.written_by_id != user.pk:
        approve = form_at(ApproveForm, about, user, "", bound, fingerprint=waiting.public_id)
    return {
        "texts": [(text, getattr(text, "approval", None)) for text in texts],
        "waiting": waiting,
        "waiting_body": mark_safe(unmarked_html(waiting.body)) if waiting else "",  # noqa: S308
        "write": write,
        "approve": approve,
    }
