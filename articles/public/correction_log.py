"""The public log of corrections."""

from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles import following, reading
from articles.public.views import HTML
from articles.purging import LISTS
from articles.receipts import Told
from articles.rendering.corrections import notice
from articles.rendering.pages import address, page_html
from articles.rules.kinds import Kind
from newsroom.core.answering import answer_made
from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError

ENTRIES = 20


@require_safe
def corrections(request):
    """Every correction, clarification and retraction that can be read, newest first; ``?before=`` goes on where a page
    ended. Two queries.
    """
    before = request.GET.get("before")
    try:
        key = key_of(before, reading.LIST_KEY, "before") if before is not None else None
    except DomainError as error:
        raise Http404 from error
    logged = following.corrections(now=timezone.now(), before=key, limit=ENTRIES + 1)
    shown = logged[:ENTRIES]
    path, language = reverse("corrections"), settings.LANGUAGE_CODE
    with translation.override(language):
        entries = [_entry(one.entry, language) for one in shown if one.entry]
    html = page_html(
        "articles/corrections.html",
        language,
        entries=entries,
        later=before is not None,
        next=f"{path}?before={cursor_after(shown[-1].key)}" if len(logged) > ENTRIES else "",
        here=path,
        canonical=address(path),
    )
    return answer_made(request, html.encode(), content_type=HTML, keys=[LISTS])


def _entry(entry: dict, language: str) -> dict:
    fields = {name: value for name, value in entry.items() if name != "article"}
    told = Told(**fields | {"at": datetime.fromisoformat(entry["at"])})
    article = entry["article"]
    own = reverse("edition", args=[article["slug"], told.number])
    return {
        "article": article,
        "foreign": article["language"] if article["language"] != language else "",
        "told": notice(told, base=own),
        "edition": "" if told.kind == Kind.RETRACTION else own,
    }
