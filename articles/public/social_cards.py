"""The pictures that stand beside links to articles on other sites, as long as readers may open the edition."""

import json

from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Edition, Rendering
from articles.purging import article_key
from articles.rendering.social_card import card_etag, card_png, told_on_card
from newsroom.core.answering import NotThere, answer_file


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
    response = answer_file(
        request,
        lambda: card_png(told),
        etag=card_etag(told),
        content_type="image/png",
        keys=[article_key(entry["slug"]), article_key(entry["id"])],
    )
    # Shown in a page, or opened alone: drawn, and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
