"""What acts after publication have written, to be read: corrections, take-downs, seals, former addresses."""

import json

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.admin.records import OfArticle, pretty
from articles.admin.scoped import Scoped
from articles.models import Correction, FormerAddress, Removal, Seal
from newsroom.desk_admin import ReadOnlyAdmin


class OfEdition(Scoped, ReadOnlyAdmin):
    """A record about one edition, with the way to it."""

    article_path = "edition__article__"

    list_select_related = ["edition__article"]
    search_fields = ["edition__article__slug", "edition__article__headline"]

    @admin.display(description=_("edition"))
    def to_edition(self, row):
        url = reverse("admin:articles_article_published", args=[row.edition.article_id])
        return format_html('<a href="{}#edition-{}">{}</a>', url, row.edition.number, row.edition)


@admin.register(Correction)
class CorrectionAdmin(OfEdition):
    list_display = ["__str__", "kind", "to_edition"]
    list_filter = ["edition__kind", "edition__created_at"]
    search_fields = ["=public_id", "edition__article__slug"]
    fields = ["to_edition", "public_id", "kind", "note_to_readers", "pretty_receipt"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # A receipt may be long; a list shows none of it.
        return (
            queryset.defer("receipt") if request.resolver_match.url_name.endswith("changelist") else queryset
        )

    @admin.display(description=_("kind"))
    def kind(self, correction):
        return correction.edition.get_kind_display()

    @admin.display(description=_("note"))
    def note_to_readers(self, correction):
        return json.loads(correction.receipt)["note"]

    @admin.display(description=_("receipt"))
    def pretty_receipt(self, correction):
        return pretty(json.loads(correction.receipt))


@admin.register(Removal)
class RemovalAdmin(OfEdition):
    list_display = [
        "__str__",
        "to_edition",
        "state",
        "by",
        "at",
        "confirm_by",
        "confirmed_by",
        "escalated_at",
    ]
    list_filter = [
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("escalated_at", admin.EmptyFieldListFilter),
        "at",
    ]
    list_select_related = ["edition__article", "by", "confirmed_by"]
    fields = [
        "to_edition",
        "reason",
        "person",
        "at",
        "confirm_by",
        "second_person",
        "confirmed_at",
        "escalated_at",
    ]

    @display(
        description=_("state"),
        ordering="confirmed_at",
        label={"confirmed": "success", "waiting": "warning", "escalated": "danger"},
    )
    def state(self, order):
        if order.confirmed_at:
            return "confirmed", _("confirmed")
        return ("escalated", _("escalated")) if order.escalated_at else ("waiting", _("to be confirmed"))

    @admin.display(description=_("by"))
    def person(self, order):
        """As text: a person's own page is an administrator's."""
        return str(order.by)

    @admin.display(description=_("confirmed by"))
    def second_person(self, order):
        return str(order.confirmed_by or "–")


@admin.register(Seal)
class SealAdmin(OfArticle):
    list_display = ["__str__", "to_article", "legal_basis", "by", "at"]
    list_filter = ["at"]
    search_fields = ["article__slug", "legal_basis"]
    fields = ["to_article", "legal_basis", "person", "at", "records"]


@admin.register(FormerAddress)
class FormerAddressAdmin(OfArticle):
    list_display = ["slug", "to_article", "until"]
    list_filter = ["until"]
    list_select_related = ["article"]
    search_fields = ["slug", "article__slug"]
    fields = ["slug", "to_article", "until"]
