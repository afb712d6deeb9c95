"""The page "Preview": what would be published as it stands, by phone and by desk, and who else may look at it."""

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.comments_page import RemarkForm
from articles.admin.pages import ArticlePage
from articles.admin.share_forms import SHARE_FORMS, RevokeShareForm, ShareForm
from articles.models import ShareLink
from articles.previewing import is_embargoed, preview_html, preview_of
from articles.rendering.pages import address
from articles.sharing import places_of
from newsroom.desk_forms import form_at, of_acts

# Links that are shown, the newest first.
LINKS = 100
# The page in the frame: no script, no form, framed by the desk alone. It may open what a link leads to elsewhere.
FRAME_POLICY = (
    "default-src 'self'; script-src 'none'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": FRAME_POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


class PreviewPage(ArticlePage):
    name = "preview"
    title = _("Preview")
    template = "admin/articles/article/preview.html"
    forms = SHARE_FORMS | of_acts(RemarkForm)

    def view(self, request, pk, **below):
        answer = super().view(request, pk, **below)
        made = getattr(request, "share_made", None)
        if made is None:
            return answer
        # The token is kept nowhere: this one answer shows it, not a page that can be opened again.
        messages.get_messages(request).used = True
        return TemplateResponse(
            request,
            self.template,
            self._context(request, self.find(pk), None)
            | {"made": _address_of(request, made), "link": made.link},
            headers={"Cache-Control": "private, no-store"},
        )

    def after(self, request, article, form):
        if isinstance(form, ShareForm):
            request.share_made = form
        return self.address(article.pk) + ("#remark" if isinstance(form, RemarkForm) else "#links")

    def context(self, request, article, bound):
        now, user = timezone.now(), request.user
        preview = preview_of(article, now=now)
        links = ShareLink.objects.filter(article=article).select_related("made_by", "revoked_by")[:LINKS]
        may_revoke = may(user, "revoke_share", article)
        remark = form_at(RemarkForm, article, user, "", bound) if may(user, "comment", article) else None
        if remark:
            remark.fields["about_place"].widget.choices = places_of(preview.document)
        return {
            "remark": remark,
            "standing": preview.standing,
            "waived": preview.waived,
            "document": reverse("admin:articles_article_preview_document", args=[article.pk]),
            "share": form_at(ShareForm, article, user, "", bound) if may(user, "share", article) else None,
            "embargoed": is_embargoed(preview.document, now=now),
            "links": [
                (
                    link,
                    link.is_open(now),
                    form_at(RevokeShareForm, article, user, link.public_id, bound)
                    if may_revoke and link.is_open(now)
                    else None,
                )
                for link in links
            ],
        }


class PreviewDocument(ArticlePage):
    """What stands in the frame: the page that publishing would make, and nothing of the desk around it."""

    name = "preview_document"
    below = "preview/document/"

    def view(self, request, pk, **below):
        article = self.opened(request, pk)
        now = timezone.now()
        marked = {"title": gettext("Preview, not published."), "text": ""}
        html = preview_html(article, preview_of(article, now=now).document, at=now, marked=marked)
        return HttpResponse(html, headers=HEADERS)


def _address_of(request, form: ShareForm) -> str:
    path = reverse("shared", args=[form.token])
    return address(path) if address("") else request.build_absolute_uri(path)
