"""Look up finished pages and answer with them."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles import reading
from articles.public.former import moved_from, redirect
from articles.public.fronts import HTML, answer_page, front, place_in
from articles.public.links import of_original
from articles.public.spoken import spoken
from articles.purging import article_key
from newsroom.core.answering import NotThere, accepts_gzip, answer


@require_safe
def article(request, slug: str):
    """The article's current edition, in one query; 410 with a notice once it is gone.

    Where it stood before, the way to where it stands now, but the same notice while it is taken down. 404 for what was
    never public and for what waits for its moment: nobody can tell these apart.
    """
    return at_address(request, slug, now=timezone.now())


def at_address(request, slug: str, *, now: datetime) -> HttpResponse:
    """As :func:`article`, at ``now``: also the answer below the address where nothing of an article can be opened.

    Raises NotThere.
    """
    gzipped = accepts_gzip(request)
    found = reading.page(slug, now=now, gzipped=gzipped)
    if found is None:
        moved = moved_from(slug, now=now)
        if not moved.taken_down:
            return redirect(request, slug, moved.slug)
        # Its present address may say in words what it was.
        found = reading.page(moved.slug, now=now, gzipped=gzipped)
        if found is None or not found.gone:
            raise NotThere(article_key(slug))
    response = answer(
        request,
        found.body,
        etag=found.etag,
        content_type=HTML,
        gzipped=gzipped,
        status=410 if found.gone else 200,
        keys=[article_key(slug)],
        modified=None if found.gone else found.modified,
    )
    if not found.gone:
        response.headers["Link"] = of_original(slug)
    return response


@require_safe
@spoken
def home(request):
    """The public articles, newest first; ``?before=`` goes on where a page ended."""
    return answer_page(request, front(now=timezone.now(), before=place_in(request), language=get_language()))
