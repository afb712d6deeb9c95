"""The import as a page: paste or upload, look at the proposed marks, correct, confirm.

Nothing is stored before the last step; the text travels in the form.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.access import may
from articles.admin.import_forms import Corrections, ImportForm
from articles.admin.statements import Piece, pieces
from articles.body.model import Block, Dismissed, Words
from articles.dossier import open_dossier
from articles.importing.correcting import correct
from articles.importing.findings import Finding
from articles.importing.proposal import Proposal, ProposedParagraph
from articles.importing.storing import store
from sources.admin.first_capture import ask_for_capture

# So much of a long text is shown; all of it is stored.
SHOWN_PARAGRAPHS = 300
# Sources whose capture is asked for at once; of a longer list the rest is captured from their own pages.
CAPTURED = 100


# What each finding says to an editor; its code stands beside it for whoever compares with the command's report.
FINDINGS = {
    "sentence_without_citation": gettext_lazy("A sentence without citation: it will block."),
    "remainder_without_citation": gettext_lazy(
        "Words after the last citation of the sentence rest on nothing."
    ),
    "number_without_source": gettext_lazy("This number has no source; it stays in the text as typed."),
    "source_never_cited": gettext_lazy("This source is in the list and never cited."),
    "source_listed_twice": gettext_lazy("Two entries of the list have the same address."),
    "quote_unattributed": gettext_lazy("It is not known who said this."),
    "marker_malformed": gettext_lazy(
        "This looks like a citation and cannot be read; it stays in the text as typed."
    ),
    "claim_proposed": gettext_lazy(
        "This states more than that somebody said it: consider a claim beside the quote."
    ),
    "invisible_character": gettext_lazy("There is a character here that nobody sees."),
    "paragraph_too_dense": gettext_lazy("This paragraph has too many stops; sentences may be cut wrongly."),
    "more_findings": gettext_lazy("There are more findings of one kind than are shown."),
}


@dataclass
class Said:
    """A finding in words."""

    finding: Finding

    @property
    def words(self) -> str:
        return FINDINGS.get(self.finding.code, self.finding.code)


@dataclass
class Stretch:
    """Words of a paragraph that rest on the same; ``kind`` is as in the legend, or ``none`` for what has no words."""

    kind: str
    pieces: list[Piece]
    group: list[int]


@dataclass
class Paragraph:
    """One paragraph with its findings beside it and the quotations in it to correct."""

    number: int
    stretches: list[Stretch]
    findings: list[Said]
    quotations: list[tuple]
    claims: list[tuple]


class ImportPage:
    def __init__(self, model_admin):
        self.model_admin = model_admin

    def url(self):
        site = self.model_admin.admin_site
        return path("import/", site.admin_view(self.view), name="articles_article_import")

    def view(self, request):
        if not may(request.user, "create"):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, ImportForm())
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        if "again" in request.POST:
            return self._page(request, ImportForm(initial=form.cleaned_data))
        storing = "store" in request.POST
        corrections = Corrections(form.proposal, request.POST if storing else None)
        if storing and corrections.is_valid():
            return self._store(request, form, correct(form.proposal, **corrections.verdicts()))
        return self._page(request, form, corrections)

    def _store(self, request, form: ImportForm, proposal: Proposal):
        article = store(
            proposal,
            by=request.user,
            now=timezone.now(),
            headline=form.cleaned_data["headline"],
            digest=form.digest,
        )
        for source in open_dossier(article).sources()[:CAPTURED]:
            ask_for_capture(source, by=request.user, now=timezone.now(), first=True)
        messages.success(request, _("Stored as a draft. Here is what each sentence rests on."))
        return HttpResponseRedirect(reverse("admin:articles_article_evidence", args=[article.pk]))

    def _page(self, request, form: ImportForm, corrections: Corrections | None = None):
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Import a text"),
            "subtitle": None,
            "form": form,
        }
        if corrections:
            proposal = form.proposal
            context |= {
                "proposal": proposal,
                "corrections": corrections,
                "paragraphs": shown(proposal, corrections),
                "whole": [Said(finding) for finding in proposal.findings if finding.paragraph is None],
                "is_cut": corrections.is_cut or len(proposal.paragraphs) > SHOWN_PARAGRAPHS,
                "facts": form.cleaned_data,
            }
        return TemplateResponse(request, "admin/articles/article/import.html", context)


def shown(proposal: Proposal, corrections: Corrections) -> list[Paragraph]:
    """The paragraphs as the page shows them."""
    findings: dict[int, list[Said]] = {}
    for finding in proposal.findings:
        findings.setdefault(finding.paragraph, []).append(Said(finding))
    quotes: dict[int, list[tuple]] = {}
    for n, form in corrections.quotes.items():
        quotes.setdefault(proposal.quotes[n].places[0][0], []).append((proposal.quotes[n].words, form))
    found = []
    for number, paragraph in enumerate(proposal.paragraphs[:SHOWN_PARAGRAPHS]):
        dismissed = [
            (paragraph.text[mark.start : mark.end], corrections.dismissed[number, d])
            for d, mark in enumerate(paragraph.dismissed)
            if (number, d) in corrections.dismissed
        ]
        claims = [
            (paragraph.text[segment.start : segment.end], corrections.claims[number, s])
            for s, segment in enumerate(paragraph.segments)
            if (number, s) in corrections.claims
        ]
        found.append(
            Paragraph(
                number + 1,
                _stretches(paragraph, proposal.numbers),
                findings.get(number + 1, []),
                quotes.get(number, []) + dismissed,
                claims,
            )
        )
    return found


def _stretches(paragraph: ProposedParagraph, numbers: dict[int, int]) -> list[Stretch]:
    block = Block(
        "p",
        paragraph.text,
        words=tuple(Words(w.start, w.end, "") for segment in paragraph.segments for w in segment.words),
        dismissed=tuple(Dismissed(d.start, d.end, d.reason) for d in paragraph.dismissed),
    )
    stretches, at = [], 0
    for segment in paragraph.segments:
        if at < segment.start:
            stretches.append(_uncited(block, at, segment.start))
        group = sorted(numbers[number] for number in segment.sources)
        stretches.append(Stretch(segment.kind, pieces(block, segment.start, segment.end), group))
        at = segment.end
    if at < len(paragraph.text):
        stretches.append(_uncited(block, at, len(paragraph.text)))
    return stretches


def _uncited(block: Block, start: int, end: int) -> Stretch:
    """What no group covers; stops and spaces between two segments need none."""
    words = any(map(str.isalnum, block.text[start:end]))
    return Stretch("bare" if words else "none", pieces(block, start, end), [])
