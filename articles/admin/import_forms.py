"""The forms of the import: what comes in, and what of its reading a person corrects."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.body.model import DISMISSAL_REASONS
from articles.importing.correcting import QUOTE, SPEAKER_KINDS, Verdict
from articles.importing.entries import SourceEntry
from articles.importing.proposal import Proposal, propose
from articles.importing.reading import MAX_BYTES, read_text
from articles.importing.reference_list import parse_file
from articles.models.article import Language
from newsroom.core.errors import DomainError

KINDS = [
    (QUOTE, _("a quote")),
    *zip(DISMISSAL_REASONS, (_("a title"), _("a term"), _("scare quotes")), strict=True),
]
# A page takes a limited number of fields; the rest is corrected on the evidence page, once it is stored.
MOST_CORRECTED = 200


class ImportForm(forms.Form):
    """A text, pasted or as a file, and what is known of it. The list of sources stays as typed between the steps."""

    text = forms.CharField(
        label=_("Text with numbered citations"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_(
            "Paragraphs apart by a blank line; markers like [1, 2]. A list of sources may stand at the end."
        ),
    )
    file = forms.FileField(
        label=_("or a file"), required=False, help_text=_("Plain text in UTF-8, two megabytes at most.")
    )
    headline = forms.CharField(label=_("Headline"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    sources_file = forms.FileField(
        label=_("List of sources"),
        required=False,
        help_text=_(
            "JSON or CSV with number, title, publisher, url, published. Leave empty if it stands in the text."
        ),
    )
    sources_text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    sources_name = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    proposal: Proposal | None = None

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        try:
            facts["text"] = read_text(_bytes_of(facts["file"]) if facts["file"] else facts["text"].encode())
            sources = self._sources(facts)
            headline = facts["headline"] or None
            self.proposal = propose(
                facts["text"], language=facts["language"], sources=sources, headline=headline
            )
        except DomainError as refusal:
            about_list = refusal.code.startswith(("source", "two_reference"))
            self.add_error(
                "sources_file" if about_list else "text", ValidationError(refusal.message, refusal.code)
            )
        return facts

    def _sources(self, facts) -> tuple[SourceEntry, ...] | None:
        if upload := facts["sources_file"]:
            facts["sources_name"] = upload.name[-100:]
            data = _bytes_of(upload)
            facts["sources_text"] = data.decode("utf-8", "replace") if len(data) <= MAX_BYTES else ""
        elif facts["sources_text"]:
            data = facts["sources_text"].encode("utf-8", "surrogatepass")
        else:
            return None
        return parse_file(data, facts["sources_name"] or "sources.json")

    @property
    def digest(self) -> str:
        """The SHA-256 of the text as it was read."""
        return sha256(self.cleaned_data["text"].encode()).hexdigest()

    @property
    def error_codes(self) -> str:
        return " ".join(e.code or "invalid" for errors in self.errors.as_data().values() for e in errors)


class QuotationForm(forms.Form):
    """One quotation as proposed; what comes back is a person's verdict."""

    kind = forms.ChoiceField(label=_("It is"), choices=KINDS)
    speaker = forms.CharField(label=_("Speaker"), required=False, max_length=200)
    role = forms.CharField(label=_("Role"), required=False, max_length=200)
    speaker_kind = forms.ChoiceField(
        label=_("The speaker is a"),
        required=False,
        choices=list(zip(SPEAKER_KINDS, (_("person"), _("organisation"), _("document")), strict=True)),
    )

    def verdict(self) -> Verdict:
        facts = self.cleaned_data
        return Verdict(
            kind=facts["kind"],
            speaker=facts["speaker"].strip(),
            role=facts["role"].strip(),
            speaker_kind=facts["speaker_kind"] or SPEAKER_KINDS[0],
        )


class ClaimTick(forms.Form):
    """Whether a segment with quotes rests on a claim as well."""

    claim = forms.BooleanField(label=_("it states more than that: rest it on a claim, too"), required=False)


class Corrections:
    """The forms for one proposal, by what they are about; ``data`` is what a person sent back, if they did."""

    def __init__(self, proposal: Proposal, data=None):
        self.quotes = {
            n: self._quotation(f"q{n}", data, QUOTE, quote.speaker, quote.role, quote.speaker_kind)
            for n, quote in enumerate(proposal.quotes[:MOST_CORRECTED])
        }
        marks = [
            ((p, d), mark)
            for p, paragraph in enumerate(proposal.paragraphs)
            for d, mark in enumerate(paragraph.dismissed)
        ]
        self.dismissed = {
            (p, d): self._quotation(f"d{p}_{d}", data, mark.reason) for (p, d), mark in marks[:MOST_CORRECTED]
        }
        segments = [
            ((p, s), segment)
            for p, paragraph in enumerate(proposal.paragraphs)
            for s, segment in enumerate(paragraph.segments)
            if segment.quotes
        ]
        self.claims = {
            (p, s): ClaimTick(data, prefix=f"c{p}_{s}", initial={"claim": segment.kind == "claim"})
            for (p, s), segment in segments[:MOST_CORRECTED]
        }
        self.is_cut = max(len(proposal.quotes), len(marks), len(segments)) > MOST_CORRECTED

    @staticmethod
    def _quotation(prefix, data, kind, speaker=None, role=None, speaker_kind=None) -> QuotationForm:
        known = {
            "kind": kind,
            "speaker": speaker or "",
            "role": role or "",
            "speaker_kind": speaker_kind or "person",
        }
        return QuotationForm(data, prefix=prefix, initial=known)

    def is_valid(self) -> bool:
        bound = [*self.quotes.values(), *self.dismissed.values(), *self.claims.values()]
        return not any(form.errors for form in bound)

    def verdicts(self) -> dict:
        """The arguments of :func:`articles.importing.correcting.correct`."""
        return {
            "quotes": {n: form.verdict() for n, form in self.quotes.items()},
            "dismissed": {place: form.verdict() for place, form in self.dismissed.items()},
            "claims": {place: form.cleaned_data["claim"] for place, form in self.claims.items()},
        }


def _bytes_of(upload) -> bytes:
    """One byte more than may be at most: what is too large is refused by who reads it."""
    return upload.read(MAX_BYTES + 1)
