"""Prove that no archived capture was changed since it was made."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from sources.capture.verifying import faults
from sources.models import Snapshot


class Command(BaseCommand):
    help = "Re-hash every archived file and the document and text in it; names each that is bad or missing and exits 1."

    def handle(self, **options):
        bad = checked = 0

        def count():
            nonlocal checked
            checked += 1
            bar.update()

        with tqdm(total=Snapshot.objects.count(), unit=" snapshots", disable=None, file=self.stderr) as bar:
            for fault in faults(progress=count):
                bad += 1
                bar.clear()
                self.stderr.write(
                    f"{fault.code}: snapshot {fault.snapshot} of source {fault.source}: {fault.message}"
                )
        if bad:
            raise CommandError(f"{bad} of {checked} snapshots are not what was captured")
        self.stdout.write(f"{checked} snapshots verified")
