"""Products: what partners can be entitled to."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.rules.languages import Language
from newsroom.desk_admin import DeskAdmin
from newsroom.partners.models import Product
from newsroom.partners.models.product import LONGEST_DELAY

HOUR = timedelta(hours=1)


class HoursField(forms.IntegerField):
    """A stretch of time, typed in whole hours."""

    def __init__(self, *, longest: timedelta, **options):
        super().__init__(min_value=0, max_value=longest // HOUR, **options)

    def prepare_value(self, value):
        # Of what is kept the hour that has begun counts: whoever saves it unread opens nothing earlier.
        return -(-value // HOUR) if isinstance(value, timedelta) else value

    def clean(self, value) -> timedelta:
        return super().clean(value) * HOUR

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ProductForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every language."),
    )
    delay = HoursField(
        label=_("Delay in hours"),
        longest=LONGEST_DELAY,
        initial=timedelta(),
        help_text=Product._meta.get_field("delay").help_text,
    )

    class Meta:
        help_texts = {
            "treaties": _("None chosen: articles about any treaty, and about none."),
            "sections": _("None chosen: every section."),
        }


@admin.register(Product)
class ProductAdmin(DeskAdmin):
    to_see = to_add = to_change = ("administer",)

    form = ProductForm
    list_display = ["name", "delay_in_hours", "media", "embargoed"]
    search_fields = ["name", "=public_id"]
    fields = ["name", "treaties", "sections", "languages", "delay", "media", "embargoed", "terms"]

    @admin.display(description=_("Delay in hours"), ordering="delay")
    def delay_in_hours(self, product):
        return ProductForm.base_fields["delay"].prepare_value(product.delay)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        cut = {name: [str(row) for row in form.cleaned_data[name]] for name in ("treaties", "sections")}
        if cut.keys() & set(form.changed_data):
            self.note(request, form.instance, "changed", **cut)
