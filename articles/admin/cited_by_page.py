"""The page "Cited by" of a source: what rests on it, which passages stand where, and what is done when it falls."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.source_forms import (
    SOURCE_FORMS,
    EmbargoForm,
    ReinstateForm,
    WithdrawForm,
)
from articles.copies import copies_of
from articles.drifting import drifted
from articles.impact import Impact, impact_of
from articles.legal_holds import held_among
from articles.models import Citation
from articles.recalling import open_recall_of
from newsroom.desk_forms import ActForm, form_at
from sources.admin.pages import SourcePage, page_of_source
from sources.admin.snapshot_page import number
from sources.models import Source
from sources.passages.matching import Passage, locate
from sources.passages.texts import texts_of

# Citations on a page: each passage is looked up in its snapshot.
PAGE = 50


@dataclass(frozen=True)
class Cited:
    """One citation of the source; ``state`` of its passage is ``once``, ``orphan`` or ``none``, and ``drifted`` that
    the latest capture does not have it any more."""

    citation: Citation
    state: str
    drifted: bool

    @property
    def of(self):
        return self.citation.claim or self.citation.quote


@page_of_source
class CitedByPage(SourcePage):
    name = "cited_by"
    below = "cited-by/"
    title = _("Cited by")
    template = "admin/sources/source/cited_by.html"
    forms = SOURCE_FORMS

    def context(self, request, source, bound):
        now = timezone.now()
        page = max(1, number(request, "page") or 1)
        cited, more_cited = passages_of(source, page)
        impact = impact_of(source, now=now, page=page)
        drafts = [row for row in impact.drafts if may(request.user, "see", row.article)]
        return {
            "impact": _as_seen_by(request.user, impact),
            "copies": copies_of(row.article for row in impact.articles if row.shows),
            "drafts": drafts,
            "held": held_among(row.article for row in [*impact.statements, *drafts]),
            "cited": cited,
            "page": page,
            "more": impact.more or more_cited,
            "acts": _acts(source, request.user, bound),
            "recall": open_recall_of(source),
            "zone": timezone.get_current_timezone_name(),
        }


def _as_seen_by(user, impact: Impact) -> Impact:
    """Without what waits in articles that ``user`` does not work on; what shows is everybody's, but not what its draft
    is called. The numbers stay."""
    for row in (*impact.statements, *impact.articles):
        if not may(user, "see", row.article):
            row.article.headline = row.article.told_as
    return replace(
        impact,
        statements=[row for row in impact.statements if row.shows or may(user, "see", row.article)],
        articles=[row for row in impact.articles if row.shows or may(user, "see", row.article)],
    )


def passages_of(source: Source, page: int) -> tuple[list[Cited], bool]:
    """The citations of ``source``, the newest first, on page ``page`` (from 1), and whether there are more."""
    found = Citation.objects.filter(source=source).order_by("-pk").defer("snapshot__found")
    found = found.select_related("claim", "quote__speaker", "snapshot")
    start = (page - 1) * PAGE
    rows = list(found[start : start + PAGE + 1])
    texts = texts_of(row.snapshot for row in rows[:PAGE] if row.snapshot)
    gone = {citation.pk for citation in drifted(source)} if source.changed_at else set()
    return [Cited(row, _state(row, texts), row.pk in gone) for row in rows[:PAGE]], len(rows) > PAGE


def _state(citation: Citation, texts: dict) -> str:
    if citation.snapshot is None:
        return "none"
    passage = Passage(citation.exact, citation.prefix, citation.suffix)
    text = texts.get(citation.snapshot_id)
    return "once" if text is not None and locate(passage, text) else "orphan"


def _acts(source: Source, user, bound: ActForm | None) -> dict[str, ActForm]:
    """What this user may do to the source as it is, by the names of the acts."""
    kinds = []
    if may(user, "withdraw_source"):
        kinds.append((ReinstateForm if source.withdrawn_at else WithdrawForm, {}))
    if may(user, "embargo_source"):
        kinds.append((EmbargoForm, {"until": source.embargoed_until}))
    return {kind.act: form_at(kind, source, user, "", bound, **known) for kind, known in kinds}
