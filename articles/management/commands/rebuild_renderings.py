"""Make finished pages and answers anew where templates, styles or settings have changed since.

After a change of styles: collect the static files, start the web server anew, then run this. A server knows the
files that were there when it started, and pages that name newer ones would stand without style.
"""

import json
from itertools import batched

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef
from tqdm import tqdm

from articles.models import Edition, EditionContent, Rendering
from articles.rendering import render_edition, template_release

BATCH = 100
MADE_ANEW = ["template_release", "etag", "plain", "gzipped", "list_key"]


class Command(BaseCommand):
    help = "Remake the finished pages whose templates have changed. Can be stopped and started again."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *, all, verbosity, **options):
        keys = outdated(every=all)
        with tqdm(total=len(keys), unit=" editions", disable=None, file=self.stderr) as bar:
            for batch in batched(keys, BATCH):
                rebuild(batch)
                bar.update(len(batch))
        if verbosity:
            self.stdout.write(f"{len(keys)} editions made anew.")


def outdated(*, every: bool = False) -> list[int]:
    """The row keys of editions with a rendering of another template release, or with none; or ``every`` edition."""
    editions = Edition.objects.filter(content__isnull=False)
    if not every:
        of_edition = Rendering.objects.filter(edition=OuterRef("pk"))
        current = of_edition.filter(template_release=template_release())
        stale = of_edition.exclude(template_release=template_release())
        editions = editions.filter(Exists(stale) | ~Exists(current))
    return list(editions.order_by("-pk").values_list("pk", flat=True))


def rebuild(keys: tuple[int, ...]) -> None:
    """Make the renderings of these editions anew, in one statement: readers see the old bytes or the new ones."""
    contents = EditionContent.objects.filter(pk__in=keys).select_related("edition__release")
    made = [
        rendering
        for content in contents
        for rendering in render_edition(content.edition, json.loads(content.document))
    ]
    Rendering.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["edition", "representation"],
        update_fields=MADE_ANEW,
    )
