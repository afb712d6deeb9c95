"""The public side, to be read: editions with their documents, releases, statements, changes."""

import json

from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.records import OfArticle, pretty
from articles.admin.scoped import Scoped
from articles.holding import WHY
from articles.models import (
    Article,
    Change,
    Edition,
    EditionContent,
    Release,
    Seal,
    Statement,
    StatementCitation,
    StatementQuote,
)
from articles.models.section import in_scope
from newsroom.desk_admin import DeskTabularInline, ReadOnlyAdmin


@admin.register(Edition)
class EditionAdmin(OfArticle):
    list_display = ["__str__", "kind", "created_at", "published_by", "short_digest"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["article", "published_by"]
    search_fields = ["article__slug", "=digest", "=public_id"]
    fields = [
        "to_article",
        "number",
        "kind",
        "publisher",
        "created_at",
        "closes_history",
        "public_id",
        "digest",
        "previous_digest",
        "document",
    ]

    @admin.display(description=_("published by"))
    def publisher(self, edition):
        return str(edition.published_by)

    @admin.display(description=_("digest"))
    def short_digest(self, edition):
        return edition.digest[:12]

    @admin.display(description=_("document"))
    def document(self, edition):
        try:
            return pretty(json.loads(edition.content.document))
        except EditionContent.DoesNotExist:
            return sealed(edition.article)


def sealed(article: Article) -> str:
    """What stands where the texts of ``article`` were erased."""
    seal = Seal.objects.filter(article=article).first()
    return format_html("{}: {}", _("Sealed"), seal.legal_basis if seal else "–")


@admin.register(EditionContent)
class EditionContentAdmin(Scoped, ReadOnlyAdmin):
    article_path = "edition__article__"
    list_display = ["edition"]
    list_select_related = ["edition__article"]
    search_fields = ["edition__article__slug"]
    fields = ["edition", "pretty_document"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # A list of documents of 100 kB each would read megabytes to show titles.
        return (
            queryset.defer("document") if request.resolver_match.url_name.endswith("changelist") else queryset
        )

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """To the edition, which says on which legal basis its content was erased."""
        ours = Edition.objects.filter(in_scope(request.user, "article__"))
        edition = ours.filter(pk=object_id).first() if str(object_id).isdecimal() else None
        if edition is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        return HttpResponseRedirect(reverse("admin:articles_edition_change", args=[edition.pk]))

    @admin.display(description=_("document"))
    def pretty_document(self, content):
        return pretty(json.loads(content.document))


@admin.register(Release)
class ReleaseAdmin(OfArticle):
    list_display = [
        "__str__",
        "to_article",
        "shows_from",
        "shows_until",
        "embargoed",
        "on_hold",
        "announced",
    ]
    list_filter = ["embargoed", "announced", ("held_for", admin.EmptyFieldListFilter)]
    list_select_related = ["article", "edition__article"]
    fields = ["to_article", "edition", "shows_from", "shows_until", "embargoed", "on_hold", "announced"]
    ordering = ["-pk"]

    @admin.display(description=_("from"))
    def shows_from(self, release):
        return release.showing.lower

    @admin.display(description=_("until"))
    def shows_until(self, release):
        return release.showing.upper

    @display(description=_("on hold"), ordering="held_for", label=True)
    def on_hold(self, release):
        return WHY.get(release.held_for, release.held_for)


class StatementQuoteInline(DeskTabularInline):
    model = StatementQuote
    fields = readonly_fields = ["quote", "as_printed"]

    @admin.display(description=_("as printed"))
    def as_printed(self, row):
        return pretty(row.printed)


class StatementCitationInline(DeskTabularInline):
    model = StatementCitation
    fields = readonly_fields = ["number", "source", "stance"]


@admin.register(Statement)
class StatementAdmin(Scoped, ReadOnlyAdmin):
    article_path = "edition__article__"
    list_display = ["wording", "edition", "key", "claim"]
    list_select_related = ["edition__article", "claim"]
    search_fields = ["=key", "edition__article__slug", "wording"]
    ordering = ["-pk"]
    fields = ["edition_link", "key", "position", "wording", "claim"]
    inlines = [StatementQuoteInline, StatementCitationInline]

    @admin.display(description=_("edition"))
    def edition_link(self, statement):
        url = reverse("admin:articles_edition_change", args=[statement.edition_id])
        return format_html('<a href="{}">{}</a>', url, statement.edition)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "about", "kind", "at"]
    list_filter = ["kind", "at"]
    list_select_related = ["edition__article", "article", "source"]
    search_fields = ["=number", "edition__article__slug", "article__slug", "=source__public_id"]
    ordering = ["-number"]
    fields = ["number", "about", "kind", "at"]

    def get_queryset(self, request):
        """Of articles one works on, and of sources, which are the whole desk's."""
        ours = in_scope(request.user, "edition__article__") | in_scope(request.user, "article__")
        return super().get_queryset(request).filter(ours | Q(source__isnull=False) if ours else ours)

    @admin.display(description=_("of"))
    def about(self, change):
        """The edition, the article that moved, or the source that was withdrawn or reinstated."""
        return str(change.edition or change.article or change.source)
