"""What acts have written, to be read: checks, exemptions, waivers, approvals, imports."""

import json

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.scoped import Scoped
from articles.models import Approval, Check, Exemption, Import, Waiver
from articles.rules.blockers import BLOCKERS
from newsroom.desk_admin import ReadOnlyAdmin


def pretty(value) -> str:
    """JSON values as indented text, safe to show."""
    text = json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)
    return format_html('<pre class="desk-json" tabindex="0">{}</pre>', text)


class OfArticle(Scoped, ReadOnlyAdmin):
    """A record about one article, with the way to it."""

    search_fields = ["article__slug", "article__headline"]
    list_select_related = ["article", "by"]

    @admin.display(description=_("by"))
    def person(self, row):
        """As text: a person's own page is an administrator's."""
        return str(row.by)

    @admin.display(description=_("article"), ordering="article")
    def to_article(self, row):
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[row.article_id]),
            row.article,
        )


@admin.register(Check)
class CheckAdmin(OfArticle):
    list_display = ["at", "to_article", "segment", "verdict_label", "by", "note"]
    list_filter = ["verdict", "at"]
    fields = ["to_article", "segment", "verdict", "note", "person", "at", "fingerprint"]

    @display(
        description=_("verdict"),
        ordering="verdict",
        label={"supports": "success", "does_not": "danger", "unsure": "warning"},
    )
    def verdict_label(self, check):
        return check.verdict, check.get_verdict_display()


@admin.register(Exemption)
class ExemptionAdmin(OfArticle):
    list_display = ["at", "to_article", "place", "reason", "by", "note"]
    list_filter = ["reason", "at"]
    fields = ["to_article", "place", "reason", "summary_of", "note", "person", "at", "fingerprint"]


@admin.register(Waiver)
class WaiverAdmin(OfArticle):
    list_display = ["at", "to_article", "what", "reason", "repair_by", "by"]
    list_filter = ["repair_by", "at"]
    fields = ["to_article", "what", "place", "reason", "repair_by", "person", "at", "fingerprint"]

    @admin.display(description=_("blocker"), ordering="code")
    def what(self, waiver):
        return BLOCKERS[waiver.code].message if waiver.code in BLOCKERS else waiver.code


@admin.register(Approval)
class ApprovalAdmin(OfArticle):
    list_display = ["at", "to_article", "by", "withdrawn_at"]
    list_filter = [("withdrawn_at", admin.EmptyFieldListFilter), "at"]
    fields = ["to_article", "person", "at", "withdrawn_at", "digest"]


@admin.register(Import)
class ImportAdmin(OfArticle):
    list_display = ["at", "to_article", "name", "archive", "by"]
    list_filter = ["at"]
    search_fields = ["article__slug", "name", "archive"]
    fields = ["to_article", "name", "archive", "person", "at", "sha256", "final_newline", "pretty_report"]

    @admin.display(description=_("report"))
    def pretty_report(self, row):
        return pretty(row.report)
