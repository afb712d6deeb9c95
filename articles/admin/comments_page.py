"""The page "Comments", and the panel of comments beside the story: threads with what one may do about them."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from articles import commenting
from articles.access import may
from articles.admin.advice_panel import advice
from articles.admin.pages import ArticlePage
from articles.admin.parts import statement_address
from articles.models import Article, Comment
from articles.noticing import those_who_may
from newsroom.accounts.models import User
from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, form_at, note_field, of_acts

# People a chooser offers.
OFFERED = 8


def _text(label):
    field = note_field(label, required=True, length=commenting.TEXT_LENGTH, rows=2)
    field.widget.attrs["data-mentions"] = ""
    return field


class CommentForm(ActForm):
    """Begins a thread; the script fills in the selected words and those around them."""

    act, button, done = "comment", _("Comment"), _("Your comment is there.")
    prominent = True

    exact = forms.CharField(widget=forms.HiddenInput, required=False, max_length=commenting.EXACT_LENGTH)
    prefix = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=commenting.AROUND_LENGTH, strip=False
    )
    suffix = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=commenting.AROUND_LENGTH, strip=False
    )
    text = _text(_("Comment"))

    def call(self, facts, *, by, now):
        words = {name: facts[name] for name in ("place", "exact", "prefix", "suffix", "text")}
        commenting.comment(self.about, by=by, now=now, **words)


class RemarkForm(CommentForm):
    """Begins a thread from a page that shows what the draft comes to: what it is about is chosen."""

    about_place = forms.CharField(label=_("About"), widget=forms.Select, required=False, max_length=80)
    field_order = ["about_place", "text"]

    def call(self, facts, *, by, now):
        commenting.comment(self.about, by=by, now=now, place=facts["about_place"], text=facts["text"])


class _ThreadForm(ActForm):
    """``place`` is the key of the thread."""

    def thread(self) -> Comment:
        place = self.at_place
        key = int(place) if place.isascii() and place.isdigit() and len(place) <= 18 else None
        thread = Comment.objects.filter(article=self.about, parent=None, pk=key).first()
        if thread is None:
            raise DomainError("comment_unknown", "There is no such comment.")
        return thread


class ReplyForm(_ThreadForm):
    act, button, done = "reply", _("Answer"), _("Your answer is there.")

    text = _text(_("Answer"))

    def call(self, facts, *, by, now):
        commenting.reply(self.thread(), by=by, now=now, text=facts["text"])


class ResolveForm(_ThreadForm):
    act, button, done = "resolve", _("Resolve"), _("Resolved.")

    def call(self, facts, *, by, now):
        commenting.resolve(self.thread(), by=by, now=now)


class ReopenForm(_ThreadForm):
    act, button, done = "reopen", _("Open again"), _("Open again.")

    def call(self, facts, *, by, now):
        commenting.reopen(self.thread(), by=by, now=now)


@dataclass
class Row:
    """One thread as it is shown, with the forms of what the reader may do."""

    thread: Comment
    key: str
    changed: bool
    answer: ActForm | None = None
    settle: ActForm | None = None

    @property
    def where(self) -> str:
        """Where a thread without words belongs."""
        words = {"headline": _("headline"), "standfirst": _("standfirst"), "": _("the whole article")}
        return words.get(self.thread.place, _("a sentence"))


def rows_of(article: Article, user, *, resolved: bool = False, bound: ActForm | None = None) -> list[Row]:
    """The threads about ``article``, those about its beginning first; without forms where ``user`` may not comment."""
    threads = commenting.threads_of(article, resolved=resolved)
    allowed = may(user, "comment", article)
    rows = []
    for placed in commenting.placed(article, threads):
        row = Row(placed.thread, placed.key, placed.changed)
        if allowed:
            place = str(placed.thread.pk)
            row.settle = form_at(ReopenForm if resolved else ResolveForm, article, user, place, bound)
            row.answer = None if resolved else form_at(ReplyForm, article, user, place, bound)
        rows.append(row)
    return rows


def panel(article: Article, user, *, bound: ActForm | None = None) -> dict:
    """What the panel beside the story shows."""
    return {
        "open": rows_of(article, user, bound=bound),
        "resolved": rows_of(article, user, resolved=True, bound=bound),
        "begin": form_at(CommentForm, article, user, "", bound) if may(user, "comment", article) else None,
        "shown": commenting.SHOWN,
    }


class CommentsPage(ArticlePage):
    """Asked for with ``?part``, it answers with the panel alone: the script beside the editor shows it anew."""

    name = "comments"
    title = _("Comments")
    template = "admin/articles/article/comments.html"
    forms = of_acts(CommentForm, ReplyForm, ResolveForm, ReopenForm)

    def context(self, request, article, bound):
        return {"comments": panel(article, request.user, bound=bound)}

    def view(self, request, pk, **below):
        answer = super().view(request, pk, **below)
        if "part" in request.GET and hasattr(answer, "template_name"):
            answer.template_name = "admin/articles/article/comments_panel.html"
            answer.context_data["part"] = True
        return answer

    def after(self, request, article, form):
        if "part" in request.GET:
            return f"{request.path}?part"
        if request.POST.get("back") == "check" and form.act == "comment":
            return statement_address(article, "check", form.at_place)
        return request.path + (f"#comment-{form.at_place}" if form.at_place else "")


def talk_urls(site) -> list:
    """The doors that scripts knock at: who can be mentioned, and the advice on what is typed."""
    return [
        path("people/", site.admin_view(people), name="articles_article_people"),
        path("<int:pk>/advice/", site.admin_view(advice), name="articles_article_advice"),
    ]


@require_GET
def people(request):
    """``?q=``: people of the desk whose user name or name begins so, as ``[{"username": …, "name": …}]``."""
    if not may(request.user, "comment"):
        return JsonResponse({"code": "not_allowed"}, status=403)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:50]
    found = User.objects.filter(is_active=True, is_staff=True, pk__in=those_who_may("see"))
    for word in asked.split()[:3]:
        begins = (
            Q(username__istartswith=word) | Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
        )
        found = found.filter(begins)
    offered = found.exclude(pk=request.user.pk).order_by("username")[:OFFERED]
    return JsonResponse([{"username": p.username, "name": str(p)} for p in offered], safe=False)
