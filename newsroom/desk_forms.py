"""A form for each act of the desk: what it asks, and which act it calls.

The act decides; a form only reads. What an act refuses becomes an error of the form, on the field that the refusal
names where there is one, with the refusal's code.
"""

from datetime import MAXYEAR, MINYEAR, UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.core.errors import DomainError

NOTE_LENGTH = 2000


class NoteField(forms.CharField):
    """Lines of text, with the line ends that the acts know; browsers send others."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def note_field(label, *, required=False, help_text="", length=NOTE_LENGTH, rows=1):
    widget = forms.Textarea(attrs={"rows": rows})
    return NoteField(label=label, required=required, max_length=length, widget=widget, help_text=help_text)


def line(label, *, lists="", required=True, help_text="", length=2000):
    """One line of text; ``lists`` is the id of the ``datalist`` that offers records while one types."""
    attrs = {"list": lists, "autocomplete": "off"} if lists else {}
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )


class MomentInput(forms.DateTimeInput):
    """A moment in the newsroom's time zone, which the desk has made the current one."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment by the newsroom's clock. One that the clock skips or shows twice is refused, not guessed at."""

    widget = MomentInput
    default_error_messages = {
        "moment_skipped": _("The clocks go forward then: this time does not exist. Choose another."),
        "moment_twice": _("The clocks go back then: this time comes twice. Choose another."),
    }

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            local = error.params["datetime"]
        code = "moment_twice" if _exists(local) else "moment_skipped"
        raise ValidationError(self.error_messages[code], code)


def _exists(local: datetime) -> bool:
    """Whether the clocks of the current zone ever show ``local`` (naive); those of the calendar's first and
    last year do not count."""
    if not MINYEAR < local.year < MAXYEAR:
        return False
    zone = timezone.get_current_timezone()
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


class ActForm(forms.Form):
    """One act on ``about``, or on one place of it: a segment's key, a row's id and the like; "" for the whole.

    ``fingerprint`` is of what was on the screen.
    """

    act = ""
    button = ""
    done = ""
    # Whether the button is one that people press on most records.
    prominent = False
    # Fields that tell two forms of this act at one place apart.
    told_apart_by: tuple[str, ...] = ()

    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data=None, files=None, *, about, user, place="", fingerprint="", **initial):
        if data is not None:
            place = str(data.get("place", ""))[:80]
        self.about, self.user, self.at_place = about, user, place
        initial |= {"place": place, "fingerprint": fingerprint} | self.seen_of(about)
        given = initial if data is None else data
        apart = [str(given.get(name, ""))[:20] for name in self.told_apart_by]
        auto_id = "-".join([self.act, place or "all", *apart, "%s"])
        super().__init__(data, files, initial=initial, auto_id=auto_id)
        self.build()

    @classmethod
    def seen_of(cls, about) -> dict:
        """Hidden fields that say which ``about`` was on the screen."""
        return {}

    def build(self) -> None:
        """Fit the fields to the record and the user."""

    def call(self, facts: dict, *, by, now: datetime):
        """Do the act; raises its DomainError."""
        raise NotImplementedError

    def carry_out(self, *, by, now: datetime) -> bool:
        """Do the act if the form is valid and the act does not refuse; else the form has the errors."""
        if not self.is_valid():
            return False
        try:
            self.call(self.cleaned_data, by=by, now=now)
        except DomainError as refusal:
            field = refusal.place if refusal.place in self.fields else None
            self.add_error(field, ValidationError(refusal.message, refusal.code))
            return False
        return True

    @property
    def error_codes(self) -> str:
        """The codes of all errors, for pages and tests to hold on to."""
        return " ".join(e.code or "invalid" for errors in self.errors.as_data().values() for e in errors)

    @property
    def covers(self) -> list[tuple[str, object]]:
        """Names and values of the hidden fields: always those of the page that shows the form."""
        hidden = [(bound.name, self.initial.get(bound.name)) for bound in self.hidden_fields()]
        return [("act", self.act), *((name, value) for name, value in hidden if value not in (None, ""))]


def form_at(kind: type[ActForm], about, user, place: str, bound: ActForm | None, /, **initial) -> ActForm:
    """An empty form of ``kind`` for ``place``, or ``bound`` if that is this form, posted and refused."""
    if bound is not None and type(bound) is kind and bound.at_place == place and _same(bound, initial):
        # It keeps what was typed; what it covers is what this page shows.
        bound.initial |= initial | kind.seen_of(about)
        return bound
    return kind(about=about, user=user, place=place, **initial)


def _same(bound: ActForm, initial: dict) -> bool:
    """Whether what tells two forms of one place apart (a blocker's code, a quotation's start) is the same."""
    return all(
        str(bound.data.get(name, "")) == str(initial[name]) for name in bound.told_apart_by if name in initial
    )


def of_acts(*kinds: type[ActForm]) -> dict[str, type[ActForm]]:
    """The forms by the names of their acts, as a page takes them."""
    return {kind.act: kind for kind in kinds}
