"""Source lists for reference managers, of an article and of a source."""

import json

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import reading
from articles.public.sources import source_at
from articles.public.views import article
from articles.purging import LISTS, article_key, source_key
from articles.rendering.references import as_bibtex, as_csl, as_ris, can_be_named, reference, references
from newsroom.core.answering import NotThere, answer_made, moved_for_good

# Ending of the address → media type, and how the items are written.
FORMATS = {
    "csl.json": ("application/vnd.citationstyles.csl+json", as_csl),
    "bib": ("application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", as_ris),
}


@require_safe
def of_article(request, slug: str, ending: str):
    """Every source of the article's current edition that a reader could look up."""
    found = reading.told(slug, now=timezone.now())
    if found is None:
        return article(request, slug)  # Where it moved to, or that nothing is there.
    if found.gone:
        return article(request, slug)  # The notice, with 410.
    items = references(json.loads(found.body))
    return _file(request, items, f"{slug}-sources", ending, [article_key(slug)])


@require_safe
def of_source(request, public_id: str, ending: str):
    """One source. 404 for a confidential one: there is nothing to look up."""
    source = source_at(public_id, now=timezone.now())
    keys = [source_key(public_id), LISTS]
    if source is None or not can_be_named(source):
        raise NotThere(*keys)
    if source["id"] != public_id:
        return moved_for_good(reverse("source-citation", args=[source["id"], ending]), keys)
    if withdrawn := source["withdrawn"]:
        source["withdrawn"] = withdrawn | {"at": withdrawn["at"]["iso"]}
    item = reference(source, key=f"source-{public_id}", snapshots=source["snapshots"])
    return _file(request, [item], f"source-{public_id}", ending, keys)


def _file(request, items: list[dict], name: str, ending: str, keys: list[str]):
    content_type, write = FORMATS[ending]
    response = answer_made(request, write(items).encode(), content_type=content_type, keys=keys)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
