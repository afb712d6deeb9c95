"""Partners: what they may, and the pages that tell how much they read."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from newsroom.desk_admin import DeskAdmin
from newsroom.partners.admin.pages import PAGES
from newsroom.partners.models import Partner


@admin.register(Partner)
class PartnerAdmin(DeskAdmin):
    """A partner that ends is made inactive: what it did stays on record."""

    to_see = to_add = to_change = ("administer",)

    list_display = ["name", "mail", "is_active", "rate", "quota", "pages"]
    list_filter = ["is_active"]
    search_fields = ["name", "mail", "=public_id"]
    readonly_fields = ["pages"]
    fieldsets = [
        (None, {"fields": ["name", "mail", "is_active", "products", "pages"]}),
        (_("How much"), {"fields": ["rate", "quota"]}),
    ]

    def get_urls(self):
        return [*(page(self).url() for page in PAGES), *super().get_urls()]

    @admin.display(description=_("pages"))
    def pages(self, partner):
        if not partner.pk:
            return "–"
        links = [(page.address(partner.pk), page.title) for page in PAGES]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "products" in form.changed_data:
            products = sorted(product.public_id for product in form.cleaned_data["products"])
            self.note(request, form.instance, "changed", products=products)
