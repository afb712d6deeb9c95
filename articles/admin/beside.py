"""What stands beside the story while it is written: how each statement stands and what it rests on.

It answers for the text as it stands in the editor, saved or not, and changes nothing.
"""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import ngettext

from articles.access import raise_if_may_not
from articles.admin.cited import Cited, Evidence
from articles.admin.statements import Shown, shown
from articles.body.bare_segments import mark_bare
from articles.body.html import parse_html, render_html
from articles.body.keys import new_key
from articles.body.model import single_spaced
from articles.dossier import Dossier, open_dossier
from articles.models import Article, Citation
from articles.models.article import Language
from articles.readiness import Blocker, draft_blockers
from articles.statement_states import Standing, State, statement_states
from newsroom.core.errors import DomainError
from newsroom.desk_json import json_door

# A story of 2,000 sentences is a book; it is answered for on its own pages, not with every word that is typed.
LIMIT = 400_000
MOST_STATEMENTS = 2_000
LONGEST_PASSAGE = 600
LONGEST_LABEL = 300
# A draft that was never saved: no row has this number.
UNSAVED = 0
# What is told above the statements; and every figure.
WHOLE = ("headline", "standfirst", "byline", "body")


def beside_url(site):
    return path("<int:pk>/beside/", site.admin_view(beside), name="articles_article_beside")


@json_door(limit=LIMIT, longest=LIMIT)
def beside(request, asked, pk):
    """``{"body": HTML, "headline": …, "standfirst": …, "language": …}`` of the article ``pk``, 0 for a new one.

    Answers ``{"meter", "blocks", "statements", "records", "whole", "waiting"}``: see :func:`told`.
    """
    article = as_typed(request.user, asked, pk)
    dossier = open_dossier(article)
    return told(dossier, draft_blockers(dossier, shows_from=timezone.now()))


def as_typed(user, asked: dict[str, str], pk: int) -> Article:
    """The article with the texts of the editor laid over it; it is never saved.

    Raises DomainError ``not_found``, ``not_allowed``, ``too_large``.
    """
    raise_if_may_not(user, "see")
    article = Article(pk=UNSAVED, created_by=user)
    if pk != UNSAVED:
        article = Article.objects.visible_to(user).filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise DomainError("not_found", "There is no such article.")
    article.headline = single_spaced(asked.get("headline", ""))[:200]
    article.standfirst = single_spaced(asked.get("standfirst", ""))[:500]
    if asked.get("language") in Language:
        article.language = asked["language"]
    body = mark_bare(parse_html(asked.get("body", "")), article.language, new_key)
    if sum(len(block.segments) for block in body.blocks) > MOST_STATEMENTS:
        raise DomainError("too_large", "The story is too long to be followed while it is written.")
    article.body = render_html(body)
    return article


def told(dossier: Dossier, blockers: list[Blocker]) -> dict:
    """What the panel shows, as JSON values.

    ``blocks``: the length of each paragraph in code points, ``statements`` in reading order with their places in them,
    ``records`` by name, each once however many statements rest on it, ``whole``: what blocks beside the statements,
    ``waiting``: whether a source is being fetched, so that more will be known of it soon.
    """
    standing = statement_states(dossier, blockers)
    evidence = Evidence(dossier)
    rows = shown(dossier)
    records = {}
    for row in rows:
        for record in _records(row):
            records.setdefault(_name(record), (record, row.seen))
    return {
        "waiting": any(evidence.archived(source).waiting for source in dossier.sources()),
        "meter": _meter([standing[row.key].state for row in rows]),
        "blocks": [len(block.text) for block in dossier.body.paragraphs],
        "statements": [_statement(row, standing[row.key]) for row in rows],
        "records": {
            name: _record(dossier, evidence, record, seen) for name, (record, seen) in records.items()
        },
        "whole": [_blocker(b) for b in blockers if b.place in WHOLE or b.place.startswith("figure:")],
    }


def _meter(states: list[State]) -> dict:
    """How many statements there are, how many have what they need, how many were checked, how many are blocked."""
    count = {state: states.count(state) for state in State}
    return {
        "statements": len(states),
        "evidence": len(states) - count[State.NO_EVIDENCE],
        "checked": count[State.CHECKED] + count[State.EXEMPTED],
        "blocked": count[State.BLOCKED],
    }


def _statement(row: Shown, standing: Standing) -> dict:
    seen = row.seen
    return {
        "key": seen.key,
        "block": seen.paragraph - 1,
        "start": seen.segment.start,
        "end": seen.segment.end,
        "place": row.place,
        "wording": Truncator(seen.wording).chars(LONGEST_LABEL),
        "state": standing.state.value,
        "label": str(standing.state.label),
        "group": f"[{', '.join(map(str, row.group))}]" if row.group else "",
        "origins": _origins(row),
        "exemption": str(row.exemption),
        "undecided": [list(place) for place in row.undecided],
        "records": [_name(record) for record in _records(row)],
        "blockers": [_blocker(blocker) for blocker in standing.blockers],
    }


def _origins(row: Shown) -> str:
    if not row.sources:
        return ""
    sources = ngettext("%(n)d source", "%(n)d sources", row.sources) % {"n": row.sources}
    return f"{sources}, {ngettext('%(n)d origin', '%(n)d origins', row.origins) % {'n': row.origins}}"


def _blocker(blocker: Blocker) -> dict:
    return {
        "code": blocker.code,
        "message": blocker.message,
        "absolute": blocker.absolute,
        "place": blocker.place,
        # At a statement its wording says nothing new.
        "excerpt": blocker.excerpt if blocker.paragraph is None else "",
    }


def _records(row: Shown) -> list:
    return [*([row.seen.claim] if row.seen.claim else []), *row.seen.quotes]


def _name(record) -> str:
    return f"{record._meta.model_name}:{record.public_id}"


def _record(dossier: Dossier, evidence: Evidence, record, seen) -> dict:
    kind = record._meta.model_name
    cited = [c for c in seen.citations if getattr(c, f"{kind}_id") == record.pk]
    told = {
        "kind": kind,
        "id": record.public_id,
        "text": Truncator(record.label if kind == "claim" else record.words).chars(LONGEST_LABEL),
        "url": reverse(f"admin:articles_{kind}_change", args=[record.pk]),
        "citations": [_citation(evidence.cited(citation, seen.key)) for citation in cited],
    }
    if kind == "quote":
        told["speaker"] = str(record.speaker) if record.speaker else ""
        told["role"] = record.role.title if record.role else ""
    return told


def _citation(cited: Cited) -> dict:
    """One citation; of a confidential source what the desk's lists tell of it, and no more (design, rule 10)."""
    citation, source = cited.citation, cited.citation.source
    told = {
        "number": cited.number,
        "source": Truncator(str(source)).chars(LONGEST_LABEL),
        "publisher": "" if source.confidential or not source.publisher else source.publisher.name,
        "url": reverse("admin:articles_citation_change", args=[citation.pk]),
        "confidential": source.confidential,
        "stance": citation.stance,
        "stance_label": "" if citation.stance == Citation.Stance.SUPPORTS else citation.get_stance_display(),
        "carries": citation.get_carries_display() if citation.carries else "",
        "states": [[which, state, str(label)] for which, state, label in cited.states],
        "source_state": "" if cited.source_state == "identified" else str(cited.source_state.label),
        "locator": "",
        "passage": "",
        "passage_url": "",
    }
    if source.confidential:
        return told | {"source_state": ""}
    return told | {
        "locator": citation.locator,
        "passage": Truncator(citation.exact).chars(LONGEST_PASSAGE),
        "passage_url": cited.passage,
    }
