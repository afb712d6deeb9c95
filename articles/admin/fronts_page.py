"""The page "Fronts": which articles stand first on the home page and on the page of each section."""

import json
import re
from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import reading
from articles.admin.front_forms import FRONT_FORMS, ArrangeForm, BringBackForm, Choice, Front
from articles.admin.preview_page import HEADERS
from articles.arranging import MOST_PINS, arrangeable, is_front_of
from articles.models import Arrangement, Article, Pin, Rendering, Section
from articles.pinned import entries_of
from articles.rendering.lists import HOME, LIST, Listing, list_html
from articles.rules.subjects import About
from newsroom.admin_site import standing_page
from newsroom.core.ids import LENGTH
from newsroom.desk_admin import may_any
from newsroom.desk_forms import ActForm, form_at
from newsroom.desk_pages import tab

# The newest articles that are offered beside those that are pinned; others by their address.
OFFERED = 30
VERSIONS = 20
SECTIONS = 100
# Of what is pinned nobody here reads the text.
PINNED = Prefetch("article", Article.objects.defer("body"))
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}", re.ASCII)


@standing_page("fronts/", "fronts")
def home_front(request):
    return _page(request, None)


@standing_page("fronts/<slug:slug>/", "section_front")
def section_front(request, slug: str):
    section = Section.objects.filter(slug=slug).first()
    if section is None or not is_front_of(request.user, section):
        raise Http404
    return _page(request, section)


def _page(request, section: Section | None):
    if not may_any(request.user, ("arrange",)):
        raise PermissionDenied
    now = timezone.now()
    front, unknown = _front(request, section, now)
    bound = None
    if request.method == "POST":
        bound = _bound(request, front)
        if "preview" in request.POST and isinstance(bound, ArrangeForm) and bound.is_valid():
            return _preview(bound, now)
        if "preview" not in request.POST and bound.carry_out(by=request.user, now=now):
            messages.success(request, bound.done)
            return HttpResponseRedirect(request.path)
    after = front.holds.number if front.holds else 0
    leads = front.holds.leads if front.holds else True
    context = {
        **admin.site.each_context(request),
        "title": section.name if section else _("Home page"),
        "page_title": _("Fronts"),
        "tabs": _tabs(request.user, section),
        "front": front,
        "unknown": unknown,
        "added": request.GET.getlist("add")[:MOST_PINS],
        "most": MOST_PINS,
        "refused": bound,
        "form": form_at(ArrangeForm, front, request.user, "", bound, after=after, leads=leads),
        "versions": _versions(front, request.user, bound, after),
    }
    return TemplateResponse(request, "admin/fronts/page.html", context)


def _bound(request, front: Front) -> ActForm:
    try:
        kind = FRONT_FORMS[request.POST.get("act", "")]
    except KeyError:
        raise BadRequest("unknown act") from None
    return kind(request.POST, about=front, user=request.user)


def _front(request, section: Section | None, now: datetime) -> tuple[Front, list[str]]:
    """The front, and what was typed after which no article is called that could be pinned. A few queries."""
    holds = Arrangement.objects.of(section).first()
    pins = holds.pins.prefetch_related(PINNED).order_by("position") if holds else []
    articles = [pin.article for pin in pins]
    public = arrangeable(now)
    pinned = _choices(public.filter(article__in=articles), request.user, now)
    newest = public.filter(article__section=section) if section else public
    typed = request.GET.getlist("add")[:MOST_PINS]
    slugs = {text: text.strip().rstrip("/").rpartition("/")[2] for text in typed}
    # What was on the screen may have been pushed out of the newest since.
    posted = [name for name in request.POST if len(name) == LENGTH][: 2 * OFFERED]
    asked = public.filter(article__slug__in=filter(_SLUG.fullmatch, slugs.values()))
    asked |= public.filter(article__public_id__in=posted)
    added = _choices(asked, request.user, now) if typed or posted else {}
    others = added | _choices(newest, request.user, now)
    known = {choice.article.slug for choice in (pinned | others).values()}
    front = Front(
        section,
        holds,
        [pinned[article.pk] for article in articles if article.pk in pinned],
        [choice for pk, choice in others.items() if pk not in pinned],
        [article for article in articles if article.pk not in pinned],
    )
    return front, [text for text, slug in slugs.items() if slug not in known]


def _choices(editions, user, now: datetime) -> dict[int, Choice]:
    """By the article's row key, the newest first: what readers can read, and of what waits what ``user`` may know of.

    Two queries.
    """
    cards = editions.filter(renderings__representation=Rendering.Representation.CARD)
    cards = cards.order_by("-release__showing__startswith", "-pk")
    rows = list(
        cards.values_list("article_id", "renderings__plain", "release__showing__startswith")[:OFFERED]
    )
    articles = Article.objects.defer("body").in_bulk({pk for pk, _card, _moment in rows})
    found: dict[int, Choice] = {}
    for pk, card, moment in rows:
        waits = moment if moment > now else None
        # An article with a further edition on its way is told by what readers have.
        if (waits is None or pk not in found) and (waits is None or articles[pk].is_in_scope_of(user)):
            found[pk] = Choice(articles[pk], json.loads(bytes(card))["headline"], waits)
    return found


def _tabs(user, current: Section | None) -> list[dict]:
    fronts = [tab(_("Home page"), reverse("admin:fronts"), current=current is None)]
    for section in Section.objects.order_by("position", "name")[:SECTIONS]:
        if is_front_of(user, section):
            url = reverse("admin:section_front", args=[section.slug])
            fronts.append(tab(section.name, url, current=section == current))
    return fronts


def _versions(front: Front, user, bound, after: int) -> list[tuple]:
    """The arrangements so far with their articles, and a form for each but the one that holds. Two queries."""
    earlier = Arrangement.objects.of(front.section).select_related("made_by")
    earlier = list(
        earlier.prefetch_related(Prefetch("pins", Pin.objects.prefetch_related(PINNED)))[:VERSIONS]
    )
    return [
        (
            one,
            [pin.article for pin in one.pins.all()],
            form_at(BringBackForm, front, user, str(one.number), bound, after=after, number=one.number)
            if one.number != after
            else None,
        )
        for one in earlier
    ]


def _preview(form: ArrangeForm, now: datetime) -> HttpResponse:
    """The first page as readers would see it now: what waits for its moment is not on it yet. Two queries."""
    section = form.about.section
    chosen = [article.pk for article in form.chosen(form.cleaned_data)]
    entries = entries_of(chosen, now=now)
    pinned = [entries[pk] for pk in chosen if pk in entries]
    about = [(About.SECTION, (section.slug,))] if section else []
    newest = reading.cards(now=now, before=None, limit=OFFERED, about=about)
    listing = Listing(HOME, reverse("home"))
    if section:
        facts = {"flag": _("Section"), "heading": section.name}
        listing = Listing(LIST, reverse("section", args=[section.slug]), facts)
    html = list_html(
        listing,
        [card.body for card in newest if card not in pinned],
        pinned=[card.body for card in pinned],
        leads=form.cleaned_data["leads"],
        preview=True,
    )
    return HttpResponse(html, headers=HEADERS)
