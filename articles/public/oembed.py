"""oEmbed 1.0: another site pastes an address of ours and asks what to show (../shared/standards/10-oembed.md).

The address is looked up among our own and never opened. What is retracted answers as a link whose title says so, for a
site that asks again must not go on showing the old card; what is otherwise gone is not found.
"""

import re
from datetime import datetime
from html import escape
from math import ceil
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from articles import embedding
from articles.embedding import Card, Gone
from articles.public.embeds import attribution
from articles.purging import LISTS, article_key
from articles.rendering.figures import public_picture
from articles.rendering.pages import byline, interface_language
from articles.rules.kinds import Kind
from newsroom.core.answering import NotThere, answer_made, as_json, with_keys
from newsroom.core.ids import PUBLIC_ID
from newsroom.core.own_address import own_hosts, own_origin

LONGEST = 2000
# In seconds: corrections must travel.
CACHE_AGE = 300
# Of a card, in pixels: as wide as a column of text, never so narrow or low that nothing can be read.
WIDTH, NARROWEST, LOWEST = 480, 160, 90
# Nobody shows a larger picture beside a link.
THUMBNAIL = 1200
_SIZE = re.compile(r"[1-9][0-9]{0,4}")
_SLUG, _KEY, _ID = (
    r"(?P<slug>[-a-zA-Z0-9_]+)",
    r"(?P<key>[0-9a-z]{1,10})",
    rf"(?P<public_id>{PUBLIC_ID.pattern})",
)
_ARTICLE = re.compile(rf"/articles/{_SLUG}/?")
_SENTENCE = re.compile(rf"/articles/{_SLUG}/sentences/{_KEY}/?")
_RECORD = re.compile(rf"/(?P<kind>claims|quotes)/{_ID}/?")
_FRAGMENT = re.compile(rf"s-{_KEY}")
_TYPES = {"json": "application/json", "xml": "text/xml; charset=utf-8"}


@require_safe
def oembed(request):
    """What to show for ``?url=``: a card (``rich``) for a sentence, claim or quote, a ``link`` for an article.

    404 for what is not ours or not public, 501 for a format that is not offered, 400 for a size that is none. Any site
    may ask.
    """
    form = request.GET.get("format", "json")
    if form not in _TYPES:
        return _plain(501, "format is json or xml")
    width, height = (request.GET.get(name, "") for name in ("maxwidth", "maxheight"))
    if any(size and not _SIZE.fullmatch(size) for size in (width, height)):
        return _plain(400, "maxwidth and maxheight are numbers of pixels")
    origin = own_origin(request)
    found = _found(request.GET.get("url", ""), own_hosts(request), timezone.now())
    if found is None or (isinstance(found, Gone) and found.kind != Kind.RETRACTION):
        raise NotThere(*([article_key(found.slug)] if found else []), LISTS)
    if isinstance(found, Gone):
        told = {"type": "link", "title": f"RETRACTED: {found.headline}"}
    elif isinstance(found, Card):
        told = _card(found, origin, int(width or WIDTH), int(height or 0))
    else:
        told = {"type": "link", "title": found["headline"]} | _author(found)
    if not isinstance(found, Gone):
        article = found.article if isinstance(found, Card) else found
        told |= _thumbnail(article.get("picture"), origin, int(width or 0), int(height or 0))
    told = {"version": "1.0", **told, **_provider(origin), "cache_age": CACHE_AGE}
    body = _xml(told) if form == "xml" else as_json(told)
    slug = found["slug"] if isinstance(found, dict) else found.slug
    response = answer_made(request, body, content_type=_TYPES[form], keys=[article_key(slug), LISTS])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _plain(status: int, message: str) -> HttpResponse:
    response = HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return with_keys(response, [])


def _found(url: str, hosts: set[str], now: datetime) -> Card | Gone | dict | None:
    """What stands at ``url``, if it is an address of ours that has a card: encoded once more, too, and with whatever
    parameters others have added."""
    if len(url) > LONGEST:
        return None
    if re.match(r"(https?)?%(3a|2f)|https?:%2f", url, re.IGNORECASE):
        url = unquote(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or parts.netloc not in {"", *hosts}:
        return None
    if record := _RECORD.fullmatch(parts.path):
        look_up = embedding.claim_card if record["kind"] == "claims" else embedding.quote_card
        return look_up(record["public_id"], now=now)
    if sentence := _SENTENCE.fullmatch(parts.path):
        return embedding.sentence_card(sentence["slug"], sentence["key"], now=now)
    article = _ARTICLE.fullmatch(parts.path)
    if article is None:
        return None
    if at := _FRAGMENT.fullmatch(parts.fragment):
        return embedding.sentence_card(article["slug"], at["key"], now=now)
    return embedding.article(article["slug"], now=now)


def _card(card: Card, origin: str, width: int, height: int) -> dict:
    """The frame in which other sites show a card; ``width`` and ``height`` (0: any) are what they have room for."""
    width = min(width, WIDTH)
    wanted = _height(card, width)
    height = min(wanted, height) if height else wanted
    with translation.override(interface_language(card.article["language"])):
        said_by = attribution(card)
    words = Truncator(card.words).chars(100)
    title = f"{said_by}: {words}" if said_by else words
    html = (
        f'<iframe src="{escape(origin + embed_path(card))}" title="{escape(title)}" width="{width}" height="{height}"'
        ' style="border:0;max-width:100%" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"'
        ' referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    )
    return {
        "type": "rich",
        "title": title,
        **_author(card.article),
        "html": html,
        "width": width,
        "height": height,
    }


def embed_path(card: Card) -> str:
    """Where the card stands."""
    if card.quote:
        return reverse("embed-quote", args=[card.quote["id"]])
    return reverse("embed-sentence", args=[card.slug, card.statement["key"]])


def _height(card: Card, width: int) -> int:
    """So high that most cards need not scroll: by how many lines the words take, set in 18 pixels."""
    text = card.words + (card.quote["original"] if card.quote else "")
    a_line = max(1, (width - 44) // 9)
    headline = ceil((len(card.article["headline"]) + 40) / max(1, (width - 44) // 7))
    flags = bool(card.corrected_at) + card.withdrawn + card.statement["not_yet_checked"]
    return 90 + 27 * ceil(len(text) / a_line) + 23 * (headline + flags + bool(card.quote))


def _thumbnail(picture: dict | None, origin: str, width: int, height: int) -> dict:
    """The largest file of the article's first picture that every program shows and for which there is room (0: any),
    with its measures; nothing where there is none."""
    fitting = [
        each
        for each in (picture or {}).get("renditions", ())
        if each["form"] == "jpg"
        and each["width"] <= (width or THUMBNAIL)
        and each["height"] <= (height or THUMBNAIL)
    ]
    if not fitting:
        return {}
    shown = max(fitting, key=lambda each: each["width"])
    return {
        "thumbnail_url": origin + public_picture(shown["digest"], shown["form"]),
        "thumbnail_width": shown["width"],
        "thumbnail_height": shown["height"],
    }


def _author(article: dict) -> dict:
    with translation.override(interface_language(article["language"])):
        names = byline([person["name"] for person in article["bylines"]])
    return {"author_name": names} if names else {}


def _provider(origin: str) -> dict:
    return {"provider_name": settings.NEWSROOM_NAME, "provider_url": f"{origin}{reverse('home')}"}


def _xml(told: dict) -> bytes:
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = str(value)
    return tostring(root, encoding="utf-8", xml_declaration=True)
