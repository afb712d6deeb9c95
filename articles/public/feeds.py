"""Feeds: the newest articles in full, of all or of one subject, and the newest corrections."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import following
from articles.models import Edition, Rendering
from articles.pinging import links
from articles.public.feed_entries import (
    Entry,
    Gone,
    article_entry,
    correction_entry,
    entry_id,
    gone_article,
    gone_correction,
)
from articles.public.feed_forms import FORMS, Feed
from articles.public.fronts import Page, finished
from articles.purging import LISTS
from articles.rendering.pages import article_path
from articles.rules.after_publication import Shows, shows
from articles.rules.subjects import About, Subject
from newsroom.core.answering import NotThere, accepts_gzip, answer
from newsroom.core.own_address import own_origin

ENTRIES, MOST_GONE = 50, 100
# What is gone is told for this long (RFC 6721), the newest of it if there is very much.
GONE_FOR = timedelta(days=30)
# Acts of one moment come to light one after the other, and moments are told in whole seconds.
SETTLED = timedelta(minutes=1)
# By the name in its address, what a feed may be about; and where the API's article names such subjects.
SUBJECTS = {
    "treaties": About.TREATY,
    "authors": About.AUTHOR,
    "tags": About.TAG,
    "sections": About.SECTION,
}
NAMED = {
    About.TREATY: ("treaties", "title"),
    About.AUTHOR: ("bylines", "name"),
    About.TAG: ("tags", "name"),
    About.SECTION: ("section", "name"),
}
KEPT = 12

# Finished feeds by all that they were made from: digests, ids, moments and short notices.
_made: dict[tuple, Page] = {}


@require_safe
def articles(request, form: str):
    """The newest listed articles, by the moments of their current editions. At most three queries."""
    now, origin = timezone.now(), own_origin(request)
    # In this order: what goes in between is told as gone, and as nothing else.
    listed, went = _listed(now), _went(now)
    gone_ids = {row[0] for row in went}
    listed = [row for row in listed if row[0] not in gone_ids]

    def make() -> Feed:
        description = _("What %(name)s has published, newest first") % {"name": settings.NEWSROOM_NAME}
        gone = [_gone(*row, origin=origin) for row in went]
        title = settings.NEWSROOM_NAME
        entries = [article_entry(detail, moment=at, origin=origin) for detail, at in _details(listed)]
        return _feed(request, "articles", title, description, entries, gone)

    since = _since(listed, went, now=now)
    return _answer(request, form, ("articles", form, origin, *listed, *went), make, modified=since)


@require_safe
def about(request, of: str, slug: str, form: str):
    """The newest listed articles about one treaty, by one author, with one tag or of one section: those that first
    appeared last. At most three queries; 404 where no article is about it, nor was one that went.

    What was taken down is told as gone in every such feed: nobody can tell any more what it was about.
    """
    now, origin, kind = timezone.now(), own_origin(request), SUBJECTS[of]
    listed, went = _listed(now, (kind, slug)), _went(now, (kind, slug))
    if not listed and not any(was_about for *_told, was_about in went):
        raise NotThere(LISTS)
    told = [row for *row, was_about in went if was_about or shows(row[2]) == Shows.TAKEN_DOWN]
    gone_ids = {row[0] for row in told}
    listed = [row for row in listed if row[0] not in gone_ids]

    def make() -> Feed:
        details = _details(listed)
        name = next(filter(None, (_name_in(detail, kind, slug) for detail, _moment in details)), slug)
        title = _("%(name)s: %(subject)s") % {"name": settings.NEWSROOM_NAME, "subject": name}
        description = _("What %(name)s has published, newest first") % {"name": settings.NEWSROOM_NAME}
        entries = [article_entry(detail, moment=moment, origin=origin) for detail, moment in details]
        gone = [_gone(*row, origin=origin) for row in told]
        return _feed(request, f"{of}-{slug}", title, description, entries, gone)

    return _answer(request, form, (of, slug, form, origin, *listed, *map(tuple, told)), make)


@require_safe
def corrections(request, form: str):
    """The newest corrections, clarifications and retractions that can be read. Three queries."""
    now, origin = timezone.now(), own_origin(request)
    # In this order, as above.
    found = following.corrections(now=now, limit=ENTRIES)
    closed = following.corrections_gone(now=now, since=now - GONE_FOR, limit=MOST_GONE)
    gone_ids = {public_id for public_id, _moment in closed}
    logged = [one.entry for one in found if one.entry and one.entry["id"] not in gone_ids]

    def make() -> Feed:
        name = {"name": settings.NEWSROOM_NAME}
        entries = [correction_entry(entry, origin=origin) for entry in logged]
        gone = [gone_correction(public_id, moment) for public_id, moment in closed]
        title, description = _("%(name)s: corrections"), _("What %(name)s has set right, newest first")
        return _feed(request, "corrections", title % name, description % name, entries, gone)

    # A receipt never changes; what is told of its article does.
    told = [(entry["id"], *entry["article"].values()) for entry in logged]
    return _answer(request, form, ("corrections", form, origin, *told, *closed), make)


def _listed(now: datetime, subject: Subject | None = None) -> list[tuple]:
    """Public id, row key and digest of the API's rendering, since when that is made, and moment, of the newest: of all
    by when they show, about ``subject`` by when they first appeared, which is one walk along its index. One query."""
    rows = Edition.objects.listed(now).filter(renderings__representation=Rendering.Representation.API)
    rows = rows.newest_entries_about(subject[0], [subject[1]]) if subject else rows.newest_shown()
    rendering = ("renderings__pk", "renderings__etag", "renderings__made_at")
    columns = ("article__public_id", *rendering, "release__showing__startswith")
    return list(rows.values_list(*columns)[:ENTRIES])


def _since(listed: list[tuple], went: list[tuple], *, now: datetime) -> datetime | None:
    """Since when the feed of everything is as it is: the last moment of what it tells. None as long as an act of then
    may still come to light, or where a moment tells too much.

    Of other feeds this cannot be said: what no longer belongs to a subject, or is called otherwise by now, leaves no
    moment behind.
    """
    moments = [moment for *_told, made_at, at in listed for moment in (made_at, at)]
    moments += [at for *_told, at in went]
    if not moments or None in moments:
        return None
    newest = max(moments)
    return newest if newest <= now - SETTLED else None


def _details(listed: list[tuple]) -> list[tuple[dict, datetime]]:
    """The API's JSON, and the moment, of what :func:`_listed` found; less what was closed off meanwhile. One query."""
    found = Rendering.objects.in_bulk([key for _id, key, *_rest in listed])
    return [
        (json.loads(bytes(found[key].plain)), moment) for _id, key, *_rest, moment in listed if key in found
    ]


def _name_in(detail: dict, kind: About, slug: str) -> str:
    """What ``detail`` calls the subject, in one of the fields that name such subjects."""
    field, named = NAMED[kind]
    told = detail[field] or []
    return next(
        (one[named] for one in ([told] if isinstance(told, dict) else told) if one["slug"] == slug), ""
    )


def _went(now: datetime, subject: Subject | None = None) -> list[tuple]:
    """Public id, slug, kind, document and moment of what stands in the place of an article that went; with a
    ``subject`` also whether an edition of the article was about it. One query."""
    rows = Edition.objects.current(now).with_gone().annotate(went=F("release__showing__startswith"))
    columns = ["article__public_id", "article__slug", "kind", "content__document", "went"]
    if subject:
        earlier = Edition.objects.released(now).filter(article=OuterRef("article")).about(*subject)
        rows = rows.annotate(was_about=Exists(earlier.order_by()))
        columns.append("was_about")
    newest = rows.filter(gone=True, went__gte=now - GONE_FOR).order_by("-went", "-pk")
    return list(newest.values_list(*columns)[:MOST_GONE])


def _gone(public_id: str, slug: str, kind: str, document: str | None, went: datetime, *, origin: str) -> Gone:
    notice = json.loads(document) if document else None
    return gone_article(public_id, kind, origin + article_path(slug), notice, went)


def _feed(request, which: str, title: str, description: str, entries: list[Entry], gone: list[Gone]) -> Feed:
    origin = own_origin(request)
    return Feed(
        id=entry_id("feed", which),
        name=settings.NEWSROOM_NAME,
        title=title,
        description=description,
        language=settings.LANGUAGE_CODE,
        home=origin + reverse("home"),
        own=origin + request.path,
        entries=entries,
        gone=gone,
    )


def _answer(
    request, form: str, made_from: tuple, make: Callable[[], Feed], *, modified: datetime | None = None
):
    content_type, write = FORMS[form]
    page = _made.get(made_from)
    if page is None:
        with translation.override(settings.LANGUAGE_CODE):
            plain = write(make())
        page = finished(plain)
        if len(_made) >= KEPT:
            _made.clear()
        _made[made_from] = page
    gzipped = accepts_gzip(request)
    response = answer(
        request,
        page.gzipped if gzipped else page.plain,
        etag=page.etag,
        content_type=content_type,
        gzipped=gzipped,
        keys=[LISTS],
        modified=modified,
    )
    if told := links(own_origin(request) + request.path, request.resolver_match.url_name):
        response.headers["Link"] = told
    return response
