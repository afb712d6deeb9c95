"""What the newsroom demands of the evidence of some kinds of statement: administrators set it, the desk reads it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import EvidenceRule
from newsroom.desk_admin import DeskAdmin
from sources.models import Source


class EvidenceRuleForm(forms.ModelForm):
    source_kinds = forms.MultipleChoiceField(
        label=_("Kinds of source that support it"),
        choices=Source.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: any kind."),
    )


@admin.register(EvidenceRule)
class EvidenceRuleAdmin(DeskAdmin):
    """A new rule applies to the next edition of each article, never to what is out."""

    to_see = ("see", "administer")
    to_add = to_change = to_delete = ("administer",)

    form = EvidenceRuleForm
    list_display = ["__str__", "origins", "kinds"]
    fields = ["kind", "origins", "source_kinds"]

    @admin.display(description=_("kinds of source"))
    def kinds(self, rule):
        labels = dict(Source.Kind.choices)
        return ", ".join(str(labels[kind]) for kind in rule.source_kinds) or _("any")
