"""Products: what partners can be entitled to."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.rules.languages import Language
from newsroom.desk_admin import DeskAdmin
from newsroom.partners.models import Product


class ProductForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every language."),
    )


@admin.register(Product)
class ProductAdmin(DeskAdmin):
    to_see = to_add = to_change = ("administer",)

    form = ProductForm
    list_display = ["name", "delay", "media", "embargoed"]
    search_fields = ["name", "=public_id"]
    fields = ["name", "treaties", "sections", "languages", "delay", "media", "embargoed", "terms"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        cut = {name: [str(row) for row in form.cleaned_data[name]] for name in ("treaties", "sections")}
        if cut.keys() & set(form.changed_data):
            self.note(request, form.instance, "changed", **cut)
