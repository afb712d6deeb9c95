"""Where an article went whose address changed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles.models import Edition
from articles.purging import article_key
from articles.rendering.pages import article_path
from newsroom.core.answering import LIFETIME, NotThere, with_keys


def redirect_from(request: HttpRequest, slug: str, *, now: datetime) -> HttpResponse:
    """The redirect (301) to where the article stands now that once stood at ``slug``, for whatever below it is asked.

    Raises NotThere if none did, or none that a reader could know at ``now``. One query; asked only where the ordinary
    look-up finds nothing.
    """
    known = Edition.objects.released(now).filter(article__former_addresses__slug=slug).order_by()
    present = known.values_list("article__slug", flat=True).first()
    if present is None:
        raise NotThere(article_key(slug))
    asked = request.get_full_path()
    response = HttpResponse(status=301)
    response.headers["Location"] = article_path(present) + asked.removeprefix(article_path(slug))
    # An article may come back to an address it had: not even a redirect is kept for ever.
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [article_key(slug)])
