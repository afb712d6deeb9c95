"""What search engines are told: every listed article, those of the last two days as news, and where to find both."""

import json
from datetime import timedelta
from io import StringIO

from django.conf import settings
from django.db.models import F, Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.models import Edition, Rendering
from articles.public.feed_entries import writable
from articles.public.sitemap_records import files, paths
from articles.purging import LISTS
from articles.rendering.entries import utc
from articles.rendering.pages import article_path
from newsroom.core.answering import NotThere, answer_made
from newsroom.core.cursors import key_at
from newsroom.core.own_address import own_origin

XML = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

# Articles in one file: by the ranges of their row keys, so that each stays in its file and none is skipped over.
BLOCK = 5_000
# As Google reads them: first published in the last two days, and at most so many.
NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1_000

# Forms about sentences are made anew for each who asks: machines need not.
ROBOTS = (
    "User-agent: *\nDisallow: /admin/\nDisallow: /articles/*/report/\n\nSitemap: {index}\nSitemap: {news}\n"
)


@require_safe
def index(request):
    """The files that have something to name. Two queries."""
    now = timezone.now()
    listed = Edition.objects.listed(now).annotate(block=(F("article") - 1) / BLOCK)
    blocks = listed.order_by("block").values_list("block").annotate(Max("release__showing__startswith"))
    origin = own_origin(request)
    xml = _Written("sitemapindex", {"xmlns": SITEMAP})
    for block, changed in blocks:
        xml.add(
            "sitemap", [("loc", origin + reverse("sitemap", args=[block + 1])), ("lastmod", utc(changed))]
        )
    for of, number in files(now):
        xml.add("sitemap", [("loc", origin + reverse("sitemap-of", args=[of, number]))])
    return _answer(request, xml)


@require_safe
def block_of(request, of: str, number: str):
    """One file of records that listed articles name. One query; 404 if it names none."""
    origin = own_origin(request)
    xml = _Written("urlset", {"xmlns": SITEMAP})
    for path in paths(of, int(number), timezone.now()):
        xml.add("url", [("loc", origin + path)])
    if not xml.entries:
        raise NotThere(LISTS)
    return _answer(request, xml)


@require_safe
def block(request, number: str):
    """One file of listed articles, each with the moment of its current edition. One query; 404 if it names none."""
    first = (int(number) - 1) * BLOCK + 1
    listed = Edition.objects.listed(timezone.now()).filter(article__gte=first, article__lt=first + BLOCK)
    rows = listed.order_by("article_id").values_list("article__slug", "release__showing__startswith")
    origin = own_origin(request)
    xml = _Written("urlset", {"xmlns": SITEMAP})
    for slug, changed in rows:
        xml.add("url", [("loc", origin + article_path(slug)), ("lastmod", utc(changed))])
    if not xml.entries:
        raise NotThere(LISTS)
    return _answer(request, xml)


@require_safe
def news(request):
    """Articles first published in the last two days, newest first. One query.

    A corrected one keeps the moment at which it first appeared; an archive story appeared long ago.
    """
    now, origin = timezone.now(), own_origin(request)
    rows = Edition.objects.listed(now).filter(
        renderings__representation=Rendering.Representation.CARD,
        renderings__list_key__gte=key_at(now - NEWS_FOR),
    )
    cards = rows.order_by("-renderings__list_key").values_list("renderings__plain", flat=True)[:MOST_NEWS]
    xml = _Written("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for card in cards:
        told = json.loads(bytes(card))
        publication = [("news:name", settings.NEWSROOM_NAME), ("news:language", told["language"])]
        about = [
            ("news:publication", publication),
            ("news:publication_date", told["first_published_at"]),
            ("news:title", writable(told["headline"])),
        ]
        address = origin + article_path(told["slug"])
        xml.add("url", [("loc", address), ("lastmod", told["changed_at"]), ("news:news", about)])
    return _answer(request, xml)


@require_safe
def robots(request):
    """Where robots may go, and where the sitemaps are."""
    origin = own_origin(request)
    text = ROBOTS.format(index=origin + reverse("sitemap-index"), news=origin + reverse("sitemap-news"))
    return answer_made(request, text.encode(), content_type="text/plain; charset=utf-8")


class _Written:
    """An XML document that is written as entries are added to it."""

    def __init__(self, root: str, attributes: dict[str, str]):
        self.entries = 0
        self._root, self._text = root, StringIO()
        self._xml = SimplerXMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()
        self._xml.startElement(root, attributes)

    def add(self, name: str, children: list[tuple]) -> None:
        """An entry: elements by name, each with its text or with elements of its own."""
        self._element(name, children)
        self.entries += 1

    def finished(self) -> bytes:
        self._xml.endElement(self._root)
        return self._text.getvalue().encode()

    def _element(self, name: str, content) -> None:
        if isinstance(content, str):
            self._xml.addQuickElement(name, content)
            return
        self._xml.startElement(name, {})
        for child, inner in content:
            self._element(child, inner)
        self._xml.endElement(name)


def _answer(request, xml: _Written) -> HttpResponse:
    return answer_made(request, xml.finished(), content_type=XML, keys=[LISTS])
