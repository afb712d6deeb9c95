"""The editor of the body: which of its parts are on, and what our own marks need to know."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

from articles.admin.beside import UNSAVED
from articles.admin.figures import figure_options
from articles.admin.statements import DISMISSED
from articles.body.html import MAX_LENGTH
from articles.body.model import DISMISSAL_REASONS
from articles.models import Citation
from articles.rules.exemptions import Reason
from newsroom.desk_look import EDITOR_MODULES

# Exactly the allowlist of articles.body.unmarked, so that what can be typed is what is kept.
UNMARKED = {
    "Bold": True,
    "Italic": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
}
# And that of articles.body.
PLAIN = UNMARKED | {
    "QuoteWords": True,
    "Dismissed": True,
    "SegmentKeys": True,
    "SmartQuotes": True,
    "StoryFigure": True,
}
GROUPS = [
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    {"group": "lists"},
    {"group": "nodes -blockType -lists"},
    {"group": "marks"},
    {"group": "link"},
    {"group": "figure"},
    {"group": "history"},
    {"group": "evidence"},
]


class BodyWidget(AdminProseEditorWidget):
    """The editor with the modules that ours import of each other."""

    @property
    def media(self):
        return super().media + Media(importmap=ImportMap(EDITOR_MODULES))


class BodyField(ProseEditorFormField):
    """The body in the editor. What it sends is read by ``articles.body`` when the article is saved, and only then."""

    def __init__(self, **kwargs):
        super().__init__(
            config={"extensions": PLAIN},
            preset="configurable",
            widget=BodyWidget,
            max_length=MAX_LENGTH,
            strip=False,
            **kwargs,
        )

    def speak(self, article) -> None:
        """Fit the editor's own words to the language of this request, and its doors to ``article``."""
        ours = {
            "Segment": _segment_options(),
            "Comments": True,
            "Beside": _beside_options(article),
            "Pasting": _pasting_options(article),
            "StoryFigure": figure_options(),
        }
        self.widget.config = {"extensions": {**PLAIN, "Menu": {"groups": GROUPS}, **ours}}


def _segment_options() -> dict:
    """Options of the mark in ``static/desk/marks.js``: where records are made, and every word it shows."""
    return {
        "records": reverse("admin:articles_article_records"),
        "offered": reverse("admin:articles_article_offered"),
        "cite": reverse("admin:articles_article_cite"),
        "stances": [[value, str(label)] for value, label in Citation.Stance.choices],
        "carries": [[value, str(label)] for value, label in Citation.Carries.choices],
        "exemptions": [[reason.value, str(reason.label)] for reason in Reason],
        "dismissals": [[reason, str(DISMISSED[reason])] for reason in DISMISSAL_REASONS],
        "texts": {
            "body": _("Body"),
            "claim": _("Claim"),
            "claimTip": _("The selected words, or the sentence, rest on a claim (Ctrl+Alt+C)"),
            "claimTitle": _("A claim"),
            "claimLabel": _("Claim, for the desk only"),
            "quote": _("Quote"),
            "quoteTip": _("The selected words are those of a quote (Ctrl+Alt+Q)"),
            "quoteTitle": _("A quote"),
            "quoteWords": _("Exact words"),
            "speaker": _("Speaker (empty: not known yet)"),
            "address": _("Address of the source (may wait)"),
            "dismiss": _("No quote"),
            "dismissTip": _("The selected quotation is a title, a term or in scare quotes (Ctrl+Alt+D)"),
            "dismissTitle": _("The quotation is no quote"),
            "exempt": _("No evidence"),
            "exemptTip": _("Ask that the sentence need no evidence (Ctrl+Alt+E)"),
            "exemptTitle": _("The sentence needs no citation, for it is"),
            "reason": _("Reason"),
            "clear": _("Unmark"),
            "clearTip": _("Take claim, quote and exemption off the sentence (Ctrl+Alt+U)"),
            "mark": _("Mark"),
            **_choosing_texts(),
            "selectWords": _("Select the words of the quotation first, within one paragraph."),
            "putCursor": _("Put the cursor into a sentence first."),
            "failed": _("The desk did not answer; nothing was marked."),
        },
    }


def _choosing_texts() -> dict:
    """Every word of the dialogs in ``static/desk/choosing.js`` and ``static/desk/citing.js``."""
    return {
        "search": _("Search"),
        "searchClaims": _("Words of the claim, or a treaty. Arrow keys choose, Enter takes."),
        "searchQuotes": _("Words of the quote, its speaker, or a treaty. Arrow keys choose, Enter takes."),
        "searchSources": _(
            "Title, publisher, or an address to paste: a new one is captured in the background."
        ),
        "offers": _("Offered"),
        "near": _("nearly the same"),
        "found": _("Offered: %(n)s") % {"n": "%n"},
        "nothing": _("Nothing found."),
        "slow": _("The search took too long; give it rarer words."),
        "newSource": _("No source has this address yet: citing makes one."),
        "orNew": _("Or make a new one"),
        "makeNew": _("Make and mark"),
        "cancel": _("Cancel"),
        "cite": _("Cite"),
        "citeTip": _("Cite a source at the statement under the cursor (Ctrl+Alt+S)"),
        "citeTitle": _("Cite a source"),
        "citeFor": _("For"),
        "newClaim": _("a new claim of these words"),
        "source": _("Source"),
        "chosen": _("Chosen:"),
        "stance": _("How it bears on the sentence"),
        "carries": _("Of the quoted words, it"),
        "describe": _("Title, publisher, place"),
        "sourceTitle": _("Title"),
        "publisher": _("Publisher"),
        "locator": _("Place"),
        "noSourceChosen": _("Choose a source of the list, or paste an address that begins with https://."),
    }


def _beside_options(article) -> dict:
    """Options of ``static/desk/beside.js``: where it asks, and every word that the panel shows."""
    return {
        "url": reverse("admin:articles_article_beside", args=[article.pk or UNSAVED]),
        "texts": {
            "evidence": _("%(n)s of %(all)s statements have evidence") % {"n": "%n", "all": "%all"},
            "checked": _("%(n)s checked") % {"n": "%n"},
            "blocked": _("%(n)s blocked") % {"n": "%n"},
            "claim": _("Claim"),
            "quote": _("Quote"),
            "noSpeaker": _("speaker not known"),
            "noSource": _("No source yet."),
            "exempt": _("Needs no citation:"),
            "passage": _("Passage"),
            "choosePassage": _("Choose passage"),
            "confidential": _("confidential"),
            "absolute": _("cannot be waived"),
            "nowhere": _("Put the cursor into a sentence to see what it rests on."),
            "unreachable": _(
                "The desk could not be reached: what stands here and in the text may be out of date."
            ),
        },
    }


def _pasting_options(article) -> dict:
    """Options of ``static/desk/pasting.js``: where marks are proposed, and every word of its dialog."""
    return {
        "url": reverse("admin:articles_article_pasted", args=[article.pk or UNSAVED]),
        "texts": {
            "title": _("Marks proposed for the pasted text"),
            "lead": _(
                "The numbers were taken for citations. They are not typed: they are printed from the marks."
                " Untick a mark to leave it out; its words stay."
            ),
            "sources": _("Sources"),
            "unknown": _("not known: a source without title is made, and blocks until it is identified"),
            "findings": _("To look at"),
            "accept": _("Paste with these marks"),
            "plain": _("Paste the words alone"),
            "cancel": _("Cancel"),
            "failed": _("The desk did not answer; nothing was pasted."),
        },
    }
