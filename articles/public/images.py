"""The files of pictures, as long as an edition that readers may open shows them."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.illustrating.showing import public_rendition
from articles.purging import article_key
from articles.rendering.figures import TYPES
from newsroom.core.answering import NotThere, answer_file


@require_safe
def image(request, digest: str, form: str):
    """One rendition: asked of the database each time, its bytes read only by whoever has not got them.

    Lifetimes are those of pages: a picture that was taken down must not outlive its page by a cache. 404 for what
    nobody may see, for what was never there, and for what is gone: nobody can tell these apart.
    """
    found = public_rendition(digest, form, now=timezone.now())
    response = found and answer_file(
        request, found.read, etag=digest, content_type=TYPES[form], keys=[article_key(found.article)]
    )
    if not response:
        raise NotThere
    # Shown in a page, or opened alone: drawn, and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
