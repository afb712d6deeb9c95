"""The form of the draft. It reads; :mod:`articles.drafting` saves."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.admin.prose import BodyField
from articles.body.html import parse_html
from articles.drafting import address_for
from articles.models import Article
from articles.rules.tags import tags_of
from newsroom.accounts.models import Person
from newsroom.core.errors import DomainError

RESTS_ON = ("headline_rests_on", "standfirst_rests_on")


def sentences_of(body_html: str) -> list[tuple[str, str]]:
    """Key and wording of every marked sentence, with its paragraph, as a chooser offers them."""
    found = []
    for paragraph, block in enumerate(parse_html(body_html).paragraphs, start=1):
        for segment in block.segments:
            wording = Truncator(block.text[segment.start : segment.end]).chars(140)
            found.append((segment.key, f"{paragraph} · {wording}"))
    return found


def people_in(formset) -> list[Person]:
    """The byline as the valid rows of ``formset`` say it, in the order printed."""
    rows = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
    named = [row for row in rows if row.get("person")]
    return [row["person"] for row in sorted(named, key=lambda row: row["position"])]


class DraftForm(forms.ModelForm):
    """Every field of a draft that people type, and the version they read.

    ``refusal`` is what the act said when this very form was saved a moment ago.
    """

    refusal: DomainError | None = None
    # Whether the form itself refuses what is based on an older version; otherwise the act does.
    asks_version = True

    slug = forms.SlugField(
        label=_("address"),
        max_length=60,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Part of the page's address. Empty: made from the headline."),
    )
    headline = forms.CharField(
        label=_("headline"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "desk-headline"}),
    )
    standfirst = forms.CharField(
        label=_("standfirst"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "desk-standfirst"}),
    )
    body = BodyField(label=_("body"), required=False)
    headline_rests_on = forms.MultipleChoiceField(
        label=_("The headline rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    standfirst_rests_on = forms.MultipleChoiceField(
        label=_("The standfirst rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = SimpleArrayField(
        forms.CharField(),
        label=_("tags"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Words under which readers find more of the same, separated by commas."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    replaces = forms.IntegerField(
        label=_("I have looked at the other version: save mine in its place"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Article
        fields = [
            "slug",
            "language",
            "section",
            "translation_of",
            "headline",
            "standfirst",
            "body",
            *RESTS_ON,
            "tags",
            "treaties",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].speak(self.instance)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        # As stored, before the form's values are laid over the instance.
        self.stored_slug = self.instance.slug
        choices = sentences_of(self.instance.body) if self.instance.pk else []
        for name in RESTS_ON:
            self.fields[name].choices = choices
            self.fields[name].widget.attrs["class"] = "desk-chooser"

    def clean_tags(self):
        try:
            return tags_of(self.cleaned_data["tags"])
        except DomainError as refused:
            raise ValidationError(refused.message, refused.code) from refused

    def clean(self):
        facts = super().clean()
        if "slug" in self.fields and not facts.get("slug") and self.instance.pk:
            facts["slug"] = address_for(self.stored_slug, facts.get("headline") or "", but=self.instance)
        if self.refusal:
            self.add_error(None, ValidationError(self.refusal.message, self.refusal.code))
        elif self.asks_version and self.instance.pk and self.based_on != self.instance.version:
            self.add_error(
                None,
                ValidationError(
                    _(
                        "Somebody saved this draft since you opened it. Nothing of yours is lost: it stands below."
                    ),
                    "draft_changed",
                ),
            )
        return facts

    @property
    def based_on(self) -> int:
        """The version this save replaces: the one that was opened, or the newer one a person chose to replace."""
        return self.cleaned_data.get("replaces") or self.cleaned_data.get("version") or 0

    @property
    def error_codes(self) -> str:
        return " ".join(e.code or "invalid" for errors in self.errors.as_data().values() for e in errors)

    @property
    def is_stale(self) -> bool:
        """Whether another version has been saved since this one was opened."""
        return "draft_changed" in self.error_codes

    def draft(self) -> dict:
        """The fields as :func:`articles.drafting.save_draft` takes them; an empty address is made from the headline."""
        names = [
            "headline",
            "standfirst",
            "language",
            "section",
            "tags",
            "translation_of",
            "body",
            *RESTS_ON,
            *(["slug"] if self.cleaned_data.get("slug") else []),
        ]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def _get_validation_exclusions(self):
        # The address may be left empty; the act makes one.
        empty = {"slug"} if not self.cleaned_data.get("slug") else set()
        return super()._get_validation_exclusions() | empty
