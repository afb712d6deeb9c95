"""Where the editor asks what the numbers in a pasted text mean: marks are proposed as the import proposes them.

Nothing is stored until a person accepts; the draft itself is saved by the form, as always.
"""

from django.urls import path
from django.utils import timezone

from articles.admin.beside import LIMIT, as_typed
from articles.admin.import_page import CAPTURED, FINDINGS
from articles.body.html import parse_html, render_html
from articles.dossier import Dossier, open_dossier
from articles.importing.dressing import dressed, numbered
from articles.importing.pasting import make_pasted, resolve
from articles.importing.proposal import Proposal, ProposedParagraph, propose
from articles.importing.reading import read_text
from articles.importing.refusing import without
from newsroom.core.errors import DomainError
from newsroom.desk_json import json_door
from sources.admin.first_capture import ask_for_capture
from sources.models import Source

# What is longer is a story of its own, for the import.
LONGEST = 100_000
MOST_GROUPS = 300
SHOWN_FINDINGS = 20


def pasted_url(site):
    return path("<int:pk>/pasted/", site.admin_view(pasted), name="articles_article_pasted")


@json_door(limit=LIMIT, longest=LIMIT)
def pasted(request, asked, pk):
    """``{"text" or "html": what is pasted, with numbers, "body": the draft as it stands, "language": …, "accept": "yes"
    or "", "refused": places of proposed marks from 0, with spaces between}``.

    Answers what is proposed, and accepted ``{"html": …}``: the text with its formats and with marks that name the
    records made. Raises DomainError as reading and proposing do.
    """
    article = as_typed(request.user, asked, pk)
    came = parse_html(asked.get("html", ""))
    text = numbered(came) if came.blocks else asked.get("text", "")
    if len(text) > LONGEST:
        raise DomainError("too_large", "This is too long to be pasted with its numbers: import it.")
    proposal = propose(read_text(text.encode()), language=article.language)
    if proposal.groups > MOST_GROUPS:
        raise DomainError("too_large", "This is too long to be pasted with its numbers: import it.")
    known = _printed(open_dossier(article))
    if not asked.get("accept"):
        return _told(proposal, resolve(proposal, known))
    refused = {
        int(place) for place in asked.get("refused", "").split() if place.isdecimal() and len(place) < 6
    }
    by, now = request.user, timezone.now()
    body, sources = make_pasted(without(proposal, refused), known, by=by, now=now)
    for source in sources[:CAPTURED]:
        ask_for_capture(source, by=by, now=now, first=True)
    return {"html": render_html(dressed(body, came))}


def _printed(dossier: Dossier) -> dict[int, Source]:
    return dict(enumerate(dossier.sources(), start=1))


def _told(proposal: Proposal, resolved: dict[int, Source]) -> dict:
    """The text in pieces with what each would rest on, the sources behind the numbers, what a person should look at."""
    sources = []
    for entry in proposal.sources:
        source = resolved.get(entry.number)
        name = str(source) if source else entry.title or entry.url or ""
        sources.append({"number": entry.number, "name": name[:300]})
    return {
        "paragraphs": [_pieces(paragraph) for paragraph in proposal.paragraphs],
        "sources": sources,
        "findings": [
            f"{FINDINGS[finding.code]} {finding.text}"[:300]
            for finding in proposal.findings
            if finding.code in FINDINGS
        ][:SHOWN_FINDINGS],
    }


def _pieces(paragraph: ProposedParagraph) -> list[dict]:
    """The whole text of a paragraph, cut where a segment begins or ends; numbers are the input's."""
    found, at = [], 0
    for segment in paragraph.segments:
        if at < segment.start:
            found.append({"text": paragraph.text[at : segment.start], "kind": "", "group": ""})
        group = f"[{', '.join(map(str, segment.sources))}]"
        text = paragraph.text[segment.start : segment.end]
        found.append({"text": text, "kind": segment.kind, "group": group})
        at = segment.end
    rest = {"text": paragraph.text[at:], "kind": "", "group": ""}
    return [*found, rest] if rest["text"] else found
