"""Breaking news in two pages: one to begin a flash, one to let it out."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may, refusal
from articles.admin.act_forms import ApproveForm
from articles.admin.choosing import source_named
from articles.admin.pages import ArticlePage
from articles.documents import build_content, content_digest
from articles.dossier import open_dossier
from articles.flashing import LONGEST, begin_flash, let_out
from articles.models import Section
from articles.models.section import scopes_of
from articles.readiness import assess
from articles.rules.languages import Language
from newsroom.admin_site import standing_page
from newsroom.desk_admin import may_any
from newsroom.desk_forms import ActForm, MomentField, form_at, line, note_field, of_acts

# By when what went out unchecked is to be repaired, unless somebody says otherwise.
REPAIRED_WITHIN = timedelta(hours=4)


class FlashForm(ActForm):
    act, button, done = "flash", _("Submit the flash"), _("Submitted: it stands first on everybody's desk.")
    prominent = True

    sentence = line(
        _("The sentence"), length=LONGEST, help_text=_("Headline, standfirst and text: one sentence.")
    )
    source = line(_("Source"), required=False, help_text=_("Its address, if there is one."))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    section = forms.ModelChoiceField(
        Section.objects.all(), label=_("Section"), required=False, empty_label=_("None")
    )

    def build(self):
        self.fields["sentence"].widget.attrs["autofocus"] = True
        # Where somebody works in certain sections, the act chooses theirs.
        if scopes_of(self.user) or not Section.objects.exists():
            del self.fields["section"]

    def call(self, facts, *, by, now):
        source = source_named(facts["source"], "source", by=by, now=now) if facts["source"] else None
        self.article = begin_flash(
            facts["sentence"],
            language=facts["language"],
            source=source,
            section=facts.get("section"),
            by=by,
            now=now,
        )


@standing_page("flash/", "flash")
def flash_page(request):
    """An empty form; what it makes is submitted already."""
    if not may_any(request.user, ("create",)):
        raise PermissionDenied
    bound = None
    if request.method == "POST":
        bound = FlashForm(request.POST, about=None, user=request.user)
        if bound.carry_out(by=request.user, now=timezone.now()):
            messages.success(request, bound.done)
            return HttpResponseRedirect(reverse("admin:articles_article_ready", args=[bound.article.pk]))
    context = {
        **admin.site.each_context(request),
        "title": _("Flash"),
        "page_title": _("Flash"),
        "refused": bound,
        "form": bound or FlashForm(about=None, user=request.user),
    }
    return TemplateResponse(request, "admin/articles/flash.html", context)


class LetOutForm(ActForm):
    act, button, done = "let_out", _("Approve and publish now"), _("Published.")
    prominent = True

    reason = note_field(_("Why it goes out unchecked"), required=True)
    repair_by = MomentField(label=_("Repair by"))

    def call(self, facts, *, by, now):
        let_out(
            self.about,
            digest=facts["fingerprint"],
            reason=facts["reason"],
            repair_by=facts["repair_by"],
            by=by,
            now=now,
        )


class LetOutPage(ArticlePage):
    """What a second person reads, and one form that approves, waives and publishes."""

    name = "flash"
    title = _("Flash")
    template = "admin/articles/article/let_out.html"
    # Who approves and does not publish does the first half here; the other half is then done here as well.
    forms = of_acts(LetOutForm, ApproveForm)

    def context(self, request, article, bound):
        now, user = timezone.now(), request.user
        dossier = open_dossier(article)
        content = build_content(dossier)
        # Who approves and publishes in one go does both.
        refusals = [
            refusal(user, act, article) for act in ("approve", "waive") if article.stage != "approved"
        ]
        refused = next((error for error in refusals if error), None)
        offered = article.is_flash and refused is None and may(user, "publish") and article.stage != "draft"
        seen = content_digest(content)
        half = article.is_flash and not offered and may(user, "approve", article)
        initial = {"repair_by": now + REPAIRED_WITHIN, "reason": _("Breaking news.")}
        return {
            "blockers": [
                b for b in assess(dossier, content, now=now) if b.waiver is None and b.code != "not_approved"
            ],
            "form": form_at(LetOutForm, article, user, "", bound, fingerprint=seen, **initial)
            if offered
            else form_at(ApproveForm, article, user, "", bound, fingerprint=seen)
            if half
            else None,
            "offered": offered,
            "why_not": refused,
            "sources": dossier.sources(),
        }

    def after(self, request, article, form):
        page = "published" if isinstance(form, LetOutForm) else "flash"
        return reverse(f"admin:articles_article_{page}", args=[article.pk])
