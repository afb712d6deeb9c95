"""Pages on which duplicates of a record are shown, and two of them are merged."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.recall_page import record_tabs
from articles.merging import alike, consequences, merge, refusal_of
from articles.merging.merge import NOTE_LENGTH
from articles.models import Claim
from newsroom.core.errors import DomainError
from newsroom.desk_choosing import chosen
from newsroom.desk_forms import ActForm, form_at, line, of_acts
from newsroom.desk_merging import merged_on
from newsroom.desk_pages import RecordPage
from sources.admin.pages import SourcePage, page_of_source
from sources.models import Publisher, Source, Speaker

# What the other record named; of what there is nothing of, nothing is said.
COUNTED = {
    "citations": _("citations"),
    "derived": _("sources that derive from it"),
    "sources": _("sources"),
    "quotes": _("quotes"),
    "roles": _("roles"),
}
# What two records are compared by, side by side.
COMPARED = {
    Source: (
        "title",
        "url",
        "publisher",
        "kind",
        "published_on",
        "creators",
        "language",
        "note",
        "usage_terms",
    ),
    Publisher: ("name", "slug"),
    Speaker: ("name", "kind", "slug"),
    Claim: ("label", "kind", "standing", "as_of", "review_by", "dates_told"),
}


class ChooseForm(ActForm):
    """Which other record is meant, where the list does not offer it."""

    act, button, done = "choose_other", _("Compare"), ""
    other = line(_("Another one"), length=40, help_text=_("Its public id."))

    def call(self, facts, *, by, now):
        self.found = chosen(type(self.about), f"[{facts['other'].strip(' []')}]", "other")
        if self.found is None:
            raise DomainError("record_unknown", "There is no such record.", "other")
        if self.found.pk == self.about.pk:
            raise DomainError("merge_itself", "This is one and the same record.", "other")


class MergeForm(ActForm):
    act, button = "merge", _("Merge")
    done = _("Merged. What named the other names this one now; the other's address leads here.")
    prominent = True

    note = line(_("Why they are the same"), length=NOTE_LENGTH, help_text=_("For the desk only."))
    sure = forms.BooleanField(label=_("I have compared the two."))

    def call(self, facts, *, by, now):
        merge(self.about, self.about.other, by=by, now=now, note=facts["note"])


class _Duplicates:
    """Records that look like this one, and the way to any other."""

    name = "duplicates"
    title = _("Duplicates")
    template = "admin/desk/duplicates.html"
    forms = of_acts(ChooseForm)

    def context(self, request, record, bound):
        near = [(other, self.merge_page.address(record.pk, other.pk)) for other in alike(record)]
        return {
            "near": near,
            "merged": record.merged.order_by("-pk")[:20],
            "form": form_at(ChooseForm, record, request.user, "", bound),
        }

    def after(self, request, record, form):
        return self.merge_page.address(record.pk, form.found.pk)


class _Merge:
    """Two records side by side, what merging them would do, and the act."""

    name = "merge"
    below = "merge/<int:other>/"
    title = _("Merge")
    template = "admin/desk/merge.html"
    forms = of_acts(MergeForm)

    def find(self, pk):
        return self.model._default_manager.filter(pk=pk).first()

    def _bind(self, request, record):
        record.other = self._other(request)
        return super()._bind(request, record)

    def _other(self, request):
        other = self.find(request.resolver_match.kwargs["other"])
        if other is None:
            raise Http404
        return other

    def context(self, request, record, bound):
        other = self._other(request)
        refused, does = refusal_of(record, other), consequences(other, request.user)
        allowed = may(request.user, "merge") and refused is None
        return {
            "other": other,
            "rows": _side_by_side(record, other),
            "refusal": refused,
            "swapped": self.address(other.pk, record.pk),
            "does": does,
            "counts": [(COUNTED[name], n) for name, n in does.counts.items() if n],
            "form": form_at(MergeForm, record, request.user, "", bound) if allowed else None,
            "drafts_matter": self.model is not Publisher,
        }

    def after(self, request, record, form):
        return self.duplicates_page.address(record.pk)


def _side_by_side(record, other) -> list[tuple]:
    """Name, both values, and whether they differ, of what two records are compared by."""
    return [
        (
            record._meta.get_field(name).verbose_name,
            *(pair := (_told(record, name), _told(other, name))),
            pair[0] != pair[1],
        )
        for name in COMPARED[type(record)]
    ]


def _told(record, name: str):
    told = getattr(record, f"get_{name}_display", None)
    value = told() if told else getattr(record, name)
    return "–" if value in (None, "") else value


def _pages(model, base, tabs=None, **fixed):
    around = {"around": lambda self, request, record: {"tabs": tabs(record, "duplicates")}} if tabs else {}
    own = {"model": model} | around | fixed
    duplicates = type(f"{model.__name__}Duplicates", (_Duplicates, base), dict(own))
    merging = type(f"{model.__name__}Merge", (_Merge, base), dict(own))
    duplicates.merge_page, merging.duplicates_page = merging, duplicates
    return duplicates, merging


for _page in (
    *_pages(Publisher, RecordPage),
    *_pages(Speaker, RecordPage),
    *_pages(Claim, RecordPage, record_tabs),
):
    merged_on(_page)
for _page in _pages(Source, SourcePage, under="duplicates"):
    page_of_source(_page)
