"""Look up finished pages and answer with them."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import reading
from articles.public.fronts import front
from newsroom.core.answering import accepts_gzip, answer
from newsroom.core.cursors import key_of
from newsroom.core.errors import DomainError

HTML = "text/html; charset=utf-8"


@require_safe
def article(request, slug: str):
    """The article's current edition, in one query; 410 with a notice once it is gone.

    404 for what was never public and for what waits for its moment: nobody can tell these apart.
    """
    gzipped = accepts_gzip(request)
    found = reading.page(slug, now=timezone.now(), gzipped=gzipped)
    if found is None:
        raise Http404
    return answer(
        request,
        found.body,
        etag=found.etag,
        content_type=HTML,
        gzipped=gzipped,
        status=410 if found.gone else 200,
    )


@require_safe
def home(request):
    """The public articles, newest first; ``?before=`` goes on where a page ended."""
    before = request.GET.get("before")
    try:
        key = key_of(before, reading.LIST_KEY, "before") if before is not None else None
    except DomainError as error:
        raise Http404 from error
    gzipped = accepts_gzip(request)
    page = front(now=timezone.now(), before=key)
    return answer(
        request, page.gzipped if gzipped else page.plain, etag=page.etag, content_type=HTML, gzipped=gzipped
    )
