"""Why an article cannot go out: every code with what it says and whether a duty editor may waive it.

Design, "Blocker": absolute are what would put a wrong or single-handed text before readers; the rest is waivable and
labelled. An article without a headline or a body is refused absolutely too: there is nothing to show.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Meaning:
    message: str
    absolute: bool = False


BLOCKERS: dict[str, Meaning] = {
    "headline_missing": Meaning(_("There is no headline."), absolute=True),
    "body_empty": Meaning(_("There is no text."), absolute=True),
    "not_approved": Meaning(_("No editor has approved this draft."), absolute=True),
    "approvals_missing": Meaning(
        _("The section asks for more approvals, each by somebody else."), absolute=True
    ),
    "legal_hold": Meaning(_("The article is under legal hold."), absolute=True),
    "own_approval": Meaning(_("It was approved by somebody whose own article it is."), absolute=True),
    "approval_lapsed": Meaning(_("The draft has changed since it was approved."), absolute=True),
    "quote_not_verbatim": Meaning(
        _("The words between the quotation marks are not those of the quote."), absolute=True
    ),
    "record_missing": Meaning(_("The sentence names a claim or quote that does not exist."), absolute=True),
    "standfirst_missing": Meaning(_("There is no standfirst.")),
    "byline_missing": Meaning(_("There is no byline.")),
    "sentence_without_evidence": Meaning(_("This sentence rests on nothing: cite, exempt or waive it.")),
    "claim_without_source": Meaning(_("The claim has no source that supports it.")),
    "quote_without_source": Meaning(_("The quote stands in no source that supports it."), absolute=True),
    "quote_not_in_source": Meaning(
        _("A source that is said to have the words of the quote does not have them, or none is said to."),
        absolute=True,
    ),
    "source_withdrawn": Meaning(_("This source was withdrawn."), absolute=True),
    "origin_withdrawn": Meaning(_("This rests only on copies of a source that was withdrawn.")),
    "source_embargoed": Meaning(
        _("This source is under embargo, and the edition would show before its moment."), absolute=True
    ),
    "confidential_needs_two": Meaning(
        _("This rests on confidential sources alone: two editors have to answer for it by name."),
        absolute=True,
    ),
    "passage_missing": Meaning(_("There is a copy of what supports this, but no passage in it is named.")),
    "passage_orphaned": Meaning(_("The passage does not stand in the archived copy just once.")),
    "too_few_origins": Meaning(_("The sources of this go back to fewer origins than our rules ask for.")),
    "source_kind_refused": Meaning(_("Our rules do not accept a source of this kind for such a sentence.")),
    "recalled": Meaning(_("This says what was found wrong and recalled.")),
    "claim_deprecated": Meaning(_("The claim is deprecated: it is not to be used any more.")),
    "quote_without_words": Meaning(
        _("The sentence names a quote, but none of its words are marked as the quote's.")
    ),
    "quotation_undecided": Meaning(
        _("This quotation is neither a quote nor dismissed as title, term or scare quotes.")
    ),
    "quote_unattributed": Meaning(_("It is not known who said this.")),
    "source_unidentified": Meaning(_("This source has no title, or neither publisher nor address.")),
    "source_without_snapshot": Meaning(_("There is no archived copy of this source.")),
    "publisher_barred": Meaning(_("What this publisher puts out is not accepted as support.")),
    "allowance_exceeded": Meaning(_("The article prints more words of this source than we may.")),
    "claim_not_checked": Meaning(_("Nobody but the author has checked this claim as it stands.")),
    "quote_not_checked": Meaning(_("Nobody but the author has checked this quote as it stands.")),
    "check_negative": Meaning(_("The last check did not find that the sources support this.")),
    "exemption_not_granted": Meaning(_("The exemption has not been granted, or not for this wording.")),
    "headline_without_evidence": Meaning(_("The headline names no sentence it rests on.")),
    "standfirst_without_evidence": Meaning(_("The standfirst names no sentence it rests on.")),
    "caption_without_evidence": Meaning(_("The caption names no sentence it rests on.")),
    "image_missing": Meaning(_("The figure shows a picture that does not exist."), absolute=True),
    "image_without_alt": Meaning(_("The picture has no alternative text.")),
    "image_without_credit": Meaning(_("It is not said who made the picture.")),
    "image_without_terms": Meaning(_("It is not said by what right we may show the picture.")),
    "blockquote_without_quote": Meaning(_("This stands as a block quotation and rests on no quote.")),
    "quotation_not_in_evidence": Meaning(
        _("A quotation here stands in no quote of the sentences it rests on."), absolute=True
    ),
    "number_not_in_evidence": Meaning(_("A number here does not occur in the sentences it rests on.")),
}
