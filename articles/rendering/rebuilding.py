"""Which finished pages and answers are out of date, and make them anew from their documents."""

import json
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles.models import Edition, EditionContent, Rendering
from articles.rendering.editions import render_edition
from articles.rendering.language_versions import versions_of
from articles.rendering.pages import template_release
from articles.rendering.searched import keep_searched
from articles.rendering.social_pictures import PICTURES
from articles.rendering.subjects import keep_subjects
from articles.rendering.withdrawals import withdrawn_in
from articles.taking_turns import while_sources_stand

# The template release of what was marked: no release has this name.
OUTDATED = ""
MADE_ANEW = ["template_release", "etag", "plain", "gzipped", "made_at", "list_key"]

# What of a rendering says that its bytes are those of before.
SAME = ("edition", "representation", "etag")


def outdated(*, every: bool = False) -> list[int]:
    """The row keys of editions with a rendering of another template release, or with none; or ``every`` edition.

    An edition on hold, or before a take-down, has none and needs none; a sealed one cannot be made anew.
    """
    editions = Edition.objects.not_withdrawn().not_taken_down().filter(content__isnull=False)
    if not every:
        # Pictures are drawn anew for whoever asks first.
        of_edition = Rendering.objects.filter(edition=OuterRef("pk")).exclude(representation__in=PICTURES)
        current = of_edition.filter(template_release=template_release())
        stale = of_edition.exclude(template_release=template_release())
        editions = editions.filter(Exists(stale) | ~Exists(current))
    return list(editions.order_by("-pk").values_list("pk", flat=True))


@transaction.atomic
def rebuild(keys: Iterable[int]) -> None:
    """Make the renderings of these editions anew, in one statement: readers see the old bytes or the new ones."""
    while_sources_stand()
    showing = Edition.objects.not_withdrawn().not_taken_down().filter(pk__in=list(keys))
    contents = EditionContent.objects.filter(edition__in=showing).select_related(
        "edition__release", "edition__article"
    )
    # Whoever takes or gives a version marks these rows: until then, or not before this is done.
    kept = Rendering.objects.filter(edition__in=showing).order_by("pk").select_for_update()
    since = {tuple(row): made_at for *row, made_at in kept.values_list(*SAME, "made_at")}
    documents = [(content.edition, json.loads(content.document)) for content in contents]
    withdrawn = withdrawn_in(document for _edition, document in documents)
    versions = versions_of(edition for edition, _document in documents)
    made = [
        rendering
        for edition, document in documents
        for rendering in render_edition(edition, document, withdrawn, versions.get(edition.article_id, ()))
    ]
    for rendering in made:
        same = rendering.edition_id, rendering.representation, rendering.etag
        if same in since:
            rendering.made_at = since[same]
    Rendering.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["edition", "representation"],
        update_fields=MADE_ANEW,
    )
    by_key = {edition.pk: document for edition, document in documents}
    keep_subjects(made, by_key)
    keep_searched(made, by_key)


def mark_outdated(editions) -> int:
    """Let the next :func:`outdated`, or the next reader, find these editions (a queryset); returns how many renderings
    they have."""
    return Rendering.objects.filter(edition__in=editions).update(template_release=OUTDATED)
