"""A form for each act on what one sentence rests on."""

import re

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import evidence, marking
from articles.admin.act_forms import ActForm
from articles.admin.choosing import source_named, speaker_named
from articles.body.model import DISMISSAL_REASONS
from articles.models import Citation, Claim, Quote
from articles.rules.exemptions import Reason
from newsroom.core.errors import DomainError
from newsroom.desk_choosing import chosen, names_record, record_of
from newsroom.desk_forms import line, note_field, of_acts
from sources.admin.first_capture import ask_for_capture
from sources.models import Source, Speaker

_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)


class EvidenceForm(ActForm):
    """Acts on the body know what was seen by the draft's version."""

    def seen(self, facts, *, by, now) -> dict:
        """The arguments that every act on a mark takes."""
        return {"by": by, "now": now, "version": facts["version"] or 0}

    def call(self, facts, *, by, now):
        with transaction.atomic():
            self.change(facts, by=by, now=now)

    def change(self, facts, *, by, now):
        raise NotImplementedError


class ClaimForm(EvidenceForm):
    act, button, done = "claim", _("Rest it on a claim"), _("The sentence rests on a claim.")

    claim = line(
        _("Claim"),
        lists="claims",
        help_text=_("For the desk only. A new one is made unless you choose one of the list."),
    )

    def change(self, facts, *, by, now):
        claim = chosen(Claim, facts["claim"], "claim")
        claim = claim or evidence.make_claim(label=facts["claim"], by=by, now=now)
        marking.rest_on_claim(self.article, facts["place"], claim, **self.seen(facts, by=by, now=now))


class SpeakerForm(EvidenceForm):
    """Fields that say who said it."""

    speaker = line(_("Speaker"), lists="speakers", required=False, length=300)
    kind = forms.ChoiceField(label=_("The speaker is a"), choices=Speaker.Kind.choices)
    new = forms.BooleanField(label=_("new: enter this speaker"), required=False)

    def who(self, facts, *, by, now) -> Speaker | None:
        return speaker_named(facts["speaker"], facts["kind"], new=facts["new"], by=by, now=now)


class QuoteForm(SpeakerForm):
    """One quotation of the text becomes the words of a quote: a new one, or one of the list."""

    act, button, done = "quote", _("It is a quote"), _("The quotation is a quote.")
    told_apart_by = ("start",)

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**7)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**7)
    words = forms.CharField(
        label=_("Exact words, or a quote of the list"),
        max_length=20_000,
        widget=forms.TextInput(attrs={"list": "quotes"}),
    )
    field_order = ["words", "speaker", "kind", "new"]

    def change(self, facts, *, by, now):
        quote = chosen(Quote, facts["words"], "words")
        if quote is None:
            speaker = self.who(facts, by=by, now=now)
            quote = evidence.make_quote(
                words=facts["words"], language=self.article.language, speaker=speaker, by=by, now=now
            )
        marking.rest_on_quote(
            self.article,
            facts["place"],
            quote,
            start=facts["start"],
            end=facts["end"],
            **self.seen(facts, by=by, now=now),
        )


class DismissForm(EvidenceForm):
    act, button, done = "dismiss", _("It is no quote"), _("The quotation is dismissed.")
    told_apart_by = ("start",)

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**7)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**7)
    reason = forms.ChoiceField(
        label=_("It is"),
        choices=list(zip(DISMISSAL_REASONS, [_("a title"), _("a term"), _("scare quotes")], strict=True)),
    )

    def change(self, facts, *, by, now):
        marking.dismiss_quotation(
            self.article,
            facts["place"],
            start=facts["start"],
            end=facts["end"],
            reason=facts["reason"],
            **self.seen(facts, by=by, now=now),
        )


class AttributeForm(SpeakerForm):
    act, button, done = "attribute", _("Attribute"), _("The quote is attributed.")
    told_apart_by = ("quote",)

    quote = forms.CharField(widget=forms.HiddenInput, max_length=12)
    role = line(
        _("Role at the time"), required=False, length=200, help_text=_("One that is on the speaker's page.")
    )
    field_order = ["speaker", "kind", "new", "role"]

    def change(self, facts, *, by, now):
        quote = record_of(Quote, facts["quote"])
        speaker = self.who(facts, by=by, now=now)
        role = None
        if facts["role"]:
            role = speaker.roles.filter(title__iexact=facts["role"]).last() if speaker else None
            if role is None:
                raise DomainError("role_unknown", "The speaker's page has no such role.", "role")
        evidence.attribute_quote(quote, speaker=speaker, role=role, by=by, now=now)


class DescribeForm(EvidenceForm):
    """Fields that say what a source is."""

    title = line(_("Title"), required=False, length=500)
    publisher = line(_("Publisher"), lists="publishers", required=False, length=200)

    def description(self, facts) -> dict:
        return {"title": facts["title"], "publisher_name": facts["publisher"]}


class CiteForm(DescribeForm):
    """``of`` is ``claim:<public id>`` or ``quote:<public id>``."""

    act, button, done = "cite", _("Cite"), _("The source is cited.")
    told_apart_by = ("of",)

    of = forms.CharField(widget=forms.HiddenInput, max_length=20)
    source = line(
        _("Source"),
        lists="sources",
        help_text=_(
            "An address, or one of the list. A new address makes a new source, captured in the background."
        ),
    )
    stance = forms.ChoiceField(label=_("It"), choices=Citation.Stance.choices)
    carries = forms.ChoiceField(
        label=_("For a quote, it"), choices=[("", "–"), *Citation.Carries.choices], required=False
    )
    exact = note_field(
        _("Passage, word for word"),
        help_text=_("Better chosen in the archived copy, once the source is cited."),
    )
    locator = line(
        _("Place"), required=False, length=200, help_text=_("Page, timecode, article and paragraph.")
    )
    field_order = ["source", "title", "publisher", "stance", "carries", "exact", "locator"]

    def build(self):
        if not str(self.initial.get("of") or self.data.get("of", "")).startswith("quote:"):
            del self.fields["carries"]

    def change(self, facts, *, by, now):
        kind, _colon, public_id = facts["of"].partition(":")
        record = record_of(Quote if kind == "quote" else Claim, public_id)
        if not (names_record(facts["source"]) or _ADDRESS.match(facts["source"])):
            raise DomainError(
                "source_unknown", "Give an address (https://…) or choose a source of the list.", "source"
            )
        source = source_named(facts["source"], "source", by=by, now=now, **self.description(facts))
        evidence.cite(
            record,
            source,
            by=by,
            now=now,
            stance=facts["stance"],
            carries=facts.get("carries", ""),
            exact=facts["exact"],
            locator=facts["locator"],
        )


class UnciteForm(EvidenceForm):
    act, button, done = "uncite", _("Take away"), _("The citation is taken away.")
    told_apart_by = ("citation",)

    citation = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def change(self, facts, *, by, now):
        citation = (
            Citation.objects.filter(pk=facts["citation"]).select_related("claim", "quote", "source").first()
        )
        if citation is None:
            raise DomainError("record_unknown", "This citation is gone already.")
        evidence.withdraw_citation(citation, by=by, now=now)


class IdentifyForm(DescribeForm):
    """``place`` is ``source:<public id>``."""

    act, button, done = "identify", _("Identify"), _("The source is identified.")

    url = line(_("Address"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Source.Kind.choices)
    published_on = forms.DateField(
        label=_("Published on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["title", "url", "publisher", "kind", "published_on"]

    def change(self, facts, *, by, now):
        source = record_of(Source, facts["place"].removeprefix("source:"))
        told = {"published_on": facts["published_on"]} if facts["published_on"] else {}
        description = self.description(facts) | {"url": facts["url"], "kind": facts["kind"]} | told
        source = evidence.identify_source(source, by=by, now=now, **description)
        ask_for_capture(source, by=by, now=now, first=True)


class AskForm(EvidenceForm):
    act, button, done = "ask", _("Ask for an exemption"), _("The exemption is asked for.")

    reason = forms.ChoiceField(label=_("It needs no citation, for it is"), choices=Reason.choices)

    def change(self, facts, *, by, now):
        marking.ask_exemption(
            self.article, facts["place"], reason=facts["reason"], **self.seen(facts, by=by, now=now)
        )


class ClearForm(EvidenceForm):
    act, button, done = "clear", _("Take the evidence off"), _("The sentence rests on nothing now.")

    def change(self, facts, *, by, now):
        marking.rest_on_nothing(self.article, facts["place"], **self.seen(facts, by=by, now=now))


EVIDENCE_FORMS = of_acts(
    ClaimForm,
    QuoteForm,
    DismissForm,
    AttributeForm,
    CiteForm,
    UnciteForm,
    IdentifyForm,
    AskForm,
    ClearForm,
)
