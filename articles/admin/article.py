"""Articles: their list, their form, and the pages beside it."""

from copy import copy

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles import draft_locks, drafting
from articles.access import may
from articles.admin.advice_panel import advice_panel
from articles.admin.article_form import DraftForm, people_in, sentences_of
from articles.admin.beside import beside_url
from articles.admin.check_page import CheckPage
from articles.admin.checkers_page import CheckersFile, CheckersPage
from articles.admin.comments_page import CommentsPage, panel, talk_urls
from articles.admin.conflict import as_stored, conflict_of, put_aside
from articles.admin.evidence_page import EvidencePage
from articles.admin.flash_pages import LetOutPage
from articles.admin.import_page import ImportPage
from articles.admin.listed import ArchivedFilter, LegalHoldFilter, Listed
from articles.admin.lock_page import LockPage, holder
from articles.admin.new_records import records_url
from articles.admin.offers import offers_urls
from articles.admin.pages import tabs
from articles.admin.pasted import pasted_url
from articles.admin.preview_page import PreviewDocument, PreviewPage
from articles.admin.published_page import PublishedPage
from articles.admin.ready import ReadyPage, open_panel
from articles.admin.saving import saving_context, saving_urls
from articles.admin.scoped import Scoped
from articles.admin.versions_page import VersionsPage
from articles.admin.work_page import WorkPage
from articles.models import Article, Byline
from articles.statement_states import State
from newsroom.core.errors import DomainError
from newsroom.core.ids import new_public_id
from newsroom.desk_admin import DeskAdmin, DeskTabularInline
from newsroom.desk_finding import FoundByWords

PAGES = (
    ImportPage,
    EvidencePage,
    CheckPage,
    CommentsPage,
    CheckersPage,
    CheckersFile,
    PreviewPage,
    PreviewDocument,
    ReadyPage,
    PublishedPage,
    LockPage,
    VersionsPage,
    WorkPage,
    LetOutPage,
)


WITH_TRASH = ("articles_article_changelist", "articles_article_change", "articles_article_history")


class TrashFilter(admin.SimpleListFilter):
    """The trash stands in no list but its own."""

    title = _("trash")
    parameter_name = "trash"

    def lookups(self, request, model_admin):
        return [("yes", _("In the trash"))]

    def choices(self, changelist):
        kept, *others = super().choices(changelist)
        return [kept | {"display": _("Not in the trash")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(trashed_at__isnull=self.value() != "yes")


def open_for_writing(request, article) -> None:
    """Let whoever may write the draft have it open, unless somebody else has: then this page is to be read only."""
    if may(request.user, "save", article):
        try:
            draft_locks.hold(article, by=request.user, now=timezone.now(), page=request.desk_page)
        except DomainError:
            request.reads_only = True


def reads_only(request, article) -> bool:
    """Whether nothing of ``article`` can be changed on this page. What is posted the act itself refuses, so that
    what was typed is shown again."""
    return getattr(request, "reads_only", False) or bool(article and article.trashed_at)


class BylineInline(DeskTabularInline):
    """Who wrote it, in the order printed."""

    model = Byline
    to_add = to_change = to_delete = ("save",)
    autocomplete_fields = ["person"]
    fields = ["person", "position"]

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not reads_only(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not reads_only(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not reads_only(request, obj)


@admin.register(Article)
class ArticleAdmin(Listed, Scoped, FoundByWords, DeskAdmin):
    """The draft goes through the acts of ``articles.drafting``; nothing of it is deleted by hand."""

    article_path = ""
    to_add = ("create",)
    to_change = ("save",)
    # The page says itself what is unsaved (static/desk/saving.js).
    warn_unsaved_form = False

    form = DraftForm
    change_form_template = "admin/articles/article/change_form.html"
    change_list_template = "admin/articles/article/change_list.html"
    list_display = [
        "title",
        "stage_label",
        "public_state",
        "checked",
        "blocked",
        "assigned",
        "section",
        "language",
        "created_by",
        "saved_at",
    ]
    list_filter = [ArchivedFilter, TrashFilter, LegalHoldFilter, "stage", "section", "language", "saved_at"]
    list_select_related = ["created_by", "section", "standing"]
    search_fields = ["headline", "slug", "=public_id"]
    autocomplete_fields = ["treaties", "translation_of"]
    inlines = [BylineInline]
    written = [
        "headline",
        "standfirst",
        "body",
        "headline_rests_on",
        "standfirst_rests_on",
        ("slug", "language", "section"),
        "tags",
        "translation_of",
        "treaties",
    ]
    read = [
        "headline",
        "standfirst",
        "story",
        "headline_support",
        "standfirst_support",
        "slug",
        "language",
        "section",
        "tags",
        "translation_of",
        "treaties",
    ]

    @display(
        description=_("stage"),
        ordering="stage",
        label={"draft": "", "fact_check": "info", "review": "warning", "approved": "success"},
    )
    def stage_label(self, article):
        return article.stage, article.get_stage_display()

    @admin.display(description=_("body"))
    def story(self, article):
        return format_html('<div class="desk-story">{}</div>', as_stored(article))

    @admin.display(description=_("headline rests on"))
    def headline_support(self, article):
        return _supports(article, article.headline_rests_on)

    @admin.display(description=_("standfirst rests on"))
    def standfirst_support(self, article):
        return _supports(article, article.standfirst_rests_on)

    def view_on_site(self, article):
        """The public page, once there is one."""
        return article.get_absolute_url() if article.editions.exists() else None

    def get_queryset(self, request):
        """The list has a filter for the trash; every search and chooser, which have none, leave it out."""
        found = super().get_queryset(request)
        page = request.resolver_match and request.resolver_match.url_name
        return found if page in WITH_TRASH else found.not_trashed()

    def get_urls(self):
        site = self.admin_site
        doors = [
            records_url(site),
            *offers_urls(site),
            beside_url(site),
            pasted_url(site),
            *talk_urls(site),
            *saving_urls(self),
        ]
        return [*doors, *(page(self).url() for page in PAGES), *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not reads_only(request, obj)

    def get_fieldsets(self, request, obj=None):
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [(None, {"fields": self.written if may_write else self.read})]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["story", "headline_support", "standfirst_support"]
        # Readers have the address already: changing it is an act of its own (articles.addresses).
        return [*fixed, "slug"] if obj and obj.editions.exists() else fixed

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = (extra_context or {}) | {"states": State}
        article = self.get_object(request, object_id) if object_id else None
        request.desk_page = new_public_id()
        if article and request.method == "GET":
            open_for_writing(request, article)
        if article and self.has_view_permission(request, article):
            context |= {"article": article, "tabs": tabs(article, "change"), "page_title": _("Story")}
            context |= {"panel": open_panel(article, request.user, now=timezone.now())}
            context |= {
                "advice": advice_panel(article, request.user),
                "comments": panel(article, request.user),
            }
        try:
            if article and "_aside" in request.POST and self.has_change_permission(request, article):
                form = self.get_form(request, article, change=True)(request.POST, instance=copy(article))
                if answer := put_aside(request, article, form):
                    return answer
            return super().changeform_view(request, object_id, form_url, context)
        except DomainError as error:
            request.refusal = error
        except ValidationError as error:
            request.refusal = DomainError("invalid", " ".join(error.messages))
        # The act refused and its transaction is undone: the same form again, with what was typed and why not.
        return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        held = draft_locks.holder_of(obj, now=timezone.now()) if obj else None
        form = context["adminform"].form
        context |= {
            "conflict": conflict_of(context["article"], form) if "article" in context else None,
            "saving": saving_context(obj, request.desk_page, bound=form.is_bound),
            "holder": holder(obj, held, request.user),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        if "replaces" in request.POST:
            # The button that decides between two versions goes on with the one it chose.
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_change(request, obj)

    def save_model(self, request, obj, form, change):
        """Nothing yet: one act saves the texts together with what the rows below them say, as one version."""

    def save_related(self, request, form, formsets, change):
        fields, now = form.draft(), timezone.now()
        fields |= {"treaties": form.cleaned_data["treaties"]} if "treaties" in form.cleaned_data else {}
        for byline in formsets:
            fields["bylines"] = people_in(byline)
        if change:
            stored = drafting.save_draft(
                form.instance, by=request.user, now=now, version=form.based_on, **fields
            )
        else:
            stored = drafting.create_article(by=request.user, now=now, **fields)
        form.instance.__dict__.update(stored.__dict__)

    def construct_change_message(self, request, form, formsets, add=False):
        """The acts of drafting record themselves."""
        return []

    def note(self, request, obj, verb, **data):
        """The acts of drafting record themselves."""


def _supports(article: Article, keys: list[str]) -> str:
    wordings = dict(sentences_of(article.body))
    return "; ".join(wordings[key] for key in keys if key in wordings) or "–"
