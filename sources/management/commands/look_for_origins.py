"""Look for likeness where nobody has looked yet: after an import of snapshots, or when sketches are made otherwise."""

from itertools import batched

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from sources.models import Snapshot
from sources.origins.finding import look_for_likeness, not_yet_looked_at

# So many in a transaction: what is done stays done when the command is stopped, and captures do not wait long.
BATCH = 50


class Command(BaseCommand):
    help = "Find sources that may be copies of others. Can be stopped and started again."

    def handle(self, *, verbosity, **options):
        keys = list(not_yet_looked_at().order_by("pk").values_list("pk", flat=True))
        proposed = 0
        with tqdm(total=len(keys), unit=" snapshots", disable=None, file=self.stderr) as bar:
            for batch in batched(keys, BATCH):
                proposed += look_at(batch)
                bar.update(len(batch))
        if verbosity:
            self.stdout.write(f"{len(keys)} snapshots looked at, {proposed} pairs of sources proposed.")


@transaction.atomic
def look_at(keys: tuple[int, ...]) -> int:
    """How many pairs were proposed for the snapshots with these row ids."""
    snapshots = Snapshot.objects.filter(pk__in=keys).select_related("source").order_by("pk")
    return sum(len(look_for_likeness(snapshot, now=timezone.now())) for snapshot in snapshots)
