"""The page "Evidence": sentence by sentence what each rests on, and the forms that change it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.cited import Cited, Evidence
from articles.admin.evidence_forms import (
    EVIDENCE_FORMS,
    AskForm,
    AttributeForm,
    CiteForm,
    ClaimForm,
    ClearForm,
    DismissForm,
    IdentifyForm,
    QuoteForm,
    UnciteForm,
)
from articles.admin.pages import ArticlePage
from articles.admin.parts import part_with, wanted_key
from articles.admin.statements import Shown, shown
from articles.dossier import Dossier, open_dossier
from articles.models import Claim
from articles.readiness import Blocker, draft_blockers
from newsroom.desk_choosing import offered
from newsroom.desk_forms import ActForm, form_at
from sources.models import Publisher, Source, Speaker

# How many of the latest records a list offers beside those of the article.
OFFERED = 50


@dataclass
class Record:
    """A claim or quote a sentence rests on, its citations each with the form that takes it away."""

    name: str
    record: object
    citations: list[tuple[Cited, ActForm | None]]
    cite: ActForm | None = None
    attribute: ActForm | None = None


@dataclass
class Row:
    """One sentence of the page."""

    shown: Shown
    blockers: list[Blocker]
    records: list[Record]
    quotations: list[tuple] = field(default_factory=list)
    claim: ActForm | None = None
    ask: ActForm | None = None
    clear: ActForm | None = None


class EvidencePage(ArticlePage):
    name = "evidence"
    title = _("Evidence")
    template = "admin/articles/article/evidence.html"
    forms = EVIDENCE_FORMS

    def context(self, request, article, bound):
        dossier = open_dossier(article)
        part = part_with(shown(dossier), wanted_key(request, bound))
        builder = _Rows(dossier, request.user, bound)
        return {
            "part": part,
            "rows": builder.rows(part.statements),
            "sources": builder.sources(part.statements),
            "all_sources": len(dossier.numbers),
            "lists": _lists(dossier),
        }

    def after(self, request, article, form):
        """To the sentence or the source the act was about."""
        if form.at_place.startswith("source:"):
            return f"{self.address(article.pk)}#source-{form.at_place.removeprefix('source:')}"
        return super().after(request, article, form)


class _Rows:
    """Builds the rows for one user: whoever may not save sees the evidence without its forms."""

    def __init__(self, dossier: Dossier, user, bound: ActForm | None):
        self.dossier, self.user, self.bound = dossier, user, bound
        self.article = dossier.article
        self.may_mark = may(user, "save", self.article)
        self.may_keep = may(user, "keep_evidence", self.article)
        self.evidence = Evidence(dossier)
        self.blockers: dict[str, list[Blocker]] = {}
        for blocker in draft_blockers(dossier, shows_from=timezone.now()):
            self.blockers.setdefault(blocker.place, []).append(blocker)

    def form(self, kind: type[ActForm], place: str, /, **initial) -> ActForm:
        return form_at(kind, self.article, self.user, place, self.bound, **initial)

    def rows(self, statements: Sequence[Shown]) -> list[Row]:
        return [self._row(statement) for statement in statements]

    def sources(self, statements: Sequence[Shown]) -> list[tuple]:
        """What ``statements`` cite, each with its number, and wherever it is cited what is unidentified, with the form
        that identifies it."""
        cited = {citation.source_id for shown in statements for citation in shown.seen.citations}
        rows = []
        for source in self.dossier.sources():
            if source.pk not in cited and source.is_identified:
                continue
            place = f"source:{source.public_id}"
            known = {"title": source.title, "url": source.url, "kind": source.kind}
            known["publisher"] = source.publisher.name if source.publisher else ""
            form = (
                self.form(IdentifyForm, place, **known)
                if self.may_keep and not source.is_identified
                else None
            )
            rows.append((self.dossier.numbers[source.pk], source, self.evidence.archived(source), form))
        return rows

    def _row(self, statement: Shown) -> Row:
        seen, key = statement.seen, statement.key
        row = Row(
            statement, self.blockers.get(key, []), [self._record(seen, record) for record in _records(seen)]
        )
        if self.may_mark:
            row.quotations = [self._quotation(statement, place) for place in statement.undecided]
            if seen.claim is None:
                row.claim = self.form(ClaimForm, key, claim=seen.wording if not seen.quotes else "")
            if seen.rests_on_nothing and not seen.segment.exemption:
                row.ask = self.form(AskForm, key)
            if not seen.rests_on_nothing or seen.segment.exemption:
                row.clear = self.form(ClearForm, key)
        return row

    def _quotation(self, statement: Shown, place: tuple[int, int]) -> tuple:
        key, at = statement.key, {"start": place[0], "end": place[1]}
        words = statement.seen.block.text[slice(*place)]
        return words, self.form(QuoteForm, key, words=words, **at), self.form(DismissForm, key, **at)

    def _record(self, seen, record) -> Record:
        kind = "claim" if isinstance(record, Claim) else "quote"
        own = [c for c in seen.citations if getattr(c, f"{kind}_id") == record.pk]
        cited = [self.evidence.cited(citation, seen.key) for citation in own]
        if not self.may_keep:
            return Record(kind, record, [(each, None) for each in cited])
        return Record(
            kind,
            record,
            [(each, self.form(UnciteForm, seen.key, citation=each.citation.pk)) for each in cited],
            self.form(CiteForm, seen.key, of=f"{kind}:{record.public_id}"),
            self._attribute(seen, record) if kind == "quote" else None,
        )

    def _attribute(self, seen, quote) -> ActForm:
        known = {}
        if quote.speaker:
            known = {"speaker": offered(quote.speaker), "kind": quote.speaker.kind}
            known["role"] = quote.role.title if quote.role else ""
        return self.form(AttributeForm, seen.key, quote=quote.public_id, **known)


def _records(seen) -> list:
    return [*([seen.claim] if seen.claim else []), *seen.quotes]


def _lists(dossier: Dossier) -> dict[str, list[str]]:
    """What the fields offer while one types: the article's own records first, then the latest."""
    own = dossier.segments
    quotes = [quote for seen in own for quote in seen.quotes]
    return {
        "claims": _offer([seen.claim for seen in own if seen.claim], _latest(Claim)),
        "quotes": _offer(quotes, ()),
        "sources": _offer(dossier.sources(), _latest(Source)),
        "speakers": _offer(
            [quote.speaker for quote in quotes if quote.speaker],
            _latest(Speaker),
        ),
        "publishers": [str(publisher) for publisher in _latest(Publisher)[:OFFERED]],
    }


def _latest(model):
    """What stands for itself, the newest first."""
    return model.objects.filter(merged_into=None).order_by("-pk")


def _offer(own: list, latest) -> list[str]:
    return list(dict.fromkeys(offered(record) for record in [*own, *latest[:OFFERED]]))
