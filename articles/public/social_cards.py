"""The pictures that stand beside links to articles on other sites, as long as readers may open the edition."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Rendering
from articles.purging import article_key
from articles.rendering.social_pictures import social_picture
from newsroom.core.answering import NotThere, answer_file


@require_safe
def social_card(request, public_id: str):
    """The picture of one edition. Two queries, once it is drawn; one for whoever has it already.

    404 for what nobody may read, for what was never there and for what is gone: nobody can tell these apart.
    """
    return _answer(request, public_id, Rendering.Representation.DRAWN, "image/png")


@require_safe
def social_crop(request, public_id: str):
    """What is cut from the first picture of one edition, as :func:`social_card`; 404 where it shows none."""
    return _answer(request, public_id, Rendering.Representation.CUT, "image/jpeg")


def _answer(request, public_id: str, representation: str, content_type: str):
    picture = social_picture(public_id, representation, now=timezone.now())
    if picture is None:
        raise NotThere
    keys = [article_key(name) for name in picture.article]
    response = answer_file(request, picture.read, etag=picture.etag, content_type=content_type, keys=keys)
    if response is None:
        raise NotThere
    # Shown in a page, or opened alone: drawn, and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
