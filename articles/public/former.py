"""Where an article went whose address changed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles.models import Edition
from articles.purging import article_key
from articles.rendering.pages import article_path
from articles.rules.after_publication import Shows, shows
from newsroom.core.answering import LIFETIME, NotThere, with_keys


@dataclass(frozen=True, slots=True)
class Moved:
    """The present address of an article, and whether it may be told: while it is taken down, its words are not."""

    slug: str
    taken_down: bool


def moved_from(slug: str, *, now: datetime) -> Moved:
    """Where the article stands now that once stood at ``slug``.

    Raises NotThere if none did, or none that a reader could know at ``now``. One query; asked only where the ordinary
    look-up finds nothing.
    """
    newest = editions_once_at(slug, now=now).newest_shown().values_list("article__slug", "kind").first()
    if newest is None:
        raise NotThere(article_key(slug))
    present, kind = newest
    return Moved(present, shows(kind) == Shows.TAKEN_DOWN)


def editions_once_at(slug: str, *, now: datetime):
    """What a reader ever could open of the article that once stood at ``slug``: a queryset."""
    return Edition.objects.released(now).filter(article__former_addresses__slug=slug)


def redirect(request: HttpRequest, slug: str, present: str) -> HttpResponse:
    """The way (301) from ``slug`` to where the article stands at ``present``, for whatever below it is asked."""
    asked = request.get_full_path()
    response = HttpResponse(status=301)
    response.headers["Location"] = article_path(present) + asked.removeprefix(article_path(slug))
    # An article may come back to an address it had: not even a redirect is kept for ever.
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [article_key(slug)])
