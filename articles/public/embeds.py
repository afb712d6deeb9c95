"""Cards that other sites show in a frame: small pages without script or cookie, which any site may frame."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles import embedding
from articles.embedding import Card, Gone
from articles.public.former import moved_from
from articles.public.views import HTML
from articles.purging import LISTS, article_key
from articles.rendering.corrections import heading
from articles.rendering.dates import day, day_of
from articles.rendering.pages import article_path, interface_language, page_html, static_url
from newsroom.core.answering import NotThere, answer_made, moved_for_good
from newsroom.core.own_address import own_origin

# For these pages alone: everywhere else nobody may frame us.
POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


def framed(view):
    """A view whose answers any site may show in a frame."""
    return xframe_options_exempt(csp_override(POLICY)(require_safe(view)))


@framed
def sentence(request, slug: str, key: str):
    """The card of one sentence; 410 with a notice once it is gone. 404 for what was never public."""
    now = timezone.now()
    found = embedding.sentence_card(slug, key, now=now)
    if found is None:
        moved = moved_from(slug, now=now)
        if moved.taken_down:
            raise NotThere(article_key(slug))
        return moved_for_good(reverse("embed-sentence", args=[moved.slug, key]), [article_key(slug)])
    return _answer(request, found)


@framed
def claim(request, public_id: str):
    """As :func:`sentence`, for the newest sentence that rests on a claim."""
    return _answer(request, embedding.claim_card(public_id, now=timezone.now()))


@framed
def quote(request, public_id: str):
    """As :func:`sentence`, for a quote."""
    return _answer(request, embedding.quote_card(public_id, now=timezone.now()))


def _answer(request, found: Card | Gone | None) -> HttpResponse:
    if found is None:
        raise NotThere(LISTS)
    if isinstance(found, Gone):
        html = _notice_html(found)
    else:
        html = _card_html(found, own_origin(request))
    return answer_made(
        request,
        html.encode(),
        content_type=HTML,
        status=410 if isinstance(found, Gone) else 200,
        keys=[article_key(found.slug), LISTS],
    )


def _card_html(card: Card, origin: str) -> str:
    article, quote = card.article, card.quote
    place = f"{origin}{article_path(card.slug)}#s-{card.statement['key']}"
    with translation.override(interface_language(article["language"])):
        said_by, corrected = attribution(card), ""
        if card.corrected_at:
            corrected = day_of(datetime.fromisoformat(card.corrected_at))
        published = day_of(datetime.fromisoformat(article["changed_at"]))
        copied = as_text(card, place, published["text"])
    return page_html(
        "articles/embed.html",
        article["language"],
        style=static_url("embed.css"),
        card=card,
        foreign=card.language if card.language != article["language"] else "",
        original=quote["original"] if quote else "",
        original_language=quote["original_language"] if quote else "",
        said_by=said_by,
        place=place,
        corrected=corrected,
        published=published,
        copied=copied,
    )


def _notice_html(gone: Gone) -> str:
    with translation.override(interface_language(gone.language)):
        title = heading(gone.kind) if gone.kind else _("No longer in our article")
    return page_html(
        "articles/embed_gone.html",
        gone.language,
        style=static_url("embed.css"),
        gone=gone,
        title=title,
        article=article_path(gone.slug) if gone.headline else "",
    )


def attribution(card: Card) -> str:
    """Who said it, in which role, on what occasion and when, in the active language; nothing for our own words."""
    if card.quote is None:
        return ""
    quote = card.quote
    who = quote["speaker"]["name"] if quote["speaker"] else ""
    said_on = day(quote["said_on"])
    parts = [who, quote["role"], quote["occasion"], said_on["text"] if said_on else ""]
    return ", ".join(filter(None, parts))


def as_text(card: Card, place: str, published: str) -> str:
    """The words to be copied, with who said them, where they stand, as of when, and the address, in the active
    language."""
    # Translators: words in the language's quotation marks.
    words = _("“%(words)s”") % {"words": card.words} if card.quote else card.words
    said = " – ".join(filter(None, [words, attribution(card)]))
    return "\n".join([said, f"{card.article['headline']} ({published})", place])
