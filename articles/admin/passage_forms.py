"""The forms of the passage page: choose the words a citation rests on, take them off, say that one saw them."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.passage_places import places
from articles.passages import choose_passage, clear_passage, record_sighting
from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, line, note_field, of_acts
from sources.models import Snapshot, SnapshotText
from sources.passages.normalising import normalise

FARTHEST = 10**7
PLACE_HELP = _(
    "Page, timecode, or article and paragraph: p. 4 · 12:30 · Art. 4(2). Empty: the page is filled in where known."
)


def position():
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=FARTHEST)


class ChooseForm(ActForm):
    """Words of one snapshot: by a place that was offered, by a place that was selected, or typed and looked for."""

    act, button, done = "choose", _("Use these words"), _("The passage is chosen.")
    prominent = True

    snapshot = forms.CharField(widget=forms.HiddenInput, max_length=12)
    start = position()
    end = position()
    # The button of an offered place sends it, as start-end.
    offered = forms.RegexField(r"^\d{1,7}-\d{1,7}$", widget=forms.HiddenInput, required=False)
    words = note_field(
        _("Words of the passage"),
        length=5000,
        rows=4,
        help_text=_(
            "Select them in the text, or type or paste them here: they are looked for in this capture."
        ),
    )
    locator = line(_("Place"), required=False, length=200, help_text=PLACE_HELP)

    # Where the typed words stand, if that is more than once.
    occurrences: tuple[tuple[int, int], ...] = ()

    def call(self, facts, *, by, now):
        snapshot = Snapshot.objects.filter(public_id=facts["snapshot"], source=self.about.source_id).first()
        if snapshot is None:
            raise DomainError("snapshot_unknown", "There is no such capture of this source.")
        start, end = self._place(facts, snapshot)
        choose_passage(self.about, snapshot, start=start, end=end, locator=facts["locator"], by=by, now=now)

    def _place(self, facts, snapshot: Snapshot) -> tuple[int, int]:
        if facts["offered"]:
            start, _dash, end = facts["offered"].partition("-")
            return int(start), int(end)
        words, start, end = facts["words"], facts["start"], facts["end"]
        if not words:
            raise DomainError("passage_empty", gettext("Select or type the words of the passage."), "words")
        text = SnapshotText.objects.filter(snapshot=snapshot).values_list("text", flat=True).first() or ""
        # Words that were changed after they had been selected are words that were typed.
        if start is not None and end is not None and normalise(text[start:end]) == normalise(words):
            return start, end
        found = places(words, text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise DomainError(
                "words_not_found",
                gettext("These words do not stand in this capture, letter by letter."),
                "words",
            )
        self.occurrences = tuple(found)
        message = ngettext(
            "These words stand %(n)s time in this capture.",
            "These words stand %(n)s times in this capture: choose one of the places, or add the words around them.",
            len(found),
        )
        raise DomainError("words_not_unique", message % {"n": len(found)}, "words")


class ClearPassageForm(ActForm):
    act, button, done = "clear", _("Take the passage off"), _("The citation names no passage now.")

    def call(self, facts, *, by, now):
        clear_passage(self.about, by=by, now=now)


class SightForm(ActForm):
    act, button, done = "sight", _("Seen by eye"), _("It is recorded that you saw it.")

    note = note_field(
        _("Where and how you saw it"),
        required=True,
        rows=2,
        help_text=_("For example: page 3 of the scan, second paragraph."),
    )

    def call(self, facts, *, by, now):
        record_sighting(self.about, note=facts["note"], fingerprint=facts["fingerprint"], by=by, now=now)


PASSAGE_FORMS = of_acts(ChooseForm, ClearPassageForm, SightForm)
