"""Where a citation's passage is chosen: the archived text beside the words it is to carry."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.pages import tabs
from articles.admin.parts import statement_address
from articles.admin.passage_forms import PASSAGE_FORMS, ChooseForm, ClearPassageForm, SightForm
from articles.admin.passage_places import Offer, offers_at, offers_for
from articles.body.html import parse_html
from articles.dossier import held_snapshots
from articles.models import Article, Citation, Sighting
from articles.seen import fingerprint_of_sight, handed_over_by
from newsroom.desk_forms import ActForm, form_at
from newsroom.desk_pages import RecordPage
from sources.admin.pages import around_source
from sources.admin.reading import Mark, part_around
from sources.admin.snapshot_page import number
from sources.models import Snapshot, SnapshotText
from sources.passages.matching import Passage, locate
from sources.passages.normalising import Normalised
from sources.passages.texts import texts_of

# Captures of a source that are offered to choose from.
SNAPSHOTS = 60
MARKS = {
    "exact": _("the quote stands here"),
    "near": _("nearly the quote"),
    "candidate": _("reads like the statement"),
    "typed": _("the words you typed"),
}


@dataclass(frozen=True)
class Reading:
    """The text of a capture: normalised, with the offsets of its pages."""

    text: Normalised
    pages: list[int]


class PassagePage(RecordPage):
    """``?article=&place=``: from which sentence one came; ``?snapshot=``: another capture; ``?at=``: another part."""

    model = Citation
    name = "passage"
    title = _("Passage")
    template = "admin/articles/citation/passage.html"
    forms = PASSAGE_FORMS

    def find(self, pk):
        related = ("claim", "quote__speaker", "quote__role", "source__publisher", "snapshot", "chosen_by")
        return Citation.objects.filter(pk=pk).select_related(*related).first()

    def around(self, request, citation):
        article = _article(request)
        shown = around_source(citation.source, "cited_by")
        if article:
            shown |= {"article": article, "tabs": tabs(article, "evidence"), "title": article}
        else:
            shown |= {"title": citation.source}
        return shown

    def context(self, request, citation, bound):
        user, article = request.user, _article(request)
        # What the citation is held against, and what a sighting covers.
        held = citation.snapshot or held_snapshots([citation.source_id]).get(citation.source_id)
        snapshots = _snapshots(citation, held)
        snapshot = _wanted(request, snapshots) or held or next(iter(snapshots), None)
        reading = _read(snapshot)
        wordings = _wordings(article, citation, request.GET.get("place"))
        offers = _offers(citation, wordings, reading, bound)
        may_keep = may(user, "keep_evidence")
        place = _place(citation, snapshot, reading)
        return {
            "citation": citation,
            "wordings": wordings,
            "snapshots": snapshots,
            "snapshot": snapshot,
            "here": _here(request, snapshot),
            "place": place,
            "offers": offers,
            **_shown(request, reading, place, offers),
            "choose": _choose(citation, snapshot, user, bound) if may_keep and reading else None,
            "clear": form_at(ClearPassageForm, citation, user, "", bound)
            if may_keep and citation.exact
            else None,
            **(_sight(citation, held, user, bound) if held and held == snapshot else {}),
        }

    def after(self, request, citation, form):
        """Back to the sentence one came from; who saw it by eye stays."""
        if isinstance(form, SightForm):
            return request.get_full_path()
        if article := _article(request):
            key = request.GET.get("place", "")[:10]
            return statement_address(article, "evidence", key)
        return reverse("admin:sources_source_cited_by", args=[citation.source_id])


def passage_address(citation: Citation, article: Article | None = None, key: str = "") -> str:
    """The page of ``citation``'s passage, on the way from the segment ``key`` of ``article``."""
    address = PassagePage.address(citation.pk)
    return f"{address}?{urlencode({'article': article.pk, 'place': key})}" if article else address


def _article(request) -> Article | None:
    pk = number(request, "article")
    return Article.objects.visible_to(request.user).filter(pk=pk).first() if pk else None


def _snapshots(citation: Citation, held: Snapshot | None) -> list[Snapshot]:
    found = list(Snapshot.objects.filter(source=citation.source_id).defer("found")[:SNAPSHOTS])
    return [*found, held] if held and held not in found else found


def _wanted(request, snapshots: list[Snapshot]) -> Snapshot | None:
    """The capture that was asked for, if one was."""
    asked = request.POST.get("snapshot") or request.GET.get("snapshot")
    return next((snapshot for snapshot in snapshots if snapshot.public_id == asked), None)


def _read(snapshot: Snapshot | None) -> Reading | None:
    """None where there is no capture, or none that can be taken for the source, or its text was sealed."""
    text = texts_of([snapshot]).get(snapshot.pk) if snapshot and not snapshot.obstacle else None
    if text is None:
        return None
    pages = SnapshotText.objects.filter(snapshot=snapshot).values_list("pages", flat=True).first()
    # A text that was sealed a moment ago may still be at hand.
    return None if pages is None else Reading(text, pages)


def _wordings(article: Article | None, citation: Citation, first: str | None) -> list[tuple[str, str]]:
    """Key and wording of the sentences of ``article`` that rest on what the citation is of, the one with the key
    ``first`` before the others."""
    if article is None:
        return []
    record = (citation.claim or citation.quote).public_id
    found = [
        (segment.key, block.text[segment.start : segment.end])
        for block in parse_html(article.body).blocks
        for segment in block.segments
        if record == segment.claim or record in segment.quotes
    ]
    return sorted(found, key=lambda pair: pair[0] != first)


def _offers(citation: Citation, wordings, reading: Reading | None, bound: ActForm | None) -> list[Offer]:
    if reading is None:
        return []
    if isinstance(bound, ChooseForm) and bound.occurrences:
        return offers_at(bound.occurrences, reading.text)
    wording = (
        wordings[0][1] if wordings else str(citation.claim.label if citation.claim else citation.quote.words)
    )
    return offers_for(citation, wording, reading.text)


def _place(citation: Citation, snapshot: Snapshot | None, reading: Reading | None) -> tuple[int, int] | None:
    """Where the citation's own passage stands in the capture that is shown, if that is its capture."""
    if reading is None or snapshot.pk != citation.snapshot_id:
        return None
    span = locate(Passage(citation.exact, citation.prefix, citation.suffix), reading.text)
    return (span.start, span.end) if span else None


def _here(request, snapshot: Snapshot | None) -> str:
    """The address of this page but for the part of the text, ending so that more can follow."""
    kept = {name: request.GET[name] for name in ("article", "place") if name in request.GET}
    kept |= {"snapshot": snapshot.public_id} if snapshot else {}
    return f"{request.path}?{urlencode(kept)}&" if kept else f"{request.path}?"


def _shown(request, reading: Reading | None, place, offers: list[Offer]) -> dict:
    """The part of the text around what was asked for, the passage, or the first offer."""
    if reading is None:
        return {}
    marks = [Mark(*place, "passage", str(_("the passage")))] if place else []
    marks += [Mark(offer.start, offer.end, offer.kind, str(MARKS[offer.kind])) for offer in offers]
    at = number(request, "at")
    if at is None:
        at = marks[0].start if marks else 0
    return {"part": part_around(reading.text.original, at, pages=reading.pages, marks=marks)}


def _choose(citation: Citation, snapshot: Snapshot, user, bound: ActForm | None) -> ActForm:
    # What was typed when it was cited is looked for here.
    words = citation.exact if citation.snapshot_id is None else ""
    known = {"snapshot": snapshot.public_id, "locator": citation.locator, "words": words}
    return form_at(ChooseForm, citation, user, "", bound, **known)


def _sight(citation: Citation, snapshot: Snapshot, user, bound: ActForm | None) -> dict:
    """Who saw it by eye in ``snapshot`` as it stands, and the form for whoever may say so."""
    fingerprint = fingerprint_of_sight(citation, snapshot)
    sightings = Sighting.objects.filter(fingerprint=fingerprint).select_related("by")
    may_sight = may(user, "sight") and user.pk not in {citation.chosen_by_id} | handed_over_by(snapshot)
    form = form_at(SightForm, citation, user, "", bound, fingerprint=fingerprint) if may_sight else None
    return {"sightings": list(sightings), "sight": form}
