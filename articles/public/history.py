"""The editions of an article that can be opened, and what each changed."""

import json

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import reading
from articles.models import Edition
from articles.public import links
from articles.public.views import HTML, at_address
from articles.purging import article_key
from articles.receipts import told
from articles.rendering.corrections import heading, notice
from articles.rendering.dates import moment
from articles.rendering.pages import address, article_path, interface_language, page_html
from articles.rules.kinds import Kind
from newsroom.core.answering import NotThere, answer_made

EDITIONS = 50


@require_safe
def history(request, slug: str):
    """Number, kind, moment, note and differences of each edition, newest first; ``?before=`` goes on where a page
    ended. Two queries. Where nothing can be opened, the answer of the article's own address if it is gone or moved.
    """
    now = timezone.now()
    before = request.GET.get("before")
    number = _number(slug, before) if before is not None else None
    editions = reading.editions_readable(slug, now=now)
    if number is not None:
        editions = editions.filter(number__lt=number)
    rows = list(editions.select_related("release", "correction").order_by("-number")[: EDITIONS + 1])
    if all(edition.gone for edition in rows):
        instead = at_address(request, slug, now=now)
        if instead.status_code in (301, 410):
            return instead
        if not rows:
            raise NotThere(article_key(slug))
    current = Edition.objects.current(now).filter(article__slug=slug).order_by()
    showing = current.values_list("kind", "content__document").first()
    if showing is None or showing[1] is None:  # Sealed since they were looked up.
        raise NotThere(article_key(slug))
    html = _page(slug, rows[:EDITIONS], *showing, more=len(rows) > EDITIONS, later=number is not None)
    response = answer_made(request, html.encode(), content_type=HTML, keys=[article_key(slug)])
    response.headers["Link"] = ", ".join([links.original(slug, "latest-version"), links.timemap(slug)])
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _number(slug: str, asked: str) -> int:
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return int(asked)
    raise NotThere(article_key(slug))


def _page(slug: str, editions: list[Edition], kind: str, document: str, *, more: bool, later: bool) -> str:
    """The page of these editions; ``kind`` and ``document`` are those of the edition that shows now."""
    content = json.loads(document)["content"]
    language = content["language"]
    path = reverse("article-history", args=[slug])
    with translation.override(interface_language(language)):
        entries = [_entry(edition, slug) for edition in editions]
    return page_html(
        "articles/history.html",
        language,
        headline=content["headline"]["text"],
        retracted=kind == Kind.RETRACTION,
        entries=entries,
        later=later,
        next=f"{path}?before={editions[-1].number}" if more else "",
        article=article_path(slug),
        canonical=address(path),
    )


def _entry(edition: Edition, slug: str) -> dict:
    correction = getattr(edition, "correction", None)
    own = reverse("edition", args=[slug, edition.number])
    entry = {
        "number": edition.number,
        "kind": _("Small edit") if edition.kind == Kind.MINOR else heading(edition.kind),
        "grave": edition.kind in (Kind.CORRECTION, Kind.CLARIFICATION, Kind.RETRACTION),
        "open": edition.kind != Kind.MINOR,
        "at": moment(edition.release.showing.lower),
        "address": "" if edition.gone else own,
    }
    if correction is None or edition.kind == Kind.TAKE_DOWN:
        return entry
    correction.edition = edition
    return entry | {"told": notice(told(correction), base=own)}
