"""The public log of corrections."""

import json
from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles import challenged, following
from articles.public.fronts import ENTRIES, Page, answer_page, finished, place_in
from articles.public.spoken import spoken
from articles.receipts import Told
from articles.rendering.corrections import notice
from articles.rendering.pages import (
    address,
    also_in,
    in_language,
    page_html,
    spoken_path,
    template_release,
)
from articles.rules.kinds import Kind
from newsroom.core.answering import as_json
from newsroom.core.cursors import cursor_after


@require_safe
@spoken
def corrections(request):
    """Every correction, clarification and retraction that can be read, newest first; ``?before=`` goes on where a page
    ended. Three queries.
    """
    now, before = timezone.now(), place_in(request)
    logged = following.corrections(now=now, before=before, limit=ENTRIES + 1)
    shown = logged[:ENTRIES]
    behind = shown[-1].key if len(logged) > ENTRIES else None
    entries = tuple(as_json(one.entry) for one in shown if one.entry)
    ids = [one.entry["id"] for one in shown if one.entry]
    outcomes = challenged.outcomes_by(ids, now=now)
    pointed_out = tuple((correction, told.id) for correction, told in sorted(outcomes.items()))
    page = _made(entries, pointed_out, before is not None, behind, get_language(), template_release())
    return answer_page(request, page)


@lru_cache(maxsize=64)
def _made(
    told: tuple[bytes, ...],
    pointed_out: tuple[tuple[str, str], ...],
    later: bool,
    behind: str | None,
    language: str,
    release: str,
) -> Page:
    """The same entries are the same page, as in :mod:`articles.public.fronts`.

    ``pointed_out`` are ids of corrections that a reader's challenge led to, each with that of its public outcome.
    """
    path = reverse("corrections")
    with translation.override(language):
        outcomes = dict(pointed_out)
        entries = [_entry(json.loads(entry), language, outcomes) for entry in told]
    html = page_html(
        "articles/corrections.html",
        language,
        entries=entries,
        later=later,
        next=in_language(f"{path}?before={cursor_after(behind)}", language) if behind else "",
        here=in_language(path, language),
        also_in=also_in(path, language),
        canonical=address(path),
    )
    return finished(html.encode())


def _entry(entry: dict, language: str, outcomes: dict[str, str]) -> dict:
    fields = {name: value for name, value in entry.items() if name != "article"}
    told = Told(**fields | {"at": datetime.fromisoformat(entry["at"])})
    article = entry["article"]
    own = reverse("edition", args=[article["slug"], told.number])
    return {
        "article": article,
        "foreign": article["language"] if article["language"] != language else "",
        "told": notice(told, base=own),
        "edition": "" if told.kind == Kind.RETRACTION else own,
        "pointed_out": f"{spoken_path('challenges')}#challenge-{outcomes[told.id]}"
        if told.id in outcomes
        else "",
    }
