"""The pictures that stand beside links to articles on other sites, as long as readers may open the edition."""

import json

from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.illustrating.cropping import cropped
from articles.models import Edition, Rendering
from articles.purging import article_key
from articles.rendering.figures import shown_figures, widest_jpeg
from articles.rendering.social_card import card_etag, card_png, told_on_card
from articles.rules.cropping import WIDTH
from newsroom.core.answering import NotThere, answer_file, etag_of


@require_safe
def social_card(request, public_id: str):
    """The picture of one edition: one query, and made only for whoever has not got it.

    404 for what nobody may read, for what was never there and for what is gone: nobody can tell these apart.
    """
    readable = Edition.objects.readable(timezone.now()).with_text()
    found = readable.filter(public_id=public_id, renderings__representation=Rendering.Representation.CARD)
    entry = found.order_by().values_list("renderings__plain", flat=True).first()
    if entry is None:
        raise NotThere
    entry = json.loads(bytes(entry))
    told = told_on_card(entry)
    keys = [article_key(entry["slug"]), article_key(entry["id"])]
    return _drawn(request, lambda: card_png(told), card_etag(told), "image/png", keys)


@require_safe
def social_crop(request, public_id: str):
    """What is cut from the first picture of one edition: one query, and made only for whoever has not got it.

    404 as for :func:`social_card`, and where the edition shows no picture.
    """
    readable = Edition.objects.readable(timezone.now()).with_text()
    document = readable.filter(public_id=public_id).values_list("content__document", flat=True).first()
    document = document and json.loads(document)
    figures = shown_figures(document["content"]["blocks"]) if document else []
    if not figures:
        raise NotThere
    image = figures[0]["figure"]["image"]
    digest, focal = widest_jpeg(image)["digest"], tuple(image["focal"])
    keys = [article_key(document["article"]["slug"]), article_key(document["article"]["id"])]
    etag = etag_of(f"{digest} {focal} {WIDTH}".encode())
    return _drawn(request, lambda: cropped(digest, focal), etag, "image/jpeg", keys)


def _drawn(request, make, etag: str, content_type: str, keys: list[str]):
    response = answer_file(request, make, etag=etag, content_type=content_type, keys=keys)
    if response is None:
        raise NotThere
    # Shown in a page, or opened alone: drawn, and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
