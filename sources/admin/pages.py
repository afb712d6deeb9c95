"""Pages of one source beside its form. Those that join it with its uses are hung in by ``articles``."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.desk_pages import RecordPage, tab
from sources.models import Source
from sources.standing import SourceState, state_of

# Of each state the look of its label, told by shape and word as well as by colour.
LOOKS = {
    SourceState.UNIDENTIFIED: "bare",
    SourceState.IDENTIFIED: "checked",
    SourceState.CHANGED: "bare",
    SourceState.DEAD: "bare",
    SourceState.WITHDRAWN: "stop",
}
# In the order of the tabs.
TABS = [
    ("change", _("Source")),
    ("snapshots", _("Snapshots")),
    ("cited_by", _("Cited by")),
    ("amend", _("What readers see")),
    ("origins", _("Origins")),
    ("duplicates", _("Duplicates")),
]
_PAGES: list[type["SourcePage"]] = []


class SourcePage(RecordPage):
    """One page of one source, under the tab ``under``."""

    model = Source
    under = ""

    def find(self, pk):
        return Source.objects.filter(pk=pk).select_related("publisher", "created_by").first()

    def around(self, request, source):
        return around_source(source, self.under or self.name)


def page_of_source(page: type[SourcePage]) -> type[SourcePage]:
    """Hang ``page`` in beside the form of every source."""
    _PAGES.append(page)
    return page


def pages_of_source() -> list[type[SourcePage]]:
    return list(_PAGES)


def around_source(source: Source, current: str) -> dict:
    """What every page of a source shows: its tabs and its state."""
    there = {"change", *(page.name for page in _PAGES)}
    state = state_of(source)
    return {
        "source": source,
        "state": state,
        "state_look": LOOKS[state],
        "tabs": [
            tab(title, reverse(f"admin:sources_source_{name}", args=[source.pk]), current=name == current)
            for name, title in TABS
            if name in there
        ],
    }
