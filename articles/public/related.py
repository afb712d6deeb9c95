"""What else there is on what an article is about: by the claims and the treaties that editions share.

A page of its own, so that no article's page holds another's headline. What is found is bounded, however many articles
share a claim or a treaty.
"""

import json
from collections import Counter
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles.models import Edition, EditionSubject, Rendering
from articles.public.views import HTML, at_address
from articles.purging import LISTS, article_key
from articles.rendering.dates import day, day_of
from articles.rendering.pages import address, article_path, interface_language, page_html
from articles.rules.subjects import About
from articles.subjects import merged_with, records_of
from newsroom.core.answering import answer_made

# Shown; looked at of what shares one subject; subjects asked about.
MOST, NEWEST, SUBJECTS = 5, 10, 200
# A claim is worth more than a treaty, under which everything may be.
WEIGHTS = {About.CLAIM: 3, About.TREATY: 1}


@require_safe
def related(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles that share most with this one, newest first among equals; two queries, three where claims were
    merged.

    Its language versions are none of them. Where the article is gone or moved, its own answer.
    """
    now = timezone.now()
    subjects = _subjects(slug, now=now)
    if not subjects:
        return at_address(request, slug, now=now)
    language = next(value for kind, value, _found in subjects if kind == About.LANGUAGE)
    with translation.override(interface_language(language)):
        entries = _entries(subjects)
    html = page_html(
        "articles/related.html",
        language,
        entries=entries,
        article=article_path(slug),
        canonical=address(reverse("related", args=[slug])),
    )
    keys = [article_key(slug), LISTS]
    response = answer_made(request, html.encode(), content_type=HTML, keys=keys)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _subjects(slug: str, *, now: datetime) -> list[tuple[str, str, list[int]]]:
    """Kind and value of what the listed article is about, with the newest others (editions) that are about it too, or
    about a claim that was merged with it."""
    of_it = Coalesce("edition__translation_of", "edition__article")
    others = _newest(now, OuterRef("kind"), OuterRef("value"), OuterRef("root"))
    own = EditionSubject.objects.filter(
        edition__in=Edition.objects.listed(now).filter(article__slug=slug).order_by(),
        kind__in=[About.LANGUAGE, *WEIGHTS],
    )
    found = own.annotate(root=of_it).annotate(
        others=ArraySubquery(others), merged=ArraySubquery(merged_with(About.CLAIM, "value"))
    )
    # Languages and treaties sort behind claims, of which there may be very many.
    columns = ("kind", "value", "others", "merged", "root")
    rows = list(found.order_by("-kind", "value").values_list(*columns)[:SUBJECTS])
    # Editions go on naming a claim by its own id.
    merged = {public_id for _kind, value, _others, ids, _root in rows for public_id in ids} - {
        value for _kind, value, *_rest in rows
    }
    more = _about_claims(sorted(merged)[:SUBJECTS], rows[0][4], now=now) if merged else {}
    return [
        (kind, value, [*others, *(edition for public_id in ids for edition in more.get(public_id, ()))])
        for kind, value, others, ids, _root in rows
    ]


def _newest(now: datetime, kind, value, root) -> QuerySet:
    """The newest editions of other articles about a subject; the language versions of ``root`` are not among them."""
    listed = Edition.objects.listed(now).order_by()
    named = EditionSubject.objects.filter(kind=kind, value=value, kind__in=list(WEIGHTS), edition__in=listed)
    others = named.annotate(root=Coalesce("edition__translation_of", "edition__article")).exclude(root=root)
    return others.order_by("-list_key").values("edition")[:NEWEST]


def _about_claims(public_ids: list[str], root: int, *, now: datetime) -> dict[str, list[int]]:
    """By the public id of each claim, the newest others about it. One query."""
    others = _newest(now, Value(About.CLAIM), OuterRef("public_id"), root)
    found = records_of(About.CLAIM, public_ids).annotate(others=ArraySubquery(others))
    return dict(found.order_by().values_list("public_id", "others"))


def _entries(subjects: list[tuple[str, str, list[int]]]) -> list[dict]:
    shared: Counter[int] = Counter()
    for kind, _value, editions in subjects:
        shared.update(dict.fromkeys(editions, WEIGHTS.get(kind, 0)))
    # The newest of equals has the greatest row id, or nearly: what is shown is put in order by what it says.
    best = sorted(shared, key=lambda edition: (shared[edition], edition), reverse=True)[:MOST]
    cards = Rendering.objects.filter(edition__in=best, representation=Rendering.Representation.CARD)
    told = {edition: json.loads(bytes(card)) for edition, card in cards.values_list("edition", "plain")}
    return [_entry(told[edition]) for edition in best if edition in told]


def _entry(card: dict) -> dict:
    archive = card["archive"]
    return {
        "address": card["address"],
        "headline": card["headline"],
        "language": card["language"],
        "date": day(archive["published_on"])
        if archive
        else day_of(datetime.fromisoformat(card["first_published_at"])),
    }
