"""Images: their list, and the page of each with its focal point and where it is shown."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from articles.admin.image_files import image_urls
from articles.illustrating import describe_image, keep_image, remove_image, uses_of
from articles.illustrating.keeping import TEXTS
from articles.illustrating.pictures import LARGEST_FILE
from articles.models import Image
from newsroom.accounts.asking import may
from newsroom.core.errors import DomainError
from newsroom.desk_admin import DeskAdmin

SAID = [*TEXTS, "focal_x", "focal_y"]


class RangeInput(forms.NumberInput):
    """A slider in percent: arrow keys move it, and the picture beside it shows where to."""

    input_type = "range"

    def __init__(self):
        super().__init__({"min": 0, "max": 100, "step": 1, "class": "desk-range"})


class ImageForm(forms.ModelForm):
    """What is said of an image; of a new one also its file. ``refusal`` is what the act said a moment ago."""

    refusal: DomainError | None = None

    file = forms.FileField(
        label=_("picture"),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("JPEG, PNG, WebP or AVIF, 15 MB at most. Where and with what it was taken is not kept."),
    )

    class Meta:
        model = Image
        fields = SAID
        widgets = {
            "alt": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "caption": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "usage_terms": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "focal_x": RangeInput,
            "focal_y": RangeInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]

    def clean(self):
        facts = super().clean()
        if self.refusal:
            place = self.refusal.place if self.refusal.place in self.fields else None
            self.add_error(place, ValidationError(self.refusal.message, self.refusal.code))
        return facts


class MissingFilter(admin.SimpleListFilter):
    """Which cannot go out as they are."""

    title = _("missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [("alt", _("alternative text")), ("credit", _("credit")), ("usage_terms", _("usage terms"))]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.value(): ""}) if self.value() in TEXTS else queryset


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    """Acts of ``articles.illustrating`` save and remove; what editions have shown is described by editors alone."""

    to_add = to_change = to_delete = ("keep_image",)

    form = ImageForm
    list_display = ["small", "__str__", "credit", "file_name", "measures", "created_at"]
    list_display_links = ["__str__"]
    list_filter = [MissingFilter, "created_at"]
    search_fields = ["alt", "caption", "credit", "file_name", "=public_id"]
    readonly_fields = ["looks", "uses", "public_id", "measures", "entered"]

    class Media:
        js = ["desk/images.js"]

    @admin.display(description=_("picture"))
    def small(self, image):
        # Its name stands beside it.
        url = reverse("admin:articles_image_thumb", args=[image.public_id])
        return format_html('<img class="desk-thumb" src="{}" alt="" loading="lazy">', url)

    @admin.display(description=_("picture"))
    def looks(self, image):
        return render_to_string("admin/articles/image/looks.html", {"image": image})

    @admin.display(description=_("shown in"))
    def uses(self, image):
        return render_to_string(
            "admin/articles/image/uses.html", {"used": uses_of(image, image.looked_at_by)}
        )

    @admin.display(description=_("measures"))
    def measures(self, image):
        return f"{image.width} × {image.height}"

    def get_fieldsets(self, request, obj=None):
        said = ["alt", "caption", "credit", "usage_terms"]
        if obj is None:
            return [(None, {"fields": ["file", *said]})]
        return [
            (None, {"fields": ["looks", ("focal_x", "focal_y"), *said]}),
            (_("Use"), {"fields": ["uses"]}),
            (_("Entered"), {"fields": [("public_id", "measures", "entered")]}),
        ]

    def get_object(self, request, object_id, from_field=None):
        image = super().get_object(request, object_id, from_field)
        if image:
            # Where it is shown is told to each as far as they may know.
            image.looked_at_by = request.user
        return image

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        fixed = obj is not None and obj.is_printed and not may(request.user, "change_printed")
        return [*fields, *SAID] if fixed else fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_urls(self):
        return [*image_urls(self.admin_site), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            request.refusal = error
        # The act refused: the same form again, with what was typed and why not.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        by, now = request.user, timezone.now()
        said = {name: form.cleaned_data[name] for name in SAID if name in form.cleaned_data}
        if change:
            stored = describe_image(obj, by=by, now=now, **said)
        else:
            file = form.cleaned_data["file"]
            stored = keep_image(file.read(LARGEST_FILE + 1), by=by, now=now, file_name=file.name, **said)
        obj.__dict__.update(stored.__dict__)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("admin:articles_image_change", args=[object_id]))

    def delete_model(self, request, obj):
        remove_image(obj, by=request.user, now=timezone.now())

    def note(self, request, obj, verb, **data):
        """The acts record themselves."""
